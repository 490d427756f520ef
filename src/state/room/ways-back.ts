/**
 * Ways back between a page that leads a class and a device that was invited: while they are connected, each offers the other one another connection and waits
 * for it. The other one makes it by itself when its page is loaded again, and the device also when the connection that there is breaks. So nobody carries an
 * invitation and its answer once more.
 */
import * as v from 'valibot';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { NoReturn, type Invitation, type Peers } from '../../platform/links/peer-link.ts';
import { BadSignal } from '../../platform/links/signal.ts';
import { pause } from '../../platform/pause.ts';
import { MAX_FRAME_BYTES } from '../../study/classroom/frames.ts';

/** A way that is not found by then is looked for anew, as the network may be another one. */
const ATTEMPT_MS = 20_000;

/** What an end keeps of a way that it goes: the offer, and the answer for which the other end waits. */
export const WayBackSchema = v.object({ invitation: v.string(), answer: v.string(), servers: v.array(v.string()) });
export type WayBack = v.InferOutput<typeof WayBackSchema>;

/** @returns the way that the other end offers; null where this browser keeps no certificate, by which it would be known again */
export async function agreeOn(
  { answerForLater }: Peers,
  invitation: string,
  servers: readonly string[],
  certificate: RTCCertificate | null,
): Promise<WayBack | null> {
  if (!certificate) return null;
  const answer = await answerForLater(invitation, { servers, mostBytes: MAX_FRAME_BYTES, certificate });
  return { invitation, answer, servers: [...servers] };
}

/**
 * Goes a way until the other end is found, which may be out of reach for a while.
 * @returns null where the browser cannot give its answer of before, or the signal is aborted
 */
export async function goBack(
  { answerInvitation }: Peers,
  { invitation, answer, servers }: WayBack,
  certificate: RTCCertificate | null,
  signal: AbortSignal,
): Promise<FrameLink | null> {
  try {
    while (certificate && !signal.aborted) {
      const options = { servers, mostBytes: MAX_FRAME_BYTES, certificate };
      const { connected, unreached, cancel } = await answerInvitation(invitation, options, answer);
      signal.addEventListener('abort', cancel);
      const link = await Promise.race([connected, unreached.then(() => null), pause(ATTEMPT_MS)]);
      signal.removeEventListener('abort', cancel);
      if (link && !signal.aborted) return link;
      cancel();
    }
  } catch (error) {
    if (!(error instanceof NoReturn || error instanceof BadSignal)) throw error;
  }
  return null;
}

interface WaysBack {
  /** @param tell gives the other end its invitation @param servers STUN or TURN servers; empty: this network only */
  readonly offer: (id: string, servers: readonly string[], tell: (invitation: string) => void) => Promise<void>;
  /** The other end's answer, long before it returns. */
  readonly expect: (id: string, answer: string) => void;
  /** Whether a way is offered. */
  readonly has: (id: string) => boolean;
  /** The other end is not to return. */
  readonly drop: (id: string) => void;
  readonly close: () => void;
}

/** The ways that this page waits for. @param returned takes over the link to an end that has returned */
export function createWaysBack({ inviteDevice }: Peers, returned: (id: string, link: FrameLink) => void): WaysBack {
  /** Null while the way is being made. */
  const ways = new Map<string, { invitation: Invitation | null }>();
  const drop = (id: string): void => {
    ways.get(id)?.invitation?.cancel();
    ways.delete(id);
  };
  return {
    drop,
    has: (id) => ways.has(id),
    async offer(id, servers, tell) {
      drop(id);
      const way: { invitation: Invitation | null } = { invitation: null };
      ways.set(id, way);
      const isOffered = (): boolean => ways.get(id) === way;
      let made: Invitation;
      try {
        made = await inviteDevice({ servers, mostBytes: MAX_FRAME_BYTES });
      } catch {
        if (isOffered()) ways.delete(id); // It is invited anew when it is lost.
        return;
      }
      if (!isOffered()) return made.cancel();
      way.invitation = made;
      made.connected.then(
        (link) => {
          if (!isOffered()) return link.close();
          ways.delete(id);
          returned(id, link);
        },
        () => {
          if (isOffered()) ways.delete(id);
        },
      );
      tell(made.code);
    },
    expect(id, answer) {
      ways
        .get(id)
        ?.invitation?.expect(answer)
        // No answer, or a second one: such an end does not return by itself.
        .catch(() => drop(id));
    },
    close() {
      for (const id of ways.keys()) drop(id);
    },
  };
}
