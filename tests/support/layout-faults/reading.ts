/** What the checks read of a page. Everything is read once a look: a page has thousands of texts, each within dozens of elements. */

/** Pixels by which boxes may miss each other: fractions of pixels are rounded. */
export const SLACK = 1;

/** Remembers what was read; for as long as this script runs, which is one look. */
export function once<Key, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key);
    if (value !== undefined || known.has(key)) return value as Value;
    const fresh = read(key);
    known.set(key, fresh);
    return fresh;
  };
}

export const styleOf = once((element: Element) => getComputedStyle(element));
export const boxOf = once((element: Element) => element.getBoundingClientRect());

export const isShown = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

/** For screen readers only. */
export const isSpokenOnly = once(
  (element: Element): boolean =>
    element.matches('[data-react-aria-prevent-focus], [hidden]') ||
    styleOf(element).clipPath === 'inset(50%)' ||
    boxOf(element).bottom < 0 ||
    (element.parentElement !== null && isSpokenOnly(element.parentElement)),
);

/** An element and all it is in, from the inside out. */
export const ancestorsOf = once((element: Element): readonly Element[] => {
  const parent = element.parentElement;
  return parent ? [element, ...ancestorsOf(parent)] : [element];
});

/** Pixels by which two boxes overlap across and upright; negative: the gap between them. */
export const overlap = (a: DOMRect, b: DOMRect): [x: number, y: number] => [
  Math.min(a.right, b.right) - Math.max(a.left, b.left),
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
];

export const areApart = (a: DOMRect, b: DOMRect): boolean => Math.min(...overlap(a, b)) < 0;

/** The beginning of a text, in quotation marks. */
export const quote = (text: string): string => `“${text.replace(/\s+/g, ' ').trim().slice(0, 40)}”`;

/** " in “See it decide”": the nearest part of the page that has a name; empty where none has. */
export function place(element: Element): string {
  const named = ancestorsOf(element).find((each) => each.getAttribute('aria-label') ?? each.id);
  const name = named && (named.getAttribute('aria-label') ?? named.id);
  return name ? ` in “${name.slice(0, 40)}”` : '';
}

export const px = (value: number): string => `${Math.round(value)} px`;
