/** What links between tabs need of this browser. */
import type { Tabs } from '../../../../platform/links/tab-links.ts';
import type { Keeper } from '../../../../state/page/keeper.ts';

export const browserTabs = (): Tabs => ({
  channel: (name) => new BroadcastChannel(name),
  // Absent where the page is not served securely.
  locks: window.isSecureContext ? navigator.locks : undefined,
});

/** What this tab keeps when it is loaded again; null where it is forbidden. */
export function tabStorage(): Keeper {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
