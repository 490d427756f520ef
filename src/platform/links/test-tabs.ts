/** Tabs of a browser, for tests. */
import type { LeftPage, Tabs } from './tab-links.ts';

/** Pages that nobody leaves. */
export const tabs: Tabs = { channel: (name) => new BroadcastChannel(name), follow: () => () => undefined };

/** A page that its reader leaves by a link, and comes back to. */
export function leftPage() {
  const parts = new Set<Partial<LeftPage>>();
  const tell = (what: keyof LeftPage) => (): void => [...parts].forEach((part) => part[what]?.());
  const follow: Tabs['follow'] = (part) => {
    parts.add(part);
    return () => void parts.delete(part);
  };
  return { follow, leave: tell('leaves'), comeBack: tell('returns') };
}
