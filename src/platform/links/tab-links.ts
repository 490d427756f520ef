/**
 * Links between tabs of one browser. A room is a BroadcastChannel on which tabs find the one that leads; every link is a channel of its own. Locks tell when a
 * tab is gone, however it went: the browser gives them back.
 */
import { randomId } from '../random-id.ts';
import { createInbox, type FrameLink } from './frame-link.ts';

/** What becomes of a page that is left by a link: its browser may keep it for the Back button, where it stands still and holds its locks. */
export interface LeftPage {
  readonly leaves: () => void;
  /** The reader came back to it. */
  readonly returns: () => void;
}

/** The part of the browser in use. */
export interface Tabs {
  readonly channel: (name: string) => BroadcastChannel;
  /** Absent without a secure context: then only a tab that says so is known to be gone. */
  readonly locks?: LockManager;
  /** Tells what becomes of this page. @returns stops it */
  readonly follow: (page: Partial<LeftPage>) => () => void;
}

const roomName = (code: string): string => `copra-class-${code}`;
const linkName = (code: string, id: string): string => `copra-class-${code}-${id}`;

/**
 * Holds a lock until the returned function is called. Resolves when it is held, or to null where another tab holds it.
 * @param patience milliseconds in which another tab may give it back, as one does that is loaded again
 */
export async function hold({ locks }: Pick<Tabs, 'locks'>, name: string, patience = 0): Promise<(() => void) | null> {
  if (!locks) return () => {};
  const options = patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
  return new Promise((held, failed) => {
    locks
      .request(name, options, (lock) => (lock ? new Promise<void>((release) => held(release)) : held(null)))
      .catch((error: unknown) => {
        if (options.signal?.aborted) held(null);
        else failed(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

/** Calls `gone` when nobody holds a lock any more that somebody holds now. */
function watch({ locks }: Pick<Tabs, 'locks'>, name: string, signal: AbortSignal, gone: () => void): void {
  locks
    ?.request(name, { signal }, () => {
      if (!signal.aborted) gone();
    })
    .catch(() => {}); // it was aborted: the link is closed
}

const GONE = 'gone';

/** One end. @param release gives back the lock that says that this end is there @param other name of the lock of the other end */
function openLink(tabs: Tabs, name: string, release: () => void, other: string): FrameLink {
  const channel = tabs.channel(name);
  const watching = new AbortController();
  const end = (): void => {
    unfollow();
    watching.abort();
    channel.close();
    release();
  };
  const close = (): void => {
    if (!inbox.mute()) return;
    channel.postMessage(GONE);
    end();
  };
  const inbox = createInbox(close);
  const gone = (): void => {
    inbox.closed();
    end();
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === GONE) gone();
    else if (data instanceof Uint8Array) inbox.frame(data as Uint8Array<ArrayBuffer>);
  };
  watch(tabs, other, watching.signal, gone);
  // A page that stands still does not answer: the other end is not to wait for it.
  const unfollow = tabs.follow({
    leaves() {
      channel.postMessage(GONE);
      release();
    },
    returns: gone,
  });
  return {
    send: (frame) => {
      if (!watching.signal.aborted) channel.postMessage(frame);
    },
    listen: (listener) => inbox.listen(listener),
    close,
  };
}

interface Knock {
  readonly type: 'knock' | 'come' | 'open';
  readonly id: string;
}

const isKnock = (data: unknown): data is Knock =>
  typeof data === 'object' && data !== null && 'type' in data && 'id' in data && typeof data.id === 'string';

/**
 * Leads a room: tabs that find it become links.
 * @returns a function that closes the room to newcomers; links stay
 */
export function leadTabs(tabs: Tabs, code: string, joined: (link: FrameLink) => void): () => void {
  const channel = tabs.channel(roomName(code));
  const post = (knock: Knock): void => channel.postMessage(knock);
  const known = new Set<string>();
  let isOpen = true;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isKnock(data) || data.type !== 'knock' || known.has(data.id)) return;
    known.add(data.id);
    const name = linkName(code, data.id);
    // The tab holds its lock before it knocks, and speaks once it hears that it may come.
    void hold(tabs, `${name}-lead`).then((release) => {
      // Another tab that leads a room of this code was quicker: waiting for its end, this one would hide that end from the tab that knocks.
      if (!release) return;
      if (!isOpen) return release();
      joined(openLink(tabs, name, release, `${name}-tab`));
      post({ type: 'come', id: data.id });
    });
  };
  const open = (): void => post({ type: 'open', id: '' });
  open();
  const unfollow = tabs.follow({ returns: open });
  return () => {
    isOpen = false;
    unfollow();
    channel.close();
  };
}

/**
 * Finds the tab that leads a room, now or when it opens.
 * @throws the signal's reason when it is aborted before
 */
export async function joinTabs(tabs: Tabs, code: string, signal: AbortSignal): Promise<FrameLink> {
  signal.throwIfAborted();
  const id = randomId();
  const name = linkName(code, id);
  const channel = tabs.channel(roomName(code));
  const release = (await hold(tabs, `${name}-tab`)) ?? (() => undefined); // nobody else knows its name
  let unfollow = (): void => undefined;
  try {
    signal.throwIfAborted();
    await new Promise<void>((found, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      const knock = (): void => channel.postMessage({ type: 'knock', id } satisfies Knock);
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (!isKnock(data)) return;
        if (data.type === 'come' && data.id === id) found();
        else if (data.type === 'open') knock();
      };
      unfollow = tabs.follow({ returns: knock });
      knock();
    });
    return openLink(tabs, name, release, `${name}-lead`);
  } catch (error) {
    release();
    throw error;
  } finally {
    unfollow();
    channel.close();
  }
}
