/** A page that leads a class: whom it lets in, invites and sends away, and what it passes on to its worker. */
import { describe, expect, it, vi } from 'vitest';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Invitation } from '../../platform/links/peer-link.ts';
import { BadSignal } from '../../platform/links/signal.ts';
import { encodeFrame } from '../../study/classroom/frames.ts';
import {
  CLASSROOM_VERSION,
  plain,
  type ToClientHead,
  type ToHost,
  type ToHostHead,
} from '../../study/classroom/messages.ts';
import { ROUND } from '../../study/classroom/test-round.ts';
import { hello, lead, playedPeers, stranger, STUDY, until } from './test-room.ts';

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
    const peers = playedPeers();
    const made: { come: () => void; miss: () => void; isCancelled: boolean }[] = [];
    peers.inviteDevice.mockImplementation(() => {
      let resolve: (link: FrameLink) => void = () => {};
      let reject: (error: Error) => void = () => {};
      const connected = new Promise<FrameLink>((come, miss) => ([resolve, reject] = [come, miss]));
      const one = {
        come: () => resolve({ send: () => {}, listen: () => {}, close: () => {} }),
        miss: () => reject(new Error('no way')),
        isCancelled: false,
      };
      const code = `INVITATION ${made.push(one)}`;
      const accept: Invitation['accept'] = (answer) =>
        answer === code ? Promise.resolve() : Promise.reject(new BadSignal('of another'));
      return Promise.resolve({ code, accept, expect: accept, connected, cancel: () => void (one.isCancelled = true) });
    });
    return { made, peers };
  };
  const shown = ({ store }: Pick<ReturnType<typeof lead>, 'store'>) => {
    const { invitation, inviteProblem } = store.getState().lead!;
    return { invitation, inviteProblem };
  };

  it('is the room’s, so that it outlives the panel that shows it, until its device comes or none does', async () => {
    const { made, peers } = invitations();
    const leading = lead({ peers });
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
    const { made, peers } = invitations();
    const leading = lead({ peers });
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
});
