/** The locks that the tabs of this page share; absent where the page is not served securely. */
export const pageLocks = (): LockManager | undefined => (globalThis.isSecureContext ? navigator.locks : undefined);
