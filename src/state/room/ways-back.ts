/**
 * Ways back to devices that were invited: while one is connected, this page and the device agree on another connection, which the device makes by itself when
 * the one that there is breaks, or when its page is loaded again. So nobody carries an invitation and its answer once more.
 */
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { inviteDevice, type Invitation } from '../../platform/links/peer-link.ts';
import { MAX_FRAME_BYTES } from '../../study/classroom/frames.ts';

interface WaysBack {
  /** @param tell gives the device its invitation @param servers STUN or TURN servers; empty: this network only */
  readonly offer: (id: string, servers: readonly string[], tell: (invitation: string) => void) => Promise<void>;
  /** The device's answer, long before it returns. */
  readonly expect: (id: string, answer: string) => void;
  /** The device is not to return. */
  readonly drop: (id: string) => void;
  readonly close: () => void;
}

/** @param returned takes over the link to a device that has returned */
export function createWaysBack(returned: (id: string, link: FrameLink) => void): WaysBack {
  /** Null while the way is being made. */
  const ways = new Map<string, Invitation | null>();
  const drop = (id: string): void => {
    ways.get(id)?.cancel();
    ways.delete(id);
  };
  return {
    drop,
    async offer(id, servers, tell) {
      ways.set(id, null);
      let way: Invitation;
      try {
        way = await inviteDevice({ servers, mostBytes: MAX_FRAME_BYTES });
      } catch {
        ways.delete(id); // It is invited anew when it is lost.
        return;
      }
      if (!ways.has(id)) return way.cancel();
      ways.set(id, way);
      way.connected.then(
        (link) => {
          if (ways.delete(id)) returned(id, link);
          else link.close();
        },
        () => ways.delete(id),
      );
      tell(way.code);
    },
    expect(id, answer) {
      ways
        .get(id)
        ?.expect(answer)
        // No answer, or a second one: such a device does not return by itself.
        .catch(() => drop(id));
    },
    close() {
      for (const id of ways.keys()) drop(id);
    },
  };
}
