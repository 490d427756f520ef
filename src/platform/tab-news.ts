/** News between the tabs of this browser: one of them changed what all of them share. */

export interface TabNews {
  /** To the others. */
  readonly tell: () => void;
  /** Hears of the others. The last listener counts. */
  readonly follow: (changed: () => void) => void;
}

/** Nobody tells, and nobody hears. */
export const NO_NEWS: TabNews = { tell: () => undefined, follow: () => undefined };

/** @param about what the tabs share */
export function tabNews(about: string): TabNews {
  let opened: BroadcastChannel | null = null;
  const channel = (): BroadcastChannel | null => {
    try {
      return (opened ??= new BroadcastChannel(`copra-${about}`));
    } catch {
      return null; // Firefox, where site data are blocked: then nothing is shared
    }
  };
  return {
    tell: () => channel()?.postMessage(null),
    follow(changed) {
      const heard = channel();
      if (heard) heard.onmessage = changed;
    },
  };
}
