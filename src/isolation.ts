/**
 * Cross-origin isolation, which WASM threads need, on hosts that cannot send its headers: a service worker adds them, and the page
 * reloads once to be served through it. Never loops; where it cannot work the page runs on, with one thread.
 */

/** Set before the one reload of this tab; still set after it means that reloading did not help. */
const RELOADED = 'copra:reloaded-for-isolation';

export type Isolation = 'isolated' | 'reloading' | 'unavailable';

/**
 * Makes the page cross-origin isolated if it can. Resolves to 'isolated' at once when the server sends the headers, to 'reloading' when
 * the page is about to be loaded again (start nothing expensive then), else to 'unavailable'. Never rejects.
 */
export async function ensureCrossOriginIsolation(): Promise<Isolation> {
  try {
    if (window.crossOriginIsolated) {
      sessionStorage.removeItem(RELOADED);
      return 'isolated';
    }
    // A frame is isolated only if the page around it is. Service workers need a secure context (https or localhost).
    if (window.top !== window.self || !window.isSecureContext || !('serviceWorker' in navigator)) return 'unavailable';
    if (sessionStorage.getItem(RELOADED)) return 'unavailable';
    await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    await navigator.serviceWorker.ready;
    sessionStorage.setItem(RELOADED, '1');
    window.location.reload();
    return 'reloading';
  } catch {
    // Storage or service workers are forbidden (private windows, policies), or the worker's file is missing on this host.
    return 'unavailable';
  }
}
