/** Parts of the address that say what the page shows beside its study: a map, a search. */

import type { StudyFoldStore } from './study-fold.ts';

/** The part of `window` in use. */
export interface AddressBar {
  readonly location: { readonly search: string; readonly hash: string; readonly pathname: string };
  readonly history: Pick<History, 'replaceState'>;
}

/** The query with another value of a key, or without the key (null); everything else stays as it is written. Begins with "?" unless empty. */
export function queryWith(search: string, key: string, value: string | null): string {
  const others = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && part !== key && !part.startsWith(`${key}=`));
  const query = [...(value === null ? [] : [`${key}=${value}`]), ...others].join('&');
  return query && `?${query}`;
}

export function writeInAddress({ location, history }: AddressBar, key: string, value: string | null): void {
  const { pathname, search, hash } = location;
  history.replaceState(null, '', `${pathname}${queryWith(search, key, value)}${hash}`);
}

/**
 * A sheet over the page has its own entry in the history. Once the reader leaves it, what they chose in it is written again, into the older entry of the page.
 * Call it after followAddress, which may make a new entry.
 * @param valueOf the part as it is to be
 */
export function followSheet(
  fold: StudyFoldStore,
  browser: AddressBar,
  key: string,
  valueOf: () => string | null,
): void {
  let before: string | null = null;
  fold.subscribe(({ isSheet }, previous) => {
    if (isSheet === previous.isSheet) return;
    const value = valueOf();
    if (isSheet) before = value;
    else if (value !== before) writeInAddress(browser, key, value);
  });
}
