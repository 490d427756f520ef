/** News between the tabs of this browser: one of them changed what all of them share. */
import { inTurn } from './in-turn.ts';

export interface TabNews {
  /** To the others. */
  readonly tell: () => void;
  /** Hears of the others, and of every time that this tab is seen again: its reader may have cleared site data in the browser's settings. The last listener counts. */
  readonly follow: (changed: () => void) => void;
}

/** Nobody tells, and nobody hears. */
export const NO_NEWS: TabNews = { tell: () => undefined, follow: () => undefined };

/**
 * What a tab shows of what all tabs share.
 * @param read reads it anew
 */
export function sharedView(news: TabNews, read: () => Promise<void>) {
  const readNext = inTurn(read);
  /** Reads it, and from then on whenever another tab changes it. */
  const refresh = (): Promise<void> => {
    news.follow(() => void readNext());
    return readNext();
  };
  /** After what this tab did. */
  const changed = (): Promise<void> => {
    news.tell();
    return refresh();
  };
  return { refresh, changed };
}

/** The part of the page in use; undefined outside of one. */
type SeenPage = Pick<Document, 'hidden' | 'addEventListener'> | undefined;

/** @param about what the tabs share */
export function tabNews(about: string, page: SeenPage = globalThis.document): TabNews {
  let opened: BroadcastChannel | null = null;
  let heard = (): void => undefined;
  const seen = (): void => {
    if (page?.hidden === false) heard();
  };
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
      heard = changed;
      const others = channel();
      if (others) others.onmessage = changed;
      page?.addEventListener('visibilitychange', seen);
    },
  };
}
