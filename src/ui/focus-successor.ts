/** Where the keyboard goes on when a control that was used has left the page. */

/** Focuses what has taken its place, once that is drawn, unless the focus is elsewhere by then. */
export function focusSuccessor(selector: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(selector)?.focus();
  });
}
