/**
 * Cross-origin isolation, which WASM threads need, on hosts that cannot send its headers: a service worker adds them, and the page
 * reloads once to be served through it. Never loops; where it cannot work, or the reader has begun something meanwhile, the page runs on, with one thread.
 */
import { unlessSilent } from './platform/unless-silent.ts';

/** Set before the one reload of this tab; still set after it means that reloading did not help. */
const RELOADED = 'copra:reloaded-for-isolation';

/** Whoever begins anything on the page does one of these. */
const BEGINNINGS = ['click', 'keydown', 'input', 'drop', 'paste'] as const;

export type Isolation = 'isolated' | 'reloading' | 'unavailable';

/**
 * Makes the page cross-origin isolated if it can. Resolves to 'isolated' at once when the server sends the headers, to 'reloading' when
 * the page is about to be loaded again (start nothing expensive then), else to 'unavailable'. Call it before the reader can do anything. Never rejects.
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
    let isUsed = false;
    const use = (): void => void (isUsed = true);
    for (const type of BEGINNINGS) window.addEventListener(type, use, { capture: true, once: true });
    await unlessSilent(navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI)));
    await unlessSilent(navigator.serviceWorker.ready);
    // What was begun would be lost. The next visit is served through the worker without being loaded twice.
    if (isUsed) return 'unavailable';
    sessionStorage.setItem(RELOADED, '1');
    window.location.reload();
    return 'reloading';
  } catch {
    // Storage or service workers are forbidden (private windows, policies), or the worker's file is missing on this host, or does not come.
    return 'unavailable';
  }
}
