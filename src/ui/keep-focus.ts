/**
 * The keyboard's place on the page. When the focused control leaves the page or becomes disabled, a browser puts the focus on <body>, and the next Tab begins
 * at the top. Here the focus goes on instead at what comes next on the page.
 */

/** A control names what takes its place in this attribute, as a selector, where it is not what comes next. */
const NAMED = 'data-focus-next';

/** What Tab stops at. Not fields for text: the focus would open the keyboard of a phone, and some fields choose what they belong to. */
const STOPS =
  'a[href], button, select, summary, input:is([type="checkbox"], [type="radio"], [type="range"]), [tabindex]:not(input, textarea)';

/** How an element can leave without being removed. */
const HIDING = ['disabled', 'hidden', 'inert', 'style', 'class', 'open'];

/** Where the focused element is, or was: after a node, or first in its parent. */
interface Place {
  readonly parent: Element;
  readonly before: Node | null;
}

interface Focused {
  readonly element: HTMLElement;
  readonly ancestors: ReadonlySet<Node>;
  place: Place;
}

let last: Focused | null = null;

/** Whether the reader pressed with a pointer last, and not with a key. */
let isPointing = false;

/** Whether an element is drawn. Safari before 17.4 lacks checkVisibility. */
const isDrawn = (element: Element): boolean =>
  element.checkVisibility?.({ visibilityProperty: true }) ??
  (element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible');

const isUsable = (element: Element): boolean =>
  element.isConnected && !element.matches(':disabled') && element.closest('[inert]') === null && isDrawn(element);

/** Whether the control that had the focus is gone, and nothing else has it. */
export function isFocusLost(): boolean {
  if (!last || isUsable(last.element)) return false;
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement === last.element;
}

function isAfter({ parent, before }: Place, element: Element): boolean {
  const position = (before ?? parent).compareDocumentPosition(element);
  const isInside = (position & Node.DOCUMENT_POSITION_CONTAINED_BY) !== 0;
  return (position & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && (before === null || !isInside);
}

const stopsIn = (ancestor: Element): HTMLElement[] =>
  [...ancestor.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.tabIndex >= 0 && isUsable(stop));

/** The element that the lost control named; without one, the next stop in the nearest ancestor that has stops, or the last one before it. */
function successorOf({ element, place }: Focused): HTMLElement | undefined {
  const name = element.getAttribute(NAMED);
  const named = name === null ? undefined : [...document.querySelectorAll<HTMLElement>(name)].find(isUsable);
  if (named) return named;
  for (let ancestor: Element | null = place.parent; ancestor !== document.body; ancestor = ancestor.parentElement) {
    if (ancestor === null) return undefined;
    const stops = stopsIn(ancestor);
    if (stops.length > 0) return stops.find((stop) => isAfter(place, stop)) ?? stops.at(-1);
  }
  return undefined;
}

/** Whether its middle is within the window, and nothing lies over it, as the header does over what is scrolled below it. */
function isInView(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return seen !== null && (element.contains(seen) || seen.contains(element));
}

/**
 * Focuses where a press leads. It must be in view, because the next key presses it. After a key, it is scrolled into view. A pointer may have pressed far away:
 * then nothing out of view gets the focus, as in browsers, and Space goes on scrolling the page.
 */
export function leadFocus(to: HTMLElement): void {
  const isSeen = isInView(to);
  if (isPointing && !isSeen) return;
  to.focus({ preventScroll: true });
  // A column that stays has brought it into view itself.
  if (!isSeen && !isInView(to)) to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Follows the place while nodes around it are removed. */
function follow(focused: Focused, { target, removedNodes, previousSibling }: MutationRecord): void {
  for (const removed of removedNodes) {
    const isOwn = removed === focused.element || focused.ancestors.has(removed);
    if (isOwn || removed === focused.place.before)
      focused.place = { parent: target as Element, before: previousSibling };
  }
}

function focusedAt(element: HTMLElement): Focused {
  const ancestors = new Set<Node>();
  for (let node = element.parentElement; node; node = node.parentElement) ancestors.add(node);
  return { element, ancestors, place: { parent: element.parentElement ?? document.body, before: element } };
}

/** Begins to look after the focus of this page. */
export function keepFocus(): void {
  // In a window that the reader has left, the focus waits for them.
  const goOn = (): void => {
    if (!last || !isFocusLost() || !document.hasFocus()) return;
    const next = successorOf(last);
    if (!next) return;
    leadFocus(next);
    // What is out of sight now does not take the focus later, when the page changes or the reader comes back to the window.
    if (isFocusLost()) remember(null);
  };
  const observer = new MutationObserver((records) => {
    if (!last) return;
    for (const record of records) follow(last, record);
    // A dialog that closes gives the focus back first, and a part that opens takes it.
    if (!isUsable(last.element)) requestAnimationFrame(goOn);
  });
  const remember = (focused: Focused | null): void => {
    observer.disconnect();
    last = focused;
    if (!focused) return;
    for (const node of [focused.element, ...focused.ancestors])
      observer.observe(node, { childList: true, attributes: true, attributeFilter: HIDING });
  };
  const point = ({ type }: Event): void => void (isPointing = type === 'pointerdown');
  for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, point, true);
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target !== last?.element) remember(focusedAt(target));
  });
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== null) return;
    const left = last;
    // A press into nothing gives the place up, unlike a control that leaves or a window that is left.
    queueMicrotask(() => {
      if (
        left &&
        left === last &&
        document.hasFocus() &&
        document.activeElement === document.body &&
        isUsable(left.element)
      )
        remember(null);
    });
  });
  window.addEventListener('focus', () => requestAnimationFrame(goOn));
}
