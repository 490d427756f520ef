/** What links between tabs need of this browser. */
import { pageLocks } from '../../../../platform/page-locks.ts';
import type { Tabs } from '../../../../platform/links/tab-links.ts';
import type { TabKeeper } from '../../../../state/page/keeper.ts';

export const browserTabs = (): Tabs => ({
  channel: (name) => new BroadcastChannel(name),
  locks: pageLocks(),
  follow({ leaves, returns }) {
    const ended = new AbortController();
    const { signal } = ended;
    const shown = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) returns?.();
    };
    if (leaves) window.addEventListener('pagehide', leaves, { signal });
    window.addEventListener('pageshow', shown, { signal });
    return () => ended.abort();
  },
});

/** What this tab keeps when it is loaded again; null where it is forbidden. */
export function tabStorage(): TabKeeper {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
