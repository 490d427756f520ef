/**
 * A page that has joined a class: a study worker of its own trains what the leading page asks for. Its name, adapters, numbers of images, how far it is
 * and errors leave this page, never images.
 */
import { errorText } from '../../core/error-text.ts';
import type { BackendId } from '../../engine/backends.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { answerInvitation } from '../../platform/links/peer-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { BadSignal } from '../../platform/links/signal.ts';
import { joinTabs, type Tabs } from '../../platform/links/tab-links.ts';
import { BadFrame, encodeFrame, headToClient, headToHost, MAX_FRAME_BYTES } from '../../study/classroom/frames.ts';
import { CLASSROOM_VERSION, plain, type ToClientHead, type ToHostHead } from '../../study/classroom/messages.ts';
import { WorkerClosed, WorkerCrash, type Asks, type StudyWorkerClient } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import type { MemberState, RoomStore } from './room-state.ts';

export interface JoinSetup {
  readonly store: RoomStore;
  /** A worker of its own, so that this page's studies and the class do not wait for one another. */
  readonly worker: Asks<'join-class'> & Pick<StudyWorkerClient, 'open' | 'terminate'>;
  readonly backend: BackendId | 'auto';
  readonly name: string;
  /** Known to this tab alone; the leading page gives it the same client when it returns. */
  readonly token: string;
  /** This device's own images; null: its part of the study's. */
  readonly dataset: DroppedDataset | null;
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
        ...{ round: null, share: 0, problem: null },
      };
    case 'round':
      return { status: 'training', round: head.round, share: 0 };
    case 'closed':
      return { status: 'waiting', share: 0 };
    case 'end':
      return { status: 'over', study: null, round: null, share: 0 };
    default:
      return head satisfies never;
  }
}

function saidHere(head: ToHostHead, { answers }: MemberState): Partial<MemberState> {
  if (head.type === 'progress') return { status: 'training', share: head.share };
  if (head.type === 'trained') return { status: 'answered', share: 1, answers: answers + 1, images: head.images[0] };
  if (head.type === 'problem') return { problem: head.text };
  return {};
}

/** @param find finds the leading page, again whenever it was lost; null: it is not found again */
function join(
  { store, worker, backend, name, token, dataset }: JoinSetup,
  code: string,
  find: (signal: AbortSignal) => Promise<FrameLink | null>,
): void {
  const leaving = new AbortController();
  const { signal } = leaving;
  let link: FrameLink | null = null;
  let port: FrameLink | null = null;
  /** Answers that were sent when a worker died; null: none did. */
  let answersBefore: number | null = null;
  const change = (edit: (member: MemberState) => Partial<MemberState>): void => {
    if (!signal.aborted) store.setState(({ member }) => (member ? { member: { ...member, ...edit(member) } } : {}));
  };
  const fail = (error: unknown): void => {
    if (error instanceof WorkerClosed || signal.aborted) return;
    if (error instanceof BadSignal) change(() => ({ status: 'no-invitation' }));
    else change(() => ({ status: 'failed', problem: errorText(error) }));
    link?.close();
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
    send(encodeFrame(plain({ type: 'hello', version: CLASSROOM_VERSION, token, name, own: dataset !== null })));

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
      found.listen({
        frame(frame) {
          change(({ received }) => ({ received: received + frame.length }));
          try {
            const head = headToClient(frame);
            change(() => saidByLeader(head));
            if (head.type === 'welcome') {
              if (!port) connect();
            } else if (head.type === 'refused') {
              found.close();
              disconnect();
            } else port?.send(frame);
          } catch (error) {
            if (!(error instanceof BadFrame)) throw error;
            fail(error);
          }
        },
        closed() {
          disconnect();
          lost();
        },
      });
      sayHello();
    });

  const leave = (): void => {
    if (link) link.send(encodeFrame(plain({ type: 'leave' })));
    leaving.abort();
    link?.close();
    port?.close();
    worker.terminate();
    store.setState({ member: null });
  };

  const live = async (): Promise<void> => {
    for (let again = false; !signal.aborted; again = true) {
      const found = await find(signal);
      if (!found) {
        if (again) change(() => ({ status: 'lost', study: null, round: null, share: 0 }));
        return;
      }
      await attend(found);
      change(() => ({ status: 'looking', study: null, round: null, share: 0 }));
    }
  };

  store.setState({
    member: {
      ...{ status: 'looking', name, code, answer: '', hasOwnImages: dataset !== null, client: null, study: null },
      ...{ round: null, share: 0, images: null, answers: 0, sent: 0, received: 0, problem: null, leave },
    },
  });
  worker.open(backend).catch(fail);
  live().catch(fail);
}

/** Joins the room of a code among the tabs of this browser. */
export function joinRoom(setup: JoinSetup, code: string, tabs: Tabs): void {
  join(setup, code, (signal) => joinTabs(tabs, code, signal));
}

/**
 * Joins the class that an invitation is from.
 * @param servers STUN or TURN servers; empty: this network only
 */
export function joinByInvitation(setup: JoinSetup, invitation: string, servers: readonly string[]): void {
  let isUsed = false;
  const find = async (signal: AbortSignal): Promise<FrameLink | null> => {
    // An invitation is for one connection.
    if (isUsed) return null;
    isUsed = true;
    const reply = await answerInvitation(invitation, { servers, mostBytes: MAX_FRAME_BYTES });
    signal.addEventListener('abort', reply.cancel);
    setup.store.setState(({ member }) =>
      member ? { member: { ...member, status: 'answering', answer: reply.code } } : {},
    );
    void reply.unreached.then(() =>
      setup.store.setState(({ member }) =>
        member?.status === 'answering' ? { member: { ...member, status: 'unreached' } } : {},
      ),
    );
    const link = await reply.connected;
    // From here on the link ends the connection, once the farewell has left.
    signal.removeEventListener('abort', reply.cancel);
    setup.store.setState(({ member }) => (member ? { member: { ...member, answer: '' } } : {}));
    return link;
  };
  join(setup, '', find);
}
