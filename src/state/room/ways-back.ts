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

/**
 * Ways that a device offers the leading page at once: that page may be loaded again before the next one is agreed on, and it would have to invite every device
 * anew.
 */
export const WAYS_TO_DEVICE = 2;
/** Those that the leading page offers a device. */
export const WAYS_TO_LEADER = 1;

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
 * Goes ways, one after the other, until the other end is found, which may be out of reach for a while.
 * @returns the link, and the way, which is used up; null where the browser cannot give its answer of before, there are no ways, or the signal is aborted
 */
export async function goBack(
  { answerInvitation }: Peers,
  ways: readonly WayBack[],
  certificate: RTCCertificate | null,
  signal: AbortSignal,
): Promise<{ readonly link: FrameLink; readonly way: WayBack } | null> {
  if (!certificate) return null;
  try {
    while (ways.length > 0)
      for (const way of ways) {
        if (signal.aborted) return null;
        const options = { servers: way.servers, mostBytes: MAX_FRAME_BYTES, certificate };
        const { connected, unreached, cancel } = await answerInvitation(way.invitation, options, way.answer);
        signal.addEventListener('abort', cancel);
        const link = await Promise.race([connected, unreached.then(() => null), pause(ATTEMPT_MS)]);
        signal.removeEventListener('abort', cancel);
        if (link && !signal.aborted) return { link, way };
        cancel();
      }
  } catch (error) {
    if (!(error instanceof NoReturn || error instanceof BadSignal)) throw error;
  }
  return null;
}

interface WaysBack {
  /** Offers as many as are wanted, with those that wait already. @param tell gives the other end an invitation @param servers STUN or TURN servers; empty: this network only */
  readonly offer: (id: string, servers: readonly string[], tell: (invitation: string) => void) => Promise<void>;
  /** The other end's answer, long before it returns. */
  readonly expect: (id: string, answer: string) => Promise<void>;
  /** Whether any way is offered. */
  readonly has: (id: string) => boolean;
  /** The other end is not to return. */
  readonly drop: (id: string) => void;
  readonly close: () => void;
}

interface OfferedWay {
  /** Null while it is being made. */
  invitation: Invitation | null;
  /** Whether the other end has answered. */
  isAgreed: boolean;
  /** Gives the other end the invitation. */
  tell: (invitation: string) => void;
}

/** The ways that this page waits for. @param wanted to each end at once @param returned takes over the link to an end that has returned */
export function createWaysBack(
  { inviteDevice }: Peers,
  wanted: number,
  returned: (id: string, link: FrameLink) => void,
): WaysBack {
  const offered = new Map<string, Set<OfferedWay>>();
  const drop = (id: string): void => {
    for (const { invitation } of offered.get(id) ?? []) invitation?.cancel();
    offered.delete(id);
  };
  const offerOne = async (
    id: string,
    ways: Set<OfferedWay>,
    servers: readonly string[],
    tell: (invitation: string) => void,
  ): Promise<void> => {
    const way: OfferedWay = { invitation: null, isAgreed: false, tell };
    ways.add(way);
    const isOffered = (): boolean => offered.get(id) === ways && ways.has(way);
    let made: Invitation;
    try {
      made = await inviteDevice({ servers, mostBytes: MAX_FRAME_BYTES });
    } catch {
      ways.delete(way); // It is invited anew when it is lost.
      return;
    }
    if (!isOffered()) return made.cancel();
    way.invitation = made;
    made.connected.then(
      (link) => {
        if (!isOffered()) return link.close();
        ways.delete(way);
        returned(id, link);
      },
      () => void ways.delete(way),
    );
    way.tell(made.code);
  };
  return {
    drop,
    has: (id) => (offered.get(id)?.size ?? 0) > 0,
    async offer(id, servers, tell) {
      const ways = offered.get(id) ?? new Set();
      offered.set(id, ways);
      // The end that was told of them before may be gone, with its answer.
      for (const way of ways)
        if (!way.isAgreed) {
          way.tell = tell;
          if (way.invitation) tell(way.invitation.code);
        }
      const missing = Array.from({ length: wanted - ways.size }, () => offerOne(id, ways, servers, tell));
      await Promise.all(missing);
    },
    async expect(id, answer) {
      for (const way of offered.get(id) ?? []) {
        const isIts = await way.invitation?.expect(answer).then(
          () => true,
          () => false, // of another way
        );
        if (!isIts) continue;
        way.isAgreed = true;
        return;
      }
      // No answer, or a second one: such an end does not return by itself.
      drop(id);
    },
    close() {
      for (const id of offered.keys()) drop(id);
    },
  };
}
