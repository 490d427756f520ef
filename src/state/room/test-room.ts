/** A class among tabs, for tests: pages over real channels, with workers and devices that the test plays. */
import { expect, onTestFinished, vi } from 'vitest';
import { PATIENT } from '../../../tests/support/patient.ts';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import type { Certificates } from '../../platform/links/certificates.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Invitation, Peers, Reply } from '../../platform/links/peer-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { joinTabs } from '../../platform/links/tab-links.ts';
import { tabs } from '../../platform/links/test-tabs.ts';
import { decodeToClient, decodeToHost, encodeFrame } from '../../study/classroom/frames.ts';
import {
  CLASSROOM_VERSION,
  plain,
  type StudyHead,
  type ToClientHead,
  type ToHostHead,
} from '../../study/classroom/messages.ts';
import { createClassCrew } from '../../worker/class-crew.ts';
import type { ClassLine } from '../../worker/client.ts';
import type { Answer, Asked } from '../../worker/protocol.ts';
import { answering } from '../../worker/test-answers.ts';
import type { TabKeeper } from '../page/keeper.ts';
import type { JoinSetup } from './join-room.ts';
import { openRoom } from './lead-room.ts';
import type { RoomStore } from './room-state.ts';
import { createRoomStore } from './room-store.ts';

export const STUDY: StudyHead = {
  type: 'study',
  config: tinyConfig(),
  task: 'Colours',
  classes: ['red'],
  prompts: ['red'],
  rounds: 3,
  localSteps: 2,
  backend: 'wasm',
};

export const hello = (name: string, changes: Partial<Extract<ToHostHead, { type: 'hello' }>> = {}): ToHostHead => ({
  type: 'hello',
  version: CLASSROOM_VERSION,
  token: `token-${name}`,
  name,
  own: false,
  ...changes,
});

/** A browser that keeps no certificates. */
export const noCertificates: Certificates = { of: () => Promise.resolve(null), forget: () => Promise.resolve() };

/** What a tab keeps. */
export function tabKeeper(): NonNullable<TabKeeper> {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

/** Ways to other devices that lead nowhere, until the test says otherwise. */
export const playedPeers = () => ({
  inviteDevice: vi.fn<Peers['inviteDevice']>(() => Promise.resolve(invitation())),
  answerInvitation: vi.fn<Peers['answerInvitation']>(() => Promise.resolve(reply())),
  answerForLater: vi.fn<Peers['answerForLater']>((invitation) => Promise.resolve(`ANSWER TO ${invitation}`)),
});

/** An invitation, by whose answer this page is connected. */
export const invitation = (connected: Promise<FrameLink> = new Promise(() => {})): Invitation => ({
  code: 'OFFER',
  accept: () => Promise.resolve(),
  expect: () => Promise.resolve(),
  connected,
  cancel: () => {},
});

/** The answer to an invitation, by which this page is connected. */
export const reply = (
  connected: Promise<FrameLink> = new Promise(() => {}),
  cancel: () => unknown = () => undefined,
): Reply => ({
  code: 'ANSWER',
  connected,
  unreached: new Promise<void>(() => {}),
  cancel: () => void cancel(),
});

export const until = (what: () => unknown): Promise<void> =>
  vi.waitFor(() => void expect(what()).toBeTruthy(), PATIENT);

interface Leading {
  readonly peers?: Peers;
  readonly clients?: number;
  readonly kept?: TabKeeper;
  readonly locks?: LockManager;
}

/** A page that leads a class until the test ends. `crew` is what its worker knows of the class. */
export function lead({ clients = 2, kept = null, locks, peers = playedPeers() }: Leading = {}) {
  const store = createRoomStore('');
  const crew = createClassCrew();
  let held: ClassLine | null = null;
  const worker = {
    leadClass(line: ClassLine | null) {
      held = line;
      crew.lead(line && line.connect());
      return Promise.resolve();
    },
  };
  const room = openRoom({
    store,
    worker,
    clients: () => clients,
    kept,
    certificates: noCertificates,
    peers,
    tabs: { ...tabs, ...(locks && { locks }) },
  });
  onTestFinished(room.close);
  const { code } = store.getState().lead!;
  const endWorker = (): void => held!.ended();
  const startWorker = () => {
    const next = createClassCrew();
    next.lead(held!.connect());
    return next;
  };
  return { store, room, code, crew, endWorker, startWorker };
}

/** The worker of a page that joins. It is never ready, and does in the class what the test says. */
export const memberWorker = (
  joinClass: (asked: Asked<'join-class'>) => Answer<'join-class'> | Promise<Answer<'join-class'>> = () =>
    new Promise<never>(() => {}),
): ReturnType<JoinSetup['begin']> => ({
  open: () => new Promise<never>(() => {}),
  terminate: () => {},
  ...answering({ 'join-class': joinClass }),
});

/** What a page needs to join. */
export const joining = (
  store: RoomStore,
  worker: ReturnType<JoinSetup['begin']>,
  surroundings: Partial<JoinSetup> = {},
): JoinSetup => ({
  store,
  begin: () => worker,
  backend: 'auto',
  tabs,
  peers: playedPeers(),
  kept: tabKeeper(),
  name: 'Ada',
  dataset: null,
  certificates: noCertificates,
  asked: '',
  ...surroundings,
});

/** A tab that has found the class and speaks for itself. @param heads gets what it hears */
export async function stranger(
  code: string,
  heads: ToClientHead[] = [],
): Promise<FrameLink & { say: (head: ToHostHead) => void }> {
  const link = await joinTabs(tabs, code, new AbortController().signal);
  link.listen({ frame: (frame) => heads.push(decodeToClient(frame).head), closed: () => heads.push({ type: 'end' }) });
  onTestFinished(() => link.close());
  return { ...link, say: (head) => link.send(encodeFrame(plain(head))) };
}

/** Two ends of a connection. */
export function ends(): [FrameLink, FrameLink] {
  const { port1, port2 } = new MessageChannel();
  return [portLink(port1), portLink(port2)];
}

/** An end of which the test hears what is said to it. */
export function speaker(link: FrameLink) {
  const heads: (ToClientHead | ToHostHead)[] = [];
  const frames: Uint8Array<ArrayBuffer>[] = [];
  link.listen({ frame: (frame) => void frames.push(frame), closed: () => {} });
  const types = (side: 'client' | 'host'): string[] => {
    const decode = side === 'client' ? decodeToClient : decodeToHost;
    heads.push(...frames.splice(0).map((frame) => decode(frame).head));
    return heads.map(({ type }) => type);
  };
  return { types, say: (head: ToClientHead | ToHostHead) => link.send(encodeFrame(plain(head))) };
}
