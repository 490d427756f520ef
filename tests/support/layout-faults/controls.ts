/** Controls that overlap. */
import {
  ancestorsOf,
  areApart,
  boxOf,
  isShown,
  isSpokenOnly,
  once,
  overlap,
  place,
  px,
  quote,
  SLACK,
  styleOf,
} from './reading.ts';

const CONTROLS =
  'button, a[href], input:not([type="hidden"]), select, textarea, summary, label:has(input), [role="slider"]';

/** What lifts an element off the page: controls of different layers lie over one another on purpose. */
const layerOf = once((element: Element) =>
  ancestorsOf(element).find((each) => ['fixed', 'sticky', 'absolute'].includes(styleOf(each).position)),
);

const nameOf = (control: Element): string =>
  quote(control.getAttribute('aria-label') ?? control.textContent ?? control.tagName);

/** Pixels by which two controls overlap. Of a link in a text, which may go over several lines, every line counts. */
const meetingOf = (one: Element, other: Element): number =>
  Math.max(
    ...[...one.getClientRects()].flatMap((a) => [...other.getClientRects()].map((b) => Math.min(...overlap(a, b)))),
  );

export function controlFaults(root: Element): string[] {
  const controls = [...root.querySelectorAll(CONTROLS)].filter(
    (control) => isShown(control) && !isSpokenOnly(control) && boxOf(control).width > 1,
  );
  return controls.flatMap((one, i) =>
    controls.slice(i + 1).flatMap((other) => {
      if (areApart(boxOf(one), boxOf(other))) return [];
      if (one.contains(other) || other.contains(one) || layerOf(one) !== layerOf(other)) return [];
      const meeting = meetingOf(one, other);
      return meeting > SLACK
        ? [`the controls ${nameOf(one)} and ${nameOf(other)} overlap by ${px(meeting)}${place(one)}`]
        : [];
    }),
  );
}
