/** The part of `localStorage` in use; null where it is forbidden. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'> | null;

/** The browser's storage; null where it is forbidden (private windows, strict settings). */
export function rememberingStorage(): Keeper {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
