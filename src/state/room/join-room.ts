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
import { BadSignal } from '../../platform/links/signal.ts';
import type { Tabs } from '../../platform/links/tab-links.ts';
import { BadFrame, encodeFrame, headToClient } from '../../study/classroom/frames.ts';
import { CLASSROOM_VERSION, plain, type ToClientHead } from '../../study/classroom/messages.ts';
import { WorkerClosed, WorkerCrash, type Asks, type StudyWorkerClient } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import type { TabKeeper } from '../page/keeper.ts';
import { invitedEntrance, roomEntrance, type Entrance } from './entrances.ts';
import {
  forgetMembership,
  keepMembership,
  membershipIn,
  returningToken,
  tokenOf,
  type Membership,
  type Token,
} from './membership.ts';
import { createMemberLine } from './member-line.ts';
import type { MemberState, RoomStore } from './room-state.ts';
import { NO_STUDY, saidByLeader, saidByWorker } from './said-of-member.ts';

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
  /** The class that the address names, a code or an invitation; empty: none. */
  readonly asked: string;
}

export interface JoinSetup extends Surroundings {
  readonly name: string;
  /** This device's own images; null: its part of the study's. */
  readonly dataset: DroppedDataset | null;
}

/** A member that looks for its class. */
const looking = ({ name, dataset }: JoinSetup, code: string, leave: () => void): MemberState => ({
  status: 'looking',
  name,
  code,
  answer: '',
  hasOwnImages: dataset !== null,
  client: null,
  ...NO_STUDY,
  images: null,
  answers: 0,
  sent: 0,
  received: 0,
  problem: null,
  deviceWait: null,
  leave,
});

function join(setup: JoinSetup, token: Token, code: string, { find, by, back }: Entrance): void {
  const { store, begin, backend, name, kept, certificates, asked, dataset } = setup;
  // A second press, while the first one waited for its token.
  if (store.getState().member) return token.release();
  const worker = begin((deviceWait) => change(() => ({ deviceWait })));
  const leaving = new AbortController();
  const { signal } = leaving;
  /** Until this page leaves, or takes no part any more. */
  const searching = abortedAlso(signal);
  let link: FrameLink | null = null;
  /** Answers that were sent when a worker died; null: none did. */
  let answersBefore: number | null = null;
  const change = (edit: (member: MemberState) => Partial<MemberState>): void => {
    if (!signal.aborted) store.setState(({ member }) => (member ? { member: { ...member, ...edit(member) } } : {}));
  };
  const fail = (error: unknown): void => {
    if (error instanceof WorkerClosed || searching.signal.aborted) return;
    searching.abort();
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
  const sayHello = (): void =>
    send(
      encodeFrame(plain({ type: 'hello', version: CLASSROOM_VERSION, token: token.text, name, own: dataset !== null })),
    );

  /** Enters the class anew with another worker in place of one that died, unless that has done nothing since the one before died. */
  const replace = (error: unknown): void => {
    const answers = store.getState().member?.answers ?? 0;
    if (!(error instanceof WorkerCrash) || answers === answersBefore) return fail(error);
    answersBefore = answers;
    line.close();
    change(() => ({ status: 'waiting', ...NO_STUDY }));
    sayHello();
  };
  const line = createMemberLine(
    worker,
    dataset,
    (head, frame) => {
      change((member) => saidByWorker(head, member));
      send(frame);
    },
    replace,
  );

  const disconnect = (): void => {
    line.close();
    link = null;
  };

  const keep = (way: Membership['by']): void =>
    keepMembership(kept, { name, own: dataset !== null, by: way, at: asked });

  const agree = async (invitation: string): Promise<void> => {
    const way = await back?.agree(invitation);
    if (!way || signal.aborted) return;
    send(encodeFrame(plain({ type: 'returning', answer: way.answer })));
    keep(way); // once it is told: a way that the other end does not know of is none
  };

  /** The leading page says something. @param lost the connection gives way to another */
  const hear = (head: ToClientHead, frame: Uint8Array<ArrayBuffer>, found: FrameLink, lost: () => void): void => {
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
            lost();
          },
        );
        if (!line.isOpen) line.open();
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
        line.pass(frame);
    }
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
            hear(headToClient(frame), frame, found, closed);
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
    line.close();
    worker.terminate();
    forgetMembership(kept);
    void certificates.forget(token.text);
    token.release();
    store.setState({ member: null });
  };

  const live = async (): Promise<void> => {
    for (;;) {
      const found = await find(searching.signal);
      if (!found) return;
      await attend(found);
    }
  };

  store.setState({ member: looking(setup, code, leave) });
  worker.open(backend).catch(fail);
  live().catch(fail);
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
 * Enters the class again in which the page was that this tab held before, unless the address has come to name another one.
 * @param dataset this device's own images, where there are some
 */
export async function rejoin(setup: Surroundings, dataset: DroppedDataset | null): Promise<void> {
  const { kept, tabs, asked } = setup;
  const membership = membershipIn(kept);
  if (membership && asked !== '' && asked !== membership.at) return forgetMembership(kept);
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
