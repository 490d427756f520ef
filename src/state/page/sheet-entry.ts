/** A sheet over the page as an entry of the browser's history, so that Back closes it. */
export interface SheetWindow {
  readonly location: { readonly href: string };
  readonly history: Pick<History, 'pushState' | 'back'>;
  readonly addEventListener: (type: 'popstate', listener: () => void) => void;
  readonly removeEventListener: (type: 'popstate', listener: () => void) => void;
}

/**
 * Call when the sheet opens.
 * @param onBack the entry was left by Back, or by the returned function: the sheet closes
 * @returns leaves the entry, as a press on Close or Escape does; once, as one step further leads away from the page
 */
export function enterSheet(browser: SheetWindow, onBack: () => void): () => void {
  let isLeaving = false;
  const leave = (): void => {
    isLeaving = true;
    browser.removeEventListener('popstate', leave);
    onBack();
  };
  browser.history.pushState(null, '', browser.location.href);
  browser.addEventListener('popstate', leave);
  return () => {
    if (isLeaving) return;
    isLeaving = true;
    browser.history.back();
  };
}
