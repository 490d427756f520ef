/** Hears links that have just come, until they say who they are: whoever is let in is heard from then on, and whoever sends nonsense is not. */
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { BadFrame, headToHost } from '../../study/classroom/frames.ts';
import type { HelloHead, ToHostHead } from '../../study/classroom/messages.ts';
import type { Way } from './room-state.ts';

/** Nonsense from a device that no study is listening to, after which it is sent away. */
const MOST_NONSENSE = 20;
/** Links that have not said who they are. More are refused. */
const MOST_STRANGERS = 64;

/** What becomes of links that have said who they are. */
export interface LinkHost {
  /** @returns the id of the device; null: it was refused */
  readonly enter: (link: FrameLink, way: Way, hello: HelloHead) => string | null;
  /** The device says something. */
  readonly hear: (
    id: string,
    head: Exclude<ToHostHead, { readonly type: 'hello' | 'leave' }>,
    frame: Uint8Array<ArrayBuffer>,
  ) => void;
  /** The device sent what is no frame. */
  readonly hearNonsense: (id: string) => void;
  readonly sendAway: (id: string) => void;
  /** The device takes its leave. */
  readonly leave: (id: string) => void;
  /** The device is gone without a word. */
  readonly lose: (id: string) => void;
}

interface DeviceLinks {
  readonly add: (link: FrameLink, way: Way) => void;
  /** Closes the links that have not said who they are. */
  readonly close: () => void;
}

export function createDeviceLinks({ enter, hear, hearNonsense, sendAway, leave, lose }: LinkHost): DeviceLinks {
  const strangers = new Set<FrameLink>();

  const add = (link: FrameLink, way: Way): void => {
    if (strangers.size >= MOST_STRANGERS) {
      link.close();
      return;
    }
    strangers.add(link);
    let id: string | null = null;
    let nonsense = 0;
    const read = (frame: Uint8Array<ArrayBuffer>): void => {
      const head = headToHost(frame);
      if (head.type === 'hello') {
        // Its worker is another one now, which knows of no study.
        if (id !== null) leave(id);
        strangers.delete(link);
        id = enter(link, way, head);
      } else if (head.type === 'leave') {
        link.close();
        if (id !== null) leave(id);
      } else if (id !== null) {
        hear(id, head, frame);
      }
    };
    link.listen({
      frame(frame) {
        try {
          read(frame);
        } catch (error) {
          if (!(error instanceof BadFrame)) throw error;
          if (id !== null) hearNonsense(id);
          if (++nonsense < MOST_NONSENSE) return;
          if (id !== null) return sendAway(id);
          link.close();
          strangers.delete(link);
        }
      },
      closed() {
        strangers.delete(link);
        if (id !== null) lose(id);
      },
    });
  };

  return {
    add,
    close() {
      for (const link of strangers) link.close();
    },
  };
}
