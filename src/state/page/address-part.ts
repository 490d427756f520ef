/** Parts of the address that say what the page shows beside its study: a map, a search. */

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
