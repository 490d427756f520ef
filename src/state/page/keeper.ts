/** The part of `localStorage` in use; null where it is forbidden. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'> | null;

/** The part of `sessionStorage` in use, which a tab keeps when it is loaded again; null where it is forbidden. */
export type TabKeeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;

/** The browser's storage; null where it is forbidden (private windows, strict settings). */
export function rememberingStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** What was remembered; null if nothing was, or if reading is forbidden. */
export function remembered(keeper: Keeper, key: string): string | null {
  try {
    return keeper?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** Remembers a text for the next visit. Where storage is full or forbidden, it holds for this visit only. */
export function remember(keeper: Keeper, key: string, text: string): void {
  try {
    keeper?.setItem(key, text);
  } catch {
    // Nothing depends on it.
  }
}

/** Forgets what was remembered. Where storage is forbidden, nothing was. */
export function forget(keeper: Pick<Storage, 'removeItem'> | null, key: string): void {
  try {
    keeper?.removeItem(key);
  } catch {
    // As if it had been.
  }
}
