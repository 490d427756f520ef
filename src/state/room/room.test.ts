/** A class among tabs: the leading page and pages that join, over real channels, with workers that the test plays. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import type { Certificates } from '../../platform/links/certificates.ts';
import { joinTabs, leadTabs, type Tabs } from '../../platform/links/tab-links.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import {
  answerForLater,
  answerInvitation,
  inviteDevice,
  NoReturn,
  type Invitation,
} from '../../platform/links/peer-link.ts';
import { BadSignal } from '../../platform/links/signal.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { decodeToClient, decodeToHost, encodeFrame } from '../../study/classroom/frames.ts';
import {
  CLASSROOM_VERSION,
  plain,
  type RoundHead,
  type StudyHead,
  type ToClientHead,
  type ToHost,
  type ToHostHead,
} from '../../study/classroom/messages.ts';
import { memoryLocks } from '../../study/checkpoint/test-checkpoint-files.ts';
import { problemText } from '../../study/classroom/device-problem.ts';
import { createClassCrew } from '../../worker/class-crew.ts';
import { WorkerCrash, type ClassLine } from '../../worker/client.ts';
import { answering } from '../../worker/test-answers.ts';
import type { TabKeeper } from '../page/keeper.ts';
import { joinByInvitation, joinRoom, rejoin, RETURN_MS, type JoinSetup } from './join-room.ts';
import { openRoom, reopenRoom } from './lead-room.ts';
import { membershipIn } from './membership.ts';
import type { RoomStore } from './room-state.ts';
import { createRoomStore } from './room-store.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

vi.mock(import('../../platform/links/peer-link.ts'), async (original) => {
  const { answerForLater, answerInvitation, inviteDevice, ...rest } = await original();
  return {
    ...rest,
    answerForLater: vi.fn(answerForLater),
    answerInvitation: vi.fn(answerInvitation),
    inviteDevice: vi.fn(inviteDevice),
  };
});

const ROUND: RoundHead = {
  type: 'round',
  id: 7,
  round: 2,
  clients: [0],
  seed: 1,
  arm: 'lora',
  rule: 'fedit',
  known: 0,
  whole: false,
  updates: [],
  seconds: null,
};

const STUDY: StudyHead = {
  type: 'study',
  config: tinyConfig(),
  task: 'Colours',
  classes: ['red'],
  prompts: ['red'],
  rounds: 3,
  localSteps: 2,
  backend: 'wasm',
};

const tabs: Tabs = { channel: (name) => new BroadcastChannel(name) };
const noCertificates: Certificates = { of: () => Promise.resolve(null), forget: () => Promise.resolve() };
const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

function lead(clients = 2, kept: TabKeeper = null, locks?: LockManager, certificates = noCertificates) {
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
    certificates,
    tabs: { ...tabs, ...(locks && { locks }) },
  });
  open.push(room.close);
  const { code } = store.getState().lead!;
  const endWorker = (): void => held!.ended();
  const startWorker = () => {
    const next = createClassCrew();
    next.lead(held!.connect());
    return next;
  };
  return { store, room, code, crew, endWorker, startWorker };
}

const until = (what: () => unknown): Promise<void> => vi.waitFor(() => void expect(what()).toBeTruthy(), PATIENT);

/** A page that speaks for itself. */
async function stranger(
  code: string,
  heads: ToClientHead[] = [],
): Promise<FrameLink & { say: (head: ToHostHead) => void }> {
  const link = await joinTabs(tabs, code, new AbortController().signal);
  link.listen({ frame: (frame) => heads.push(decodeToClient(frame).head), closed: () => heads.push({ type: 'end' }) });
  open.push(() => link.close());
  return { ...link, say: (head) => link.send(encodeFrame(plain(head))) };
}

