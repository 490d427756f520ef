/**
 * A page that has joined a class: a study worker of its own trains what the leading page asks for. Its name, adapters, numbers of images, how far it is
 * and errors leave this page, never images.
 */
import { errorText } from '../../core/error-text.ts';
import type { BackendId } from '../../engine/backends.ts';
import { abortedAlso } from '../../platform/aborted-also.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Certificates } from '../../platform/links/certificates.ts';
import type { Peers } from '../../platform/links/peer-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { BadSignal } from '../../platform/links/signal.ts';
import { joinTabs, type Tabs } from '../../platform/links/tab-links.ts';
import { BadFrame, encodeFrame, headToClient, headToHost, MAX_FRAME_BYTES } from '../../study/classroom/frames.ts';
import { CLASSROOM_VERSION, plain, type ToClientHead, type ToHostHead } from '../../study/classroom/messages.ts';
import { WorkerClosed, WorkerCrash, type Asks, type StudyWorkerClient } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import type { TabKeeper } from '../page/keeper.ts';
import {
  forgetMembership,
  keepMembership,
  membershipIn,
  returningToken,
  tokenOf,
  type Membership,
  type Token,
} from './membership.ts';
import type { MemberState, RoomStore } from './room-state.ts';
import { agreeOn, createWaysBack, goBack, WAYS_TO_DEVICE, type WayBack } from './ways-back.ts';

/** Who has not returned by then is told to ask for a new invitation. */
export const RETURN_MS = 60_000;

/** What this browser offers a page that joins. */
export interface Surroundings {
  readonly store: RoomStore;
  /**
   * Begins a worker of its own, so that this page's studies and the class do not wait for one another.
   * @param onWait hears what the reader is told while a lost device is opened again, and null when it no longer is
   */
  readonly begin: (
    onWait: (message: string | null) => void,
  ) => Asks<'join-class'> & Pick<StudyWorkerClient, 'open' | 'terminate'>;
  readonly backend: BackendId | 'auto';
  readonly tabs: Tabs;
  readonly peers: Peers;
  readonly kept: TabKeeper;
  readonly certificates: Certificates;
}

export interface JoinSetup extends Surroundings {
  readonly name: string;
  /** This device's own images; null: its part of the study's. */
  readonly dataset: DroppedDataset | null;
}

type Way = Membership['by'];

