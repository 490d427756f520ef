/** A way to one other place, over which whole frames of bytes go both ways, in order: a port, tabs of one machine, another device. */

export interface FrameListener {
  frame(frame: Uint8Array<ArrayBuffer>): void;
  /** The other end is gone; nothing comes or goes any more. Not called after this end's own `close`. */
  closed(): void;
}

export interface FrameLink {
  /** Does nothing once the link is closed. */
  send(frame: Uint8Array<ArrayBuffer>): void;
  /** Frames that came before wait for the listener. One at a time: the last one counts. */
  listen(listener: FrameListener): void;
  close(): void;
}

/** More frames than these do not wait for a listener, and not more bytes: a flood takes no memory without bound. */
const MOST_WAITING = 64;
/** The longest frame of a class, and small ones around it. */
export const MOST_WAITING_BYTES = 288 * 2 ** 20;

/** What a link hears, kept until somebody listens. @param overflow called when too much waits */
export function createInbox(overflow: () => void) {
  let listener: FrameListener | null = null;
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let state: 'open' | 'gone' | 'muted' = 'open';
  return {
    frame(frame: Uint8Array<ArrayBuffer>): void {
      if (state !== 'open') return;
      if (listener) listener.frame(frame);
      else if (waiting.length < MOST_WAITING && bytes + frame.length <= MOST_WAITING_BYTES) {
        waiting.push(frame);
        bytes += frame.length;
      } else overflow();
    },
    closed(): void {
      if (state !== 'open') return;
      state = 'gone';
      listener?.closed();
    },
    /** From now on nothing is heard. @returns false if nothing was heard before either */
    mute(): boolean {
      const was = state === 'open';
      state = 'muted';
      waiting = [];
      return was;
    },
    listen(next: FrameListener): void {
      listener = next;
      const kept = waiting;
      waiting = [];
      bytes = 0;
      for (const frame of kept) next.frame(frame);
      if (state === 'gone') next.closed();
    },
  };
}
