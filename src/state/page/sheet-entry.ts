/**
 * A sheet over the page as an entry of the browser's history, so that Back closes it. The address of the entry below is older than what was set in the
 * sheet, and is written again.
 */
export interface SheetWindow {
  readonly location: { readonly href: string };
  readonly history: Pick<History, 'pushState' | 'back'>;
  readonly addEventListener: (type: 'popstate', listener: () => void) => void;
  readonly removeEventListener: (type: 'popstate', listener: () => void) => void;
}

/**
 * Call when the sheet opens.
 * @param onBack the entry was left by Back, or by the returned function: the sheet closes, and the address is to be written again
 * @returns leaves the entry, as a press on Close or Escape does
 */
export function enterSheet(browser: SheetWindow, onBack: () => void): () => void {
  const leave = (): void => {
    browser.removeEventListener('popstate', leave);
    onBack();
  };
  browser.history.pushState(null, '', browser.location.href);
  browser.addEventListener('popstate', leave);
  return () => browser.history.back();
}
