/** The two ways into a class: the code of a room in this browser, and an invitation, after which the leading page is found again by ways back. */
import { abortedAlso } from '../../platform/aborted-also.ts';
import type { Certificates } from '../../platform/links/certificates.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Peers } from '../../platform/links/peer-link.ts';
import { joinTabs, type Tabs } from '../../platform/links/tab-links.ts';
import { MAX_FRAME_BYTES } from '../../study/classroom/frames.ts';
import type { Membership, Token } from './membership.ts';
import type { MemberState, RoomStore } from './room-state.ts';
import { NO_STUDY } from './said-of-member.ts';
import { agreeOn, createWaysBack, goBack, WAYS_TO_DEVICE, type WayBack } from './ways-back.ts';

/** Who has not returned by then is told to ask for a new invitation. */
export const RETURN_MS = 60_000;

/** A way into a class. */
export interface Entrance {
  /** Finds the leading page, again whenever it was lost; null: it is not found again. */
  readonly find: (signal: AbortSignal) => Promise<FrameLink | null>;
  /** By which the tab enters when it is loaded again; null: by none yet. */
  readonly by: Membership['by'] | null;
  /** Other connections, which are agreed on with the leading page; null where it is found without. */
  readonly back: {
    /** The leading page offers one. @returns the way back, once it is agreed on; null: there is none */
    readonly agree: (invitation: string) => Promise<WayBack | null>;
    /** Offers one to the leading page. @param returned is called when it has come by it: `find` finds it then */
    readonly offer: (tell: (invitation: string) => void, returned: () => void) => Promise<void>;
    readonly expect: (answer: string) => void;
    /** The leading page is not to return. */
    readonly end: () => void;
  } | null;
}

interface RoomWays {
  readonly store: RoomStore;
  readonly tabs: Tabs;
}

interface DeviceWays {
  readonly store: RoomStore;
  readonly peers: Peers;
  readonly certificates: Pick<Certificates, 'of'>;
}

/** Shows what becomes of the search, as long as the page has not left. */
const showing =
  (store: RoomStore, signal: AbortSignal) =>
  (news: Partial<MemberState>): void => {
    if (!signal.aborted) store.setState(({ member }) => (member ? { member: { ...member, ...news } } : {}));
  };

/** The room of a code among the tabs of this browser. */
export function roomEntrance({ store, tabs }: RoomWays, code: string): Entrance {
  let wasIn = false;
  return {
    by: { code },
    back: null,
    find(signal) {
      // That the class was closed says more than that its page is not there.
      if (store.getState().member?.status !== 'dismissed')
        showing(store, signal)({ status: wasIn ? 'returning' : 'looking', ...NO_STUDY });
      wasIn = true;
      return joinTabs(tabs, code, signal);
    },
  };
}

/** The leading page, among those that a device waits for. */
const LEADER = 'leader';

/** The class that an invitation is from, and after that the ways back which were agreed on last. */
export function invitedEntrance(
  { store, peers, certificates }: DeviceWays,
  token: Token,
  servers: readonly string[],
  invited: { readonly invitation: string } | WayBack,
): Entrance {
  /** An invitation is for one connection. */
  let next: typeof invited | null = invited;
  let came: (link: FrameLink) => void = () => undefined;
  /** The leading page, when it has returned. */
  let back = new Promise<FrameLink>((resolve) => (came = resolve));
  let told = (): void => undefined;
  const leader = createWaysBack(peers, WAYS_TO_DEVICE, (_, link) => {
    came(link);
    told();
  });

  const enter = async (invitation: string, signal: AbortSignal): Promise<FrameLink> => {
    const show = showing(store, signal);
    show({ status: 'looking' });
    const { code, connected, unreached, cancel } = await peers.answerInvitation(invitation, {
      servers,
      mostBytes: MAX_FRAME_BYTES,
    });
    show({ status: 'answering', answer: code });
    void unreached.then(() => {
      if (store.getState().member?.status === 'answering') show({ status: 'unreached' });
    });
    signal.addEventListener('abort', cancel);
    const link = await connected;
    // From now on the link ends the connection, once its farewell has left.
    signal.removeEventListener('abort', cancel);
    show({ answer: '' });
    return link;
  };

  /** Looks for the leading page, which may look for this one. */
  const meet = async (way: WayBack | null, signal: AbortSignal): Promise<FrameLink | null> => {
    const show = showing(store, signal);
    show({ status: 'returning', ...NO_STUDY });
    const overdue = setTimeout(() => show({ status: 'lost' }), RETURN_MS);
    const going = abortedAlso(signal);
    const gone = way && goBack(peers, [way], await certificates.of(token.text), going.signal);
    const link = await Promise.race([
      back,
      Promise.resolve(gone).then((found) => found?.link ?? (leader.has(LEADER) ? back : null)),
    ]);
    clearTimeout(overdue);
    going.abort();
    back = new Promise((resolve) => (came = resolve));
    if (!link) show({ status: 'lost' });
    return link;
  };

  return {
    by: null,
    async find(signal) {
      if (store.getState().member?.status === 'dismissed') return null;
      const way = next;
      next = null;
      return way && !('answer' in way) ? enter(way.invitation, signal) : meet(way, signal);
    },
    back: {
      async agree(invitation) {
        const way = await agreeOn(peers, invitation, servers, await certificates.of(token.text));
        next = way;
        return way;
      },
      offer(tell, returned) {
        told = returned;
        return leader.offer(LEADER, servers, tell);
      },
      expect: (answer) => void leader.expect(LEADER, answer),
      end: leader.close,
    },
  };
}
