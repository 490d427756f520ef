/** Keeps something where the reader has it while parts of the page come by themselves. */

const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** What moves an element up and down. */
function scrollerOf(element: Element): Element {
  for (let around = element.parentElement; around; around = around.parentElement)
    if (around.scrollHeight > around.clientHeight && /auto|scroll/.test(getComputedStyle(around).overflowY))
      return around;
  return document.documentElement;
}

/** An element stays where it is in the window, except where it is scrolled, until the function that comes back is called. */
export function heldInPlace(element: Element): () => void {
  let top = topOf(element);
  const follow = (): void => void (top = topOf(element));
  // Before the next event: a pointer that is let go then still finds it.
  const observer = new MutationObserver(() => {
    const moved = element.isConnected ? topOf(element) - top : 0;
    if (Math.abs(moved) >= 1) scrollerOf(element).scrollBy({ top: moved, behavior: 'instant' });
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('scroll', follow, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('scroll', follow, true);
  };
}

const PRESSABLE = 'button, a, label, summary, input, [role], [tabindex]';
/** A menu of the browser, or something that is dragged, takes the pointer away. */
const LETTING_GO = ['pointerup', 'pointercancel', 'contextmenu', 'dragstart'];

/** From now on, what is pressed stays under the pointer until it is let go: one that has moved away by then would not be clicked. */
export function holdPressed(): void {
  let letGo = (): void => undefined;
  document.addEventListener(
    'pointerdown',
    ({ target, isPrimary, button }) => {
      letGo();
      if (isPrimary && button === 0 && target instanceof Element)
        letGo = heldInPlace(target.closest(PRESSABLE) ?? target);
    },
    true,
  );
  for (const type of LETTING_GO) document.addEventListener(type, () => letGo(), true);
}