/** A way into a class. */
interface Entrance {
  /** Finds the leading page, again whenever it was lost; null: it is not found again. */
  readonly find: (signal: AbortSignal) => Promise<FrameLink | null>;
  /** By which the tab enters when it is loaded again; null: by none yet. */
  readonly by: Way | null;
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

function saidByLeader(head: ToClientHead): Partial<MemberState> {
  switch (head.type) {
    case 'welcome':
      return { status: 'waiting', client: head.client };
    case 'refused':
      return { status: head.reason, study: null, round: null, share: 0 };
    case 'study':
      return {
        status: 'waiting',
        study: { task: { id: head.config.task, name: head.task }, rounds: head.rounds },
        round: null,
        share: 0,
        problem: null,
      };
    case 'round':
      return { status: 'training', round: head.round, share: 0 };
    case 'closed':
      return { status: 'waiting', share: 0 };
    case 'end':
      return { status: 'over', study: null, round: null, share: 0 };
    case 'dismissed':
      return { status: 'dismissed', study: null, round: null, share: 0 };
    case 'return':
    case 'returning':
      return {};
    default:
      return head satisfies never;
  }
}

function saidHere(head: ToHostHead, { answers }: MemberState): Partial<MemberState> {
  if (head.type === 'progress') return { status: 'training', share: head.share };
  if (head.type === 'trained') return { status: 'answered', share: 1, answers: answers + 1, images: head.images[0] };
  if (head.type === 'problem') return { problem: head.problem };
  return {};
}

function join(
  { store, begin, backend, name, kept, certificates, dataset }: JoinSetup,
  token: Token,
  code: string,
  { find, by, back }: Entrance,
): void {
  // A second press, while the first one waited for its token.
  if (store.getState().member) return token.release();
  const worker = begin((deviceWait) => change(() => ({ deviceWait })));
  const leaving = new AbortController();
  const { signal } = leaving;
  /** Until this page leaves, or takes no part any more. */
  const looking = abortedAlso(signal);
  let link: FrameLink | null = null;
  let port: FrameLink | null = null;
  /** Answers that were sent when a worker died; null: none did. */
  let answersBefore: number | null = null;
  const change = (edit: (member: MemberState) => Partial<MemberState>): void => {
    if (!signal.aborted) store.setState(({ member }) => (member ? { member: { ...member, ...edit(member) } } : {}));
  };
  const fail = (error: unknown): void => {
    if (error instanceof WorkerClosed || looking.signal.aborted) return;
    looking.abort();
    if (error instanceof BadSignal) change(() => ({ status: 'no-invitation' }));
    else change(() => ({ status: 'failed', problem: { kind: 'other', text: errorText(error) } }));
    link?.close();
    back?.end();
    disconnect();
  };

  const send = (frame: Uint8Array<ArrayBuffer>): void => {
    const { length } = frame;
    link?.send(frame);
    change(({ sent }) => ({ sent: sent + length }));
  };

  /** Connects the worker with the leading page. */
  const connect = (): void => {
    const { port1, port2 } = new MessageChannel();
    const own = portLink(port1);
    port = own;
    own.listen({
      frame(frame) {
        const head = headToHost(frame);
        change((member) => saidHere(head, member));
        send(frame);
      },
      closed: () => {},
    });
    worker.ask('join-class', { port: port2, dataset }, { transfer: [port2] }).catch((error: unknown) => {
      // One that was closed before may end later.
      if (port === own) replace(error);
    });
  };

  const leavePort = (): void => {
    port?.close();
    port = null;
  };

  const disconnect = (): void => {
    leavePort();
    link = null;
  };

  const sayHello = (): void =>
    send(
      encodeFrame(plain({ type: 'hello', version: CLASSROOM_VERSION, token: token.text, name, own: dataset !== null })),
    );

  const keep = (way: Way): void => keepMembership(kept, { name, own: dataset !== null, by: way });

  const agree = async (invitation: string): Promise<void> => {
    const way = await back?.agree(invitation);
    if (!way || signal.aborted) return;
    send(encodeFrame(plain({ type: 'returning', answer: way.answer })));
    keep(way); // once it is told: a way that the other end does not know of is none
  };

  /** Enters the class anew with another worker in place of one that died, unless that has done nothing since the one before died. */
  const replace = (error: unknown): void => {
    const answers = store.getState().member?.answers ?? 0;
    if (!(error instanceof WorkerCrash) || answers === answersBefore) return fail(error);
    answersBefore = answers;
    leavePort();
    change(() => ({ status: 'waiting', study: null, round: null, share: 0 }));
    sayHello();
  };

  /** Resolves when the leading page is lost, not where it refuses this one. */
  const attend = (found: FrameLink): Promise<void> =>
    new Promise((lost) => {
      link = found;
      const closed = (): void => {
        // Another one may have taken its place.
        if (link === found) disconnect();
        lost();
      };
      found.listen({
        frame(frame) {
          change(({ received }) => ({ received: received + frame.length }));
          try {
            const head = headToClient(frame);
            change(() => saidByLeader(head));
            switch (head.type) {
              case 'welcome':
                // An invitation is used up: another way back follows.
                if (by) keep(by);
                else forgetMembership(kept);
                void back?.offer(
                  (invitation) => found.send(encodeFrame(plain({ type: 'return', invitation }))),
                  () => {
                    // The connection of before may not be known to be lost yet.
                    found.close();
                    closed();
                  },
                );
                if (!port) connect();
                break;
              case 'refused':
                forgetMembership(kept);
                found.close();
                back?.end();
                disconnect();
                break;
              case 'dismissed':
                forgetMembership(kept);
                back?.end();
                break;
              case 'return':
                agree(head.invitation).catch(fail);
                break;
              case 'returning':
                back?.expect(head.answer);
                break;
              default:
                port?.send(frame);
            }
          } catch (error) {
            if (!(error instanceof BadFrame)) throw error;
            fail(error);
          }
        },
        closed,
      });
      sayHello();
    });

  const leave = (): void => {
    if (link) link.send(encodeFrame(plain({ type: 'leave' })));
    leaving.abort();
    link?.close();
    back?.end();
    port?.close();
    worker.terminate();
    forgetMembership(kept);
    void certificates.forget(token.text);
    token.release();
    store.setState({ member: null });
  };

  const live = async (): Promise<void> => {
    for (;;) {
      const found = await find(looking.signal);
      if (!found) return;
      await attend(found);
    }
  };

  store.setState({
    member: {
      status: 'looking',
      name,
      code,
      answer: '',
      hasOwnImages: dataset !== null,
      client: null,
      study: null,
      round: null,
      share: 0,
      images: null,
      answers: 0,
      sent: 0,
      received: 0,
      problem: null,
      deviceWait: null,
      leave,
    },
  });
  worker.open(backend).catch(fail);
  live().catch(fail);
}

const NO_ROUND = { study: null, round: null, share: 0 } as const;

/** Shows what becomes of the search, as long as the page has not left. */
const showing =
  (store: RoomStore, signal: AbortSignal) =>
  (news: Partial<MemberState>): void => {
    if (!signal.aborted) store.setState(({ member }) => (member ? { member: { ...member, ...news } } : {}));
  };

/** The room of a code among the tabs of this browser. */
function roomEntrance({ store, tabs }: Surroundings, code: string): Entrance {
  return {
    by: { code },
    back: null,
    find(signal) {
      showing(store, signal)({ status: 'looking', ...NO_ROUND });
      return joinTabs(tabs, code, signal);
    },
  };
}

/** The leading page, among those that a device waits for. */
const LEADER = 'leader';

/** The class that an invitation is from, and after that the ways back which were agreed on last. */
function invitedEntrance(
  { store, peers, certificates }: Surroundings,
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
    show({ status: 'returning', ...NO_ROUND });
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

/** Joins the room of a code among the tabs of this browser. */
export async function joinRoom(setup: JoinSetup, code: string): Promise<void> {
  join(setup, await tokenOf(setup.kept, setup.tabs), code, roomEntrance(setup, code));
}

/**
 * Joins the class that an invitation is from.
 * @param servers STUN or TURN servers; empty: this network only
 */
export async function joinByInvitation(
  setup: JoinSetup,
  invitation: string,
  servers: readonly string[],
): Promise<void> {
  const token = await tokenOf(setup.kept, setup.tabs);
  join(setup, token, '', invitedEntrance(setup, token, servers, { invitation }));
}

/**
 * Enters the class again in which the page was that this tab held before.
 * @param dataset this device's own images, where there are some
 */
export async function rejoin(setup: Surroundings, dataset: DroppedDataset | null): Promise<void> {
  const { kept, tabs } = setup;
  const membership = membershipIn(kept);
  if (!membership || (membership.own && !dataset)) return;
  const token = await returningToken(kept, tabs);
  // The tab is a copy of one that is in the class.
  if (!token) {
    if (!setup.store.getState().member) forgetMembership(kept);
    return;
  }
  const { name, own, by } = membership;
  const joining = { ...setup, name, dataset: own ? dataset : null };
  if ('code' in by) join(joining, token, by.code, roomEntrance(setup, by.code));
  else join(joining, token, '', invitedEntrance(setup, token, by.servers, by));
}