/** What a tab keeps. */
function tabKeeper(): NonNullable<TabKeeper> {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

const joining = (
  store: JoinSetup['store'],
  worker: ReturnType<JoinSetup['begin']>,
  surroundings: Partial<JoinSetup> = {},
): JoinSetup => ({
  store,
  begin: () => worker,
  backend: 'auto',
  tabs,
  kept: tabKeeper(),
  name: 'Ada',
  dataset: null,
  certificates: noCertificates,
  ...surroundings,
});

const hello = (name: string, changes: Partial<Extract<ToHostHead, { type: 'hello' }>> = {}): ToHostHead => ({
  type: 'hello',
  version: CLASSROOM_VERSION,
  token: `token-${name}`,
  name,
  own: false,
  ...changes,
});

describe('tabs that find each other', () => {
  it('are linked once, also where two lead a room of one code', async () => {
    const locked: Tabs = { ...tabs, locks: memoryLocks() };
    const joined = vi.fn<(link: FrameLink) => void>();
    open.push(leadTabs(locked, 'TWICE', joined), leadTabs(locked, 'TWICE', joined));
    const link = await joinTabs(locked, 'TWICE', new AbortController().signal);
    const closed = vi.fn();
    joined.mock.calls[0][0].listen({ frame: () => undefined, closed });
    link.close();
    await until(() => closed.mock.calls.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(joined).toHaveBeenCalledOnce();
  });

  it('are not where the room is closed at the same moment', async () => {
    let grant = (): void => undefined;
    const granted = new Promise<void>((resolve) => (grant = resolve));
    const request = vi.fn(async (_name: string, _options: LockOptions, work: LockGrantedCallback<unknown>) => {
      await granted;
      return work({ name: '', mode: 'exclusive' });
    });
    const joined = vi.fn();
    const close = leadTabs({ ...tabs, locks: { request } as unknown as LockManager }, 'CLOSED', joined);
    const leaving = new AbortController();
    const joining = joinTabs(tabs, 'CLOSED', leaving.signal);
    await until(() => request.mock.calls.length > 0);
    close();
    grant();
    await Promise.all(request.mock.results.map(({ value }) => value as Promise<unknown>));
    expect(joined).not.toHaveBeenCalled();
    leaving.abort(new Error('left'));
    await expect(joining).rejects.toThrow('left');
  });
});

describe('a page that leads', () => {
  it('gives devices their clients, refuses one too many and other versions, and takes back who returns', async () => {
    const { store, code } = lead();
    const heads: ToClientHead[][] = [[], [], [], [], []];
    const [ada, bob] = [await stranger(code, heads[0]), await stranger(code, heads[1])];
    ada.say(hello('Ada'));
    await until(() => heads[0].length > 0);
    bob.say(hello('Bob'));
    await until(() => heads[1].length > 0);
    expect(heads.slice(0, 2)).toEqual(
      [0, 1].map((client) => [{ type: 'welcome', version: CLASSROOM_VERSION, client }]),
    );
    const cyd = await stranger(code, heads[2]);
    cyd.say(hello('Cyd'));
    await until(() => heads[2].length > 0);
    expect(heads[2]).toEqual([{ type: 'refused', reason: 'full' }]);
    const old = await stranger(code, heads[3]);
    old.say(hello('Old', { version: 0 }));
    await until(() => heads[3].length > 0);
    expect(heads[3]).toEqual([{ type: 'refused', reason: 'version' }]);
    ada.close();
    await until(() => store.getState().lead?.devices[0].status === 'gone');
    (await stranger(code, heads[4])).say(hello('Ada', { token: 'another-token' }));
    await until(() => heads[4].length > 0);
    expect(heads[4]).toEqual([{ type: 'welcome', version: CLASSROOM_VERSION, client: 0 }]);
    expect(store.getState().lead?.devices.map(({ name, client, status }) => [name, client, status])).toEqual([
      ['Ada', 0, 'waiting'],
      ['Bob', 1, 'waiting'],
    ]);
  });

  it('gives back the same clients after it was closed, or loaded again', async () => {
    const kept = tabKeeper();
    const enter = async (leading: ReturnType<typeof lead>, name: string): Promise<void> => {
      const heads: ToClientHead[] = [];
      (await stranger(leading.code, heads)).say(hello(name));
      await until(() => heads.length > 0);
    };
    const seats = ({ store }: ReturnType<typeof lead>) =>
      store.getState().lead?.devices.map(({ name, client }) => [name, client]);
    const before = lead(2, kept);
    await enter(before, 'Ada');
    await enter(before, 'Bob');
    before.room.close();
    const after = lead(2, kept);
    expect(after.code).toBe(before.code);
    expect(seats(after)).toEqual([]);
    await enter(after, 'Bob');
    expect(seats(after)).toEqual([['Bob', 1]]);
    await enter(after, 'Ada');
    expect(seats(after)).toEqual([
      ['Ada', 0],
      ['Bob', 1],
    ]);
  });

  it('opens its class by itself when it is loaded again, unless it was closed or the tab is a copy of the one that leads', async () => {
    const kept = tabKeeper();
    const locks = memoryLocks();
    const setup = (store: RoomStore) => ({
      store,
      kept,
      certificates: noCertificates,
      tabs: { ...tabs, locks },
      clients: () => 2,
      worker: { leadClass: () => Promise.resolve() },
    });
    const stores = Array.from({ length: 4 }, () => createRoomStore(''));
    await reopenRoom(setup(stores[0]));
    expect(stores[0].getState().lead).toBeNull();
    const { close } = openRoom(setup(stores[0]));
    const { code } = stores[0].getState().lead!;
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    await reopenRoom(setup(stores[1]));
    expect(stores[1].getState().lead).toBeNull();
    // The page before is gone, and its locks with it.
    await reopenRoom({ ...setup(stores[2]), tabs: { ...tabs, locks: memoryLocks() } });
    expect(stores[2].getState().lead?.code).toBe(code);
    stores[2].getState().lead!.room.close();
    close();
    await reopenRoom(setup(stores[3]));
    expect(stores[3].getState().lead).toBeNull();
  });

  it('passes frames between a device and the worker, and shows what they say', async () => {
    const { store, code, crew } = lead();
    const heads: ToClientHead[] = [];
    const ada = await stranger(code, heads);
    ada.say(hello('Ada', { own: true }));
    await until(() => crew.devices().length === 1);
    const [device] = crew.devices();
    expect(device).toMatchObject({ name: 'Ada', holds: [0], hasOwnImages: true, isTrusted: false });
    const heard: ToHostHead[] = [];
    let refused = 0;
    device.transport.listen({ received: ({ head }) => heard.push(head), refused: () => refused++, closed: () => {} });
    device.transport.send({ head: ROUND, values: Float32Array.of(1, 2) });
    await until(() => heads.some(({ type }) => type === 'round'));
    const shown = () => store.getState().lead!.devices[0];
    expect(shown()).toMatchObject({ status: 'training', round: 2 });
    ada.say({ type: 'progress', id: 7, share: 0.4 });
    await until(() => heard.length === 1);
    expect(shown().share).toBe(0.4);
    ada.say({ type: 'trained', id: 7, clients: [0], images: [5] });
    await until(() => heard.length === 2);
    expect(shown()).toMatchObject({ status: 'answered', images: 5 });
    ada.send(Uint8Array.of(1, 2, 3));
    await until(() => refused === 1);
    for (let i = 0; i < 40; i++) ada.send(Uint8Array.of(1, 2, 3));
    await until(() => shown().status === 'gone');
    await until(() => crew.devices().length === 0);
    expect(heads.at(-1)).toEqual({ type: 'end' });
  });

  it('passes numbers on only for the round that it asked a device for', async () => {
    const { code, crew } = lead();
    const heads: ToClientHead[] = [];
    const ada = await stranger(code, heads);
    ada.say(hello('Ada'));
    await until(() => crew.devices().length === 1);
    const heard: ToHost[] = [];
    const { transport } = crew.devices()[0];
    let refused = 0;
    transport.listen({ received: (message) => heard.push(message), refused: () => refused++, closed: () => {} });
    const answer = (id: number): void =>
      ada.send(encodeFrame({ head: { type: 'trained', id, clients: [0], images: [5] }, values: Float32Array.of(id) }));
    const ask = (id: number): void => void transport.send({ head: { ...ROUND, id }, values: Float32Array.of(1) });
    answer(7);
    ask(7);
    await until(() => heads.some(({ type }) => type === 'round'));
    answer(6);
    answer(7);
    await until(() => heard.length === 1);
    transport.send(plain({ type: 'closed', id: 7 }));
    await until(() => heads.some(({ type }) => type === 'closed'));
    answer(7);
    ask(8);
    await until(() => heads.filter(({ type }) => type === 'round').length === 2);
    answer(8);
    await until(() => heard.length === 2);
    expect(heard.map(({ values }) => [...values])).toEqual([[7], [8]]);
    // Numbers behind a head that has none are nonsense.
    ada.send(
      encodeFrame({ head: { type: 'problem', problem: { kind: 'needs-own' } }, values: new Float32Array(1000) }),
    );
    await until(() => refused === 1);
  });

  it('tells the devices of a study that its worker has ended, which cannot do so any more', async () => {
    const { store, code, crew, endWorker } = lead();
    const heads: Record<'Ada' | 'Bob', ToClientHead[]> = { Ada: [], Bob: [] };
    const ada = await stranger(code, heads.Ada);
    ada.say(hello('Ada'));
    await until(() => crew.devices().length === 1);
    const { transport } = crew.devices()[0];
    const heard = vi.fn();
    transport.listen({ received: heard, refused: () => {}, closed: () => {} });
    transport.send(plain(STUDY));
    transport.send({ head: ROUND, values: Float32Array.of(1, 2) });
    await until(() => store.getState().lead!.devices[0].status === 'training');
    (await stranger(code, heads.Bob)).say(hello('Bob'));
    await until(() => store.getState().lead!.devices.length === 2);
    endWorker();
    expect(store.getState().lead!.devices.map(({ status }) => status)).toEqual(['waiting', 'waiting']);
    await until(() => heads.Ada.length === 4);
    expect(heads.Ada.map(({ type }) => type)).toEqual(['welcome', 'study', 'round', 'end']);
    // What was on its way neither asks a device nor reaches a round.
    transport.send({ head: ROUND, values: Float32Array.of(1, 2) });
    ada.say({ type: 'progress', id: 7, share: 0.4 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heads.Ada).toHaveLength(4);
    expect(heads.Bob.map(({ type }) => type)).toEqual(['welcome']);
    expect(heard).not.toHaveBeenCalled();
  });

  it('introduces everybody to a worker that replaces another, and sends somebody away', async () => {
    const { store, room, code, endWorker, startWorker, crew } = lead();
    (await stranger(code)).say(hello('Ada'));
    await until(() => crew.devices().length === 1);
    endWorker();
    const next = startWorker();
    await until(() => next.devices().length === 1);
    room.setDeadline(7);
    await until(() => next.deadline() === 7);
    room.remove(store.getState().lead!.devices[0].id);
    await until(() => next.devices().length === 0);
  });
});

describe('an invitation', () => {
  const invitations = () => {
    const made: { come: () => void; miss: () => void; isCancelled: boolean; answers: string[] }[] = [];
    vi.mocked(inviteDevice).mockImplementation(() => {
      let resolve: (link: FrameLink) => void = () => {};
      let reject: (error: Error) => void = () => {};
      const connected = new Promise<FrameLink>((come, miss) => ([resolve, reject] = [come, miss]));
      const one = {
        come: () => resolve({ send: () => {}, listen: () => {}, close: () => {} }),
        miss: () => reject(new Error('no way')),
        isCancelled: false,
        answers: [] as string[],
      };
      const code = `INVITATION ${made.push(one)}`;
      const accept: Invitation['accept'] = (answer) => {
        one.answers.push(answer);
        return answer === code ? Promise.resolve() : Promise.reject(new BadSignal('of another'));
      };
      return Promise.resolve({ code, accept, expect: accept, connected, cancel: () => void (one.isCancelled = true) });
    });
    return made;
  };
  const shown = ({ store }: Pick<ReturnType<typeof lead>, 'store'>) => {
    const { invitation, inviteProblem } = store.getState().lead!;
    return { invitation, inviteProblem };
  };

  it('is the room’s, so that it outlives the panel that shows it, until its device comes or none does', async () => {
    const made = invitations();
    const leading = lead();
    const { room } = leading;
    await room.invite([]);
    await room.accept('INVITATION 2');
    expect(shown(leading)).toEqual({
      invitation: { code: 'INVITATION 1', isConnecting: false },
      inviteProblem: { type: 'bad-answer' },
    });
    await room.accept('INVITATION 1');
    expect(shown(leading)).toEqual({
      invitation: { code: 'INVITATION 1', isConnecting: true },
      inviteProblem: null,
    });
    made[0].come();
    await until(() => shown(leading).invitation === null);
    await room.invite([]);
    made[1].miss();
    await until(() => shown(leading).invitation === null);
    expect(shown(leading).inviteProblem).toEqual({ type: 'no-way' });
    await room.invite([]);
    expect(shown(leading).inviteProblem).toBeNull();
  });

  it('gives way to a newer one, of which alone is heard, and ends with the class', async () => {
    const made = invitations();
    const leading = lead();
    const { room, store } = leading;
    await Promise.all([room.invite([]), room.invite([])]);
    expect(made.map(({ isCancelled }) => isCancelled)).toEqual([true, false]);
    made[0].miss();
    await Promise.resolve();
    expect(shown(leading)).toEqual({
      invitation: { code: 'INVITATION 2', isConnecting: false },
      inviteProblem: null,
    });
    room.close();
    expect(made[1].isCancelled).toBe(true);
    expect(store.getState().lead).toBeNull();
  });
});

describe('a device that was invited', () => {
  /** Invitations whose devices come over ports. */
  const invitations = () => {
    const made: { come: () => FrameLink; expected: string[]; isCancelled: boolean }[] = [];
    vi.mocked(inviteDevice).mockImplementation(() => {
      let connect: (link: FrameLink) => void = () => {};
      const connected = new Promise<FrameLink>((resolve) => (connect = resolve));
      const come = (): FrameLink => {
        const { port1, port2 } = new MessageChannel();
        connect(portLink(port1));
        return portLink(port2);
      };
      const one = { come, expected: [] as string[], isCancelled: false };
      const expectAnswer = (answer: string): Promise<void> => Promise.resolve(void one.expected.push(answer));
      return Promise.resolve({
        code: `INVITATION ${made.push(one)}`,
        accept: expectAnswer,
        expect: expectAnswer,
        connected,
        cancel: () => void (one.isCancelled = true),
      });
    });
    return made;
  };
  const hears = (link: FrameLink): ToClientHead[] => {
    const heads: ToClientHead[] = [];
    link.listen({ frame: (frame) => heads.push(decodeToClient(frame).head), closed: () => {} });
    return heads;
  };
  const say = (link: FrameLink, head: ToHostHead): void => link.send(encodeFrame(plain(head)));

  it('returns as the same client, by what was agreed on while it was connected, again and again', async () => {
    const made = invitations();
    const { store, room } = lead();
    await room.invite([]);
    for (const round of [0, 1, 2]) {
      const link = made[round].come();
      const heads = hears(link);
      say(link, hello('Ada'));
      await until(() => heads.length === 2);
      expect(heads).toEqual([
        { type: 'welcome', version: CLASSROOM_VERSION, client: 0 },
        { type: 'return', invitation: `INVITATION ${round + 2}` },
      ]);
      say(link, { type: 'returning', answer: `ANSWER ${round}` });
      await until(() => made[round + 1].expected.length === 1);
      expect(made[round + 1].expected).toEqual([`ANSWER ${round}`]);
      // Once the connection breaks first, once the device is back before that is known.
      if (round === 0) link.close();
    }
    expect(store.getState().lead!.devices.map(({ status, client }) => [status, client])).toEqual([['waiting', 0]]);
  });

  it('does not when it has left, was sent away, or the class is closed', async () => {
    const made = invitations();
    const { store, room } = lead(3);
    const enter = async (name: string): Promise<FrameLink> => {
      await room.invite([]);
      const link = made.at(-1)!.come();
      const heads = hears(link);
      say(link, hello(name));
      await until(() => heads.some(({ type }) => type === 'return'));
      return link;
    };
    say(await enter('Ada'), { type: 'leave' });
    await until(() => made[1].isCancelled);
    await enter('Bob');
    room.remove(store.getState().lead!.devices.find(({ name }) => name === 'Bob')!.id);
    expect(made[3].isCancelled).toBe(true);
    const heads = hears(await enter('Cyd'));
    expect(made[5].isCancelled).toBe(false);
    room.close();
    expect(made[5].isCancelled).toBe(true);
    await until(() => heads.length > 0);
    expect(heads).toEqual([{ type: 'dismissed' }]);
  });
});

/** A browser that keeps certificates. */
const keeping: Certificates = { of: () => Promise.resolve({} as RTCCertificate), forget: () => Promise.resolve() };

/** Two ends of a connection. */
function ends(): [FrameLink, FrameLink] {
  const { port1, port2 } = new MessageChannel();
  return [portLink(port1), portLink(port2)];
}

/** What the next answer to an invitation leads to. */
const replyWith = (connected: Promise<FrameLink>, cancel: () => unknown = () => undefined): void =>
  void vi.mocked(answerInvitation).mockResolvedValueOnce({
    code: 'ANSWER',
    connected,
    unreached: new Promise<void>(() => {}),
    cancel: () => void cancel(),
  });

/** An end of which the test hears what is said to it. */
function speaker(link: FrameLink) {
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

describe('the leading page that is loaded again', () => {
  const setup = (kept: TabKeeper, locks: LockManager) => {
    const store = createRoomStore('');
    const worker = { leadClass: () => Promise.resolve() };
    return { store, kept, worker, certificates: keeping, tabs: { ...tabs, locks }, clients: () => 3 };
  };
  const idle = (): Invitation => ({
    code: 'OFFER',
    accept: () => Promise.resolve(),
    expect: () => Promise.resolve(),
    connected: new Promise<never>(() => {}),
    cancel: () => {},
  });

  it('returns by itself to the devices that it had invited, but not to those that have left, nor where the tab is a copy or the class was closed', async () => {
    vi.mocked(inviteDevice).mockImplementation(() => Promise.resolve(idle()));
    vi.mocked(answerForLater).mockImplementation((invitation) => Promise.resolve(`ANSWER TO ${invitation}`));
    const kept = tabKeeper();
    const locks = memoryLocks();
    const before = setup(kept, locks);
    const room = openRoom(before);
    for (const name of ['Ada', 'Bob']) {
      const [here, there] = ends();
      vi.mocked(inviteDevice).mockResolvedValueOnce({ ...idle(), connected: Promise.resolve(here) });
      await room.invite([]);
      const device = speaker(there);
      device.say(hello(name));
      await until(() => device.types('client').includes('return'));
      device.say({ type: 'return', invitation: `WAY TO ${name}` });
      await until(() => device.types('client').includes('returning'));
      if (name === 'Bob') device.say({ type: 'leave' });
    }
    await until(() => before.store.getState().lead!.devices[1].status === 'gone');

    vi.mocked(answerInvitation).mockClear();
    // A copy of the tab, that opens the class as well.
    const copied = tabKeeper();
    for (const key of ['copra-class-code', 'copra-class-seats']) copied.setItem(key, kept.getItem(key)!);
    const copy = openRoom(setup(copied, locks));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answerInvitation).not.toHaveBeenCalled();

    // The page before is gone, and its locks with it.
    const [here, there] = ends();
    replyWith(Promise.resolve(here));
    const after = setup(kept, memoryLocks());
    await reopenRoom(after);
    const ada = speaker(there);
    ada.say(hello('Ada'));
    await until(() => ada.types('client').includes('welcome'));
    expect(vi.mocked(answerInvitation).mock.calls.map(([invitation, , answer]) => [invitation, answer])).toEqual([
      ['WAY TO Ada', 'ANSWER TO WAY TO Ada'],
    ]);
    expect(after.store.getState().lead!.devices.map(({ client, way }) => [client, way])).toEqual([[0, 'device']]);

    ada.say({ type: 'return', invitation: 'ANOTHER WAY TO Ada' });
    await until(() => kept.getItem('copra-class-seats')!.includes('ANOTHER WAY'));
    after.store.getState().lead!.room.close();
    expect(kept.getItem('copra-class-seats')).not.toContain('WAY TO');
    copy.close();
    room.close();
  });

  const worker = {
    open: () => new Promise<never>(() => {}),
    terminate: () => {},
    ...answering({ 'join-class': () => new Promise<never>(() => {}) }),
  };
  /** A device that is connected and has agreed on ways back. */
  const agreed = async (worked: ReturnType<JoinSetup['begin']> = worker) => {
    let comes: (link: FrameLink) => void = () => {};
    const connected = new Promise<FrameLink>((resolve) => (comes = resolve));
    vi.mocked(inviteDevice).mockImplementation(() => Promise.resolve(idle()));
    vi.mocked(inviteDevice).mockResolvedValueOnce({ ...idle(), connected });
    vi.mocked(answerForLater).mockResolvedValue('ANSWER');
    const [here, there] = ends();
    replyWith(Promise.resolve(here));
    const store = createRoomStore('');
    void joinByInvitation(joining(store, worked, { certificates: keeping }), 'INVITATION', []);
    const leader = speaker(there);
    await until(() => leader.types('host').includes('hello'));
    leader.say({ type: 'welcome', version: CLASSROOM_VERSION, client: 1 });
    leader.say({ type: 'return', invitation: 'WAY' });
    await until(() => leader.types('host').includes('return') && leader.types('host').includes('returning'));
    return {
      store,
      leader,
      end: () => there.close(),
      comes,
      status: () => store.getState().member?.status,
    };
  };

  it('is met by a device that waits for it, also one that does not know yet that the page before is gone', async () => {
    const { store, comes, status } = await agreed();
    const [here, there] = ends();
    vi.mocked(answerInvitation).mockRejectedValueOnce(new NoReturn('refused'));
    comes(here);
    const leader = speaker(there);
    await until(() => leader.types('host').includes('hello'));
    leader.say({ type: 'welcome', version: CLASSROOM_VERSION, client: 1 });
    await until(() => status() === 'waiting' && leader.types('host').includes('return'));
    store.getState().member!.leave();
  });

  it('is given up after a minute in words, and met all the same when it comes later', async () => {
    const { store, end, comes, status } = await agreed();
    replyWith(new Promise(() => {}));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      end();
      await vi.waitUntil(() => status() === 'returning');
      await vi.advanceTimersByTimeAsync(RETURN_MS);
      expect(status()).toBe('lost');
    } finally {
      vi.useRealTimers();
    }
    const [here, there] = ends();
    comes(here);
    const leader = speaker(there);
    await until(() => leader.types('host').includes('hello'));
    leader.say({ type: 'welcome', version: CLASSROOM_VERSION, client: 1 });
    await until(() => status() === 'waiting');
    store.getState().member!.leave();
  });

  it('is looked for no more by a device that has failed', async () => {
    let die: (error: Error) => void = () => {};
    const { store, end, status } = await agreed({ ...worker, open: () => new Promise((_, reject) => (die = reject)) });
    let isCancelled = false;
    vi.mocked(answerInvitation).mockClear();
    replyWith(new Promise(() => {}), () => (isCancelled = true));
    end();
    await until(() => vi.mocked(answerInvitation).mock.calls.length === 1);
    die(new Error('no device'));
    await until(() => status() === 'failed');
    expect(isCancelled).toBe(true);
    store.getState().member!.leave();
  });
});

describe('a device that is sent away', () => {
  it('is told so and is not let in again, unlike others', async () => {
    const { store, room, code, crew } = lead();
    const heads: ToClientHead[][] = [[], [], []];
    const ada = await stranger(code, heads[0]);
    ada.say(hello('Ada'));
    await until(() => crew.devices().length === 1);
    room.remove(store.getState().lead!.devices[0].id);
    await until(() => heads[0].length === 3);
    expect(heads[0].slice(1)).toEqual([{ type: 'refused', reason: 'sent-away' }, { type: 'end' }]);
    (await stranger(code, heads[1])).say(hello('Ada'));
    await until(() => heads[1].length > 0);
    expect(heads[1]).toEqual([{ type: 'refused', reason: 'sent-away' }]);
    expect(store.getState().lead!.devices[0].status).toBe('gone');
    (await stranger(code, heads[2])).say(hello('Bob'));
    await until(() => heads[2].length > 0);
    expect(heads[2]).toMatchObject([{ type: 'welcome' }]);
  });

  it('for its nonsense, likewise', async () => {
    const { code, crew } = lead();
    const heads: ToClientHead[] = [];
    const ada = await stranger(code);
    ada.say(hello('Ada'));
    await until(() => crew.devices().length === 1);
    // What the worker does with a device that it does not hear any more.
    crew.devices()[0].transport.close();
    await until(() => crew.devices().length === 0);
    (await stranger(code, heads)).say(hello('Ada'));
    await until(() => heads.length > 0);
    expect(heads).toEqual([{ type: 'refused', reason: 'sent-away' }]);
  });

  it('stops looking for the class, and its worker stops training', async () => {
    const { store: leading, room, code } = lead();
    const store = createRoomStore('');
    let isClosed = false;
    const worker = {
      open: () => new Promise<never>(() => {}),
      ...answering({
        'join-class'({ port }) {
          portLink(port).listen({ frame: () => {}, closed: () => (isClosed = true) });
        },
      }),
      terminate: () => {},
    };
    void joinRoom(joining(store, worker), code);
    await until(() => leading.getState().lead?.devices[0]?.status === 'waiting');
    await until(() => store.getState().member?.status === 'waiting');
    room.remove(leading.getState().lead!.devices[0].id);
    await until(() => store.getState().member?.status === 'sent-away');
    await until(() => isClosed);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(store.getState().member?.status).toBe('sent-away');
    expect(leading.getState().lead!.devices.map(({ status }) => status)).toEqual(['gone']);
  });
});

describe('a page that joins', () => {
  it('finds its class also when that opens later, trains in a worker of its own, counts what it sends, and leaves', async () => {
    const { store: leading, code, crew } = lead();
    const store = createRoomStore('?classroom=ABC');
    expect(store.getState()).toMatchObject({ isOpen: true, invitedTo: 'ABC' });
    let port: FrameLink | null = null;
    const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
    const worker = {
      open: () => Promise.resolve({ engine, notices: [] }),
      ...answering({
        'join-class'({ port: end }) {
          port = portLink(end);
          port.listen({
            frame(frame) {
              if (decodeToClient(frame).head.type !== 'round') return;
              const head = { type: 'trained' as const, id: 3, clients: [0], images: [12] };
              port?.send(encodeFrame({ head, values: Float32Array.of(1) }));
            },
            closed: () => {},
          });
        },
      }),
      terminate: vi.fn(),
    };
    void joinRoom(joining(store, worker), code);
    await until(() => store.getState().member?.status === 'waiting');
    await until(() => crew.devices().length === 1);
    const { transport } = crew.devices()[0];
    transport.send(plain(STUDY));
    transport.send({ head: { ...ROUND, id: 3, round: 0 }, values: Float32Array.of(1) });
    await until(() => store.getState().member?.status === 'answered');
    expect(store.getState().member).toMatchObject({
      client: 0,
      answers: 1,
      images: 12,
      study: { task: { id: tinyConfig().task, name: 'Colours' }, rounds: 3 },
    });
    transport.send(plain({ type: 'end' }));
    await until(() => store.getState().member?.status === 'over');
    const { sent, received, leave } = store.getState().member!;
    expect(sent).toBeGreaterThan(100);
    expect(received).toBeGreaterThan(300);
    leave();
    expect(store.getState().member).toBeNull();
    expect(worker.terminate).toHaveBeenCalledOnce();
    await until(() => leading.getState().lead?.devices[0].status === 'gone');
  });

  it('enters anew, as the same client, with another worker in place of one that died, and gives up where that dies as well', async () => {
    const { store: leading, code, crew } = lead();
    const store = createRoomStore('');
    const workers: { die: (why: Error) => void; answer: () => void }[] = [];
    const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
    const worker = {
      open: () => Promise.resolve({ engine, notices: [] }),
      ...answering({
        'join-class'({ port: end }) {
          const port = portLink(end);
          const answer = (): void => {
            const head = { type: 'trained' as const, id: 7, clients: [0], images: [12] };
            port.send(encodeFrame({ head, values: Float32Array.of(1) }));
          };
          return new Promise<undefined>((_, die) => workers.push({ die, answer }));
        },
      }),
      terminate: () => {},
    };
    void joinRoom(joining(store, worker), code);
    const dies = async (): Promise<void> => {
      const { length } = workers;
      workers.at(-1)!.die(new WorkerCrash('out of memory'));
      await until(() => workers.length > length);
    };
    await until(() => workers.length === 1);
    await until(() => crew.devices().length === 1);
    crew.devices()[0].transport.send(plain(STUDY));
    await until(() => store.getState().member?.study);
    await dies();
    await until(() => store.getState().member?.status === 'waiting');
    expect(store.getState().member).toMatchObject({ client: 0, study: null, problem: null });
    // The leading worker meets it as a device that has not heard of its study.
    await until(() => crew.devices().length === 1);
    crew.devices()[0].transport.send(plain(STUDY));
    await until(() => store.getState().member?.study);
    workers.at(-1)!.answer();
    await until(() => store.getState().member?.answers === 1);
    await dies();
    workers.at(-1)!.die(new WorkerCrash('out of memory'));
    await until(() => store.getState().member?.status === 'failed');
    expect(problemText(store.getState().member!.problem!)).toContain('out of memory');
    await until(() => leading.getState().lead!.devices[0].status === 'gone');
    expect(leading.getState().lead!.devices.map(({ client }) => client)).toEqual([0]);
  });

  describe('and is loaded again', () => {
    const idle = { open: () => new Promise<never>(() => {}), terminate: () => {} };
    const worker = { ...idle, ...answering({ 'join-class': () => new Promise<never>(() => {}) }) };
    const enter = async (surroundings: Partial<JoinSetup>, code: string) => {
      const store = createRoomStore('');
      await joinRoom(joining(store, worker, surroundings), code);
      await until(() => store.getState().member?.status === 'waiting');
      return store.getState().member!;
    };
    const again = async (surroundings: Partial<JoinSetup>, dataset: DroppedDataset | null = null) => {
      const store = createRoomStore('');
      await rejoin(joining(store, worker, surroundings), dataset);
      return store;
    };
    /** A browser whose tab ends without a word of its own. */
    const browser = () => {
      const channels: BroadcastChannel[] = [];
      const channel = (name: string): BroadcastChannel => {
        const opened = new BroadcastChannel(name);
        channels.push(opened);
        return opened;
      };
      const end = (): void => {
        channels.at(-1)?.postMessage('gone');
        channels.at(-1)?.close();
      };
      return { tabs: { channel }, end };
    };

    it('enters its class by itself, as the same client', async () => {
      const { store: leading, code } = lead();
      const kept = tabKeeper();
      const page = browser();
      await enter({ kept, tabs: page.tabs }, code);
      page.end();
      await until(() => leading.getState().lead!.devices[0].status === 'gone');
      const store = await again({ kept });
      await until(() => store.getState().member?.status === 'waiting');
      expect(store.getState().member).toMatchObject({ name: 'Ada', code, client: 0 });
      expect(leading.getState().lead!.devices.map(({ client }) => client)).toEqual([0]);
      store.getState().member!.leave();
    });

    it('does not where it has left, was sent away, or the class was closed', async () => {
      const { store: leading, room, code } = lead(3);
      const kept = tabKeeper();
      (await enter({ kept }, code)).leave();
      expect((await again({ kept })).getState().member).toBeNull();
      const sent = tabKeeper();
      await enter({ kept: sent, name: 'Bob' }, code);
      room.remove(leading.getState().lead!.devices.find(({ name }) => name === 'Bob')!.id);
      await until(() => membershipIn(sent) === null);
      const here = tabKeeper();
      const { leave } = await enter({ kept: here, name: 'Cyd' }, code);
      expect(membershipIn(here)).toEqual({ name: 'Cyd', own: false, by: { code } });
      room.close();
      await until(() => membershipIn(here) === null);
      leave();
    });

    it('waits for its own images, where it trained on such', async () => {
      const { code } = lead();
      const kept = tabKeeper();
      const dataset = {} as DroppedDataset;
      const page = browser();
      await enter({ kept, dataset, tabs: page.tabs }, code);
      page.end();
      expect((await again({ kept })).getState().member).toBeNull();
      const store = await again({ kept }, dataset);
      expect(store.getState().member).toMatchObject({ hasOwnImages: true });
      store.getState().member!.leave();
    });

    it('does not twice: a copy of the tab is no member, and joins as another device', async () => {
      vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
      const locks = memoryLocks();
      const { store: leading, code } = lead(2, null, locks);
      const kept = tabKeeper();
      const member = await enter({ kept, tabs: { ...tabs, locks } }, code);
      expect((await again({ kept, tabs: { ...tabs, locks } })).getState().member).toBeNull();
      expect(membershipIn(kept)).toBeNull();
      const copy = await enter({ kept, tabs: { ...tabs, locks } }, code);
      const tokens = leading.getState().lead!.devices.map(({ token }) => token);
      expect(new Set(tokens).size).toBe(2);
      member.leave();
      copy.leave();
    });
  });

  it('by something that is no invitation is told so', async () => {
    const store = createRoomStore('');
    const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
    const open = () => Promise.resolve({ engine, notices: [] });
    const worker = { open, ...answering({ 'join-class': () => undefined }), terminate: () => {} };
    const setup = joining(store, worker);
    void joinByInvitation(setup, 'AQAAMtt7AMdLq16UA5Z', []);
    await until(() => store.getState().member?.status === 'no-invitation');
  });

  it('over the network leaves the end of its connection to the link, which lets its farewell out', async () => {
    const done: string[] = [];
    const link: FrameLink = {
      send: (frame) => void done.push(decodeToHost(frame).head.type),
      listen: () => {},
      close: () => void done.push('closed'),
    };
    const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
    const open = () => Promise.resolve({ engine, notices: [] });
    const worker = { open, ...answering({ 'join-class': () => undefined }), terminate: () => {} };
    const store = createRoomStore('');
    const setup = joining(store, worker);
    replyWith(Promise.resolve(link), () => done.push('cancelled'));
    void joinByInvitation(setup, 'INVITATION', []);
    await until(() => done.includes('hello'));
    store.getState().member!.leave();
    expect(done).toEqual(['hello', 'leave', 'closed']);
    // Nobody is connected yet: nothing else would end the search.
    replyWith(new Promise(() => {}), () => done.push('cancelled'));
    void joinByInvitation(setup, 'INVITATION', []);
    await until(() => store.getState().member?.answer === 'ANSWER');
    store.getState().member!.leave();
    expect(done.at(-1)).toBe('cancelled');
  });

  it('gives up looking when it leaves', async () => {
    const stop = new AbortController();
    const looking = joinTabs(tabs, 'NOBODY', stop.signal);
    stop.abort(new Error('left'));
    await expect(looking).rejects.toThrow('left');
  });
});
