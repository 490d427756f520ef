/** A class among tabs: the leading page and pages that join, over real channels, with workers that the test plays. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import { joinTabs, leadTabs, type Tabs } from '../../platform/links/tab-links.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { answerInvitation, inviteDevice, type Invitation } from '../../platform/links/peer-link.ts';
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
import { createClassCrew } from '../../worker/class-crew.ts';
import { WorkerCrash, type ClassLine } from '../../worker/client.ts';
import { answering } from '../../worker/test-answers.ts';
import type { Keeper } from '../page/keeper.ts';
import { joinByInvitation, joinRoom } from './join-room.ts';
import { openRoom } from './lead-room.ts';
import { createRoomStore } from './room-store.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

vi.mock(import('../../platform/links/peer-link.ts'), async (original) => {
  const { answerInvitation, inviteDevice, ...rest } = await original();
  return { ...rest, answerInvitation: vi.fn(answerInvitation), inviteDevice: vi.fn(inviteDevice) };
});

const ROUND: RoundHead = {
  ...{ type: 'round', id: 7, round: 2, clients: [0], seed: 1, arm: 'lora', rule: 'fedit', known: 0 },
  ...{ whole: false, updates: [], seconds: null },
};

const STUDY: StudyHead = {
  ...{ type: 'study', config: tinyConfig(), task: 'Colours', classes: ['red'], prompts: ['red'] },
  ...{ rounds: 3, localSteps: 2, backend: 'wasm' },
};

const tabs: Tabs = { channel: (name) => new BroadcastChannel(name) };
const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

function lead(clients = 2, kept: Keeper = null) {
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
  const room = openRoom({ store, worker, tabs, clients: () => clients, kept });
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

const hello = (name: string, changes: Partial<Extract<ToHostHead, { type: 'hello' }>> = {}): ToHostHead => ({
  ...{ type: 'hello', version: CLASSROOM_VERSION, token: `token-${name}`, name, own: false },
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
    const texts = new Map<string, string>();
    const kept = {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => void texts.set(key, text),
    };
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
    ada.send(encodeFrame({ head: { type: 'problem', text: 'x' }, values: new Float32Array(1000) }));
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
      return Promise.resolve({ code, accept, connected, cancel: () => void (one.isCancelled = true) });
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
    joinRoom({ store, worker, backend: 'auto', name: 'Ada', token: 'token-of-ada', dataset: null }, code, tabs);
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
    joinRoom({ store, worker, backend: 'auto', name: 'Ada', token: 'token-of-ada', dataset: null }, code, tabs);
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
    joinRoom({ store, worker, backend: 'auto', name: 'Ada', token: 'token-of-ada', dataset: null }, code, tabs);
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
    expect(store.getState().member?.problem).toContain('out of memory');
    await until(() => leading.getState().lead!.devices[0].status === 'gone');
    expect(leading.getState().lead!.devices.map(({ client }) => client)).toEqual([0]);
  });

  it('by something that is no invitation is told so', async () => {
    const store = createRoomStore('');
    const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
    const open = () => Promise.resolve({ engine, notices: [] });
    const worker = { open, ...answering({ 'join-class': () => undefined }), terminate: () => {} };
    const setup = { store, worker, backend: 'auto', name: 'Ada', token: 'token-of-ada', dataset: null } as const;
    joinByInvitation(setup, 'AQAAMtt7AMdLq16UA5Z', []);
    await until(() => store.getState().member?.status === 'no-invitation');
  });

  it('over the network leaves the end of its connection to the link, which lets its farewell out', async () => {
    const done: string[] = [];
    const link: FrameLink = {
      send: (frame) => void done.push(decodeToHost(frame).head.type),
      listen: () => {},
      close: () => void done.push('closed'),
    };
    const replyWith = (connected: Promise<FrameLink>): void =>
      void vi.mocked(answerInvitation).mockResolvedValueOnce({
        ...{ code: 'ANSWER', connected, unreached: new Promise<void>(() => {}), cancel: () => done.push('cancelled') },
      });
    const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
    const open = () => Promise.resolve({ engine, notices: [] });
    const worker = { open, ...answering({ 'join-class': () => undefined }), terminate: () => {} };
    const store = createRoomStore('');
    const setup = { store, worker, backend: 'auto', name: 'Ada', token: 'token-of-ada', dataset: null } as const;
    replyWith(Promise.resolve(link));
    joinByInvitation(setup, 'INVITATION', []);
    await until(() => done.includes('hello'));
    store.getState().member!.leave();
    expect(done).toEqual(['hello', 'leave', 'closed']);
    // Nobody is connected yet: nothing else would end the search.
    replyWith(new Promise(() => {}));
    joinByInvitation(setup, 'INVITATION', []);
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
