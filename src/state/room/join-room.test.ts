/** A page that joins a class: how it finds it, trains in a worker of its own, and leaves. */
import { describe, expect, it, vi } from 'vitest';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { webRtcPeers } from '../../platform/links/peer-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { leadTabs } from '../../platform/links/tab-links.ts';
import { problemText } from '../../study/classroom/device-problem.ts';
import { decodeToClient, decodeToHost, encodeFrame } from '../../study/classroom/frames.ts';
import { CLASSROOM_VERSION, plain } from '../../study/classroom/messages.ts';
import { WorkerCrash } from '../../worker/client.ts';
import { joinByInvitation, joinRoom } from './join-room.ts';
import { createRoomStore } from './room-store.ts';
import { ROUND } from '../../study/classroom/test-round.ts';
import { tabs } from '../../platform/links/test-tabs.ts';
import { joining, lead, memberWorker, playedPeers, reply, STUDY, tabKeeper, until } from './test-room.ts';

const WELCOME = { type: 'welcome', version: CLASSROOM_VERSION, client: 0 } as const;

describe('a page that joins', () => {
  it('finds its class also when that opens later, trains in a worker of its own, counts what it sends, and leaves', async () => {
    const { store: leading, code, crew } = lead();
    const store = createRoomStore('?classroom=ABC');
    expect(store.getState().isOpen).toBe(true);
    const worker = memberWorker(({ port: end }) => {
      const port = portLink(end);
      port.listen({
        frame(frame) {
          if (decodeToClient(frame).head.type !== 'round') return;
          const head = { type: 'trained' as const, id: 3, clients: [0], images: [12] };
          port.send(encodeFrame({ head, values: Float32Array.of(1) }));
        },
        closed: () => {},
      });
    });
    const terminate = vi.spyOn(worker, 'terminate');
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
    expect(terminate).toHaveBeenCalledOnce();
    await until(() => leading.getState().lead?.devices[0].status === 'gone');
  });

  it('enters anew, as the same client, with another worker in place of one that died, and gives up where that dies as well', async () => {
    const { store: leading, code, crew } = lead();
    const store = createRoomStore('');
    const workers: { die: (why: Error) => void; answer: () => void }[] = [];
    const worker = memberWorker(({ port: end }) => {
      const port = portLink(end);
      const answer = (): void => {
        const head = { type: 'trained' as const, id: 7, clients: [0], images: [12] };
        port.send(encodeFrame({ head, values: Float32Array.of(1) }));
      };
      return new Promise((_, die) => workers.push({ die, answer }));
    });
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

  it('says that its class was closed, or that its page is gone, and is in it again when that is back', async () => {
    const kept = tabKeeper();
    const before = lead({ kept });
    const store = createRoomStore('');
    const status = () => store.getState().member?.status;
    void joinRoom(joining(store, memberWorker()), before.code);
    await until(() => status() === 'waiting');
    before.room.close();
    await until(() => status() === 'dismissed');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(status()).toBe('dismissed');
    // A page that goes without a word.
    const stop = leadTabs(tabs, before.code, (link) => {
      link.listen({ frame: () => link.send(encodeFrame(plain(WELCOME))), closed: () => {} });
      setTimeout(() => link.close(), 50);
    });
    await until(() => status() === 'waiting');
    stop();
    await until(() => status() === 'returning');
    lead({ kept });
    await until(() => status() === 'waiting');
    store.getState().member!.leave();
  });

  it('says while it waits for its device, which was lost', async () => {
    const { code } = lead();
    const store = createRoomStore('');
    let onWait: (message: string | null) => void = () => {};
    const setup = joining(store, memberWorker());
    const begin: typeof setup.begin = (heard) => {
      onWait = heard;
      return memberWorker();
    };
    await joinRoom({ ...setup, begin }, code);
    expect(store.getState().member?.deviceWait).toBeNull();
    onWait('It is being opened again.');
    expect(store.getState().member?.deviceWait).toBe('It is being opened again.');
    onWait(null);
    expect(store.getState().member?.deviceWait).toBeNull();
    store.getState().member!.leave();
    onWait('Too late.');
    expect(store.getState().member).toBeNull();
  });

  it('stops looking for its class when it is sent away, and its worker stops training', async () => {
    const { store: leading, room, code } = lead();
    const store = createRoomStore('');
    let isClosed = false;
    const worker = memberWorker(({ port }) => {
      portLink(port).listen({ frame: () => {}, closed: () => (isClosed = true) });
    });
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

  it('by something that is no invitation is told so', async () => {
    const store = createRoomStore('');
    void joinByInvitation(joining(store, memberWorker(), { peers: webRtcPeers }), 'AQAAMtt7AMdLq16UA5Z', []);
    await until(() => store.getState().member?.status === 'no-invitation');
  });

  it('over the network leaves the end of its connection to the link, which lets its farewell out', async () => {
    const done: string[] = [];
    const link: FrameLink = {
      send: (frame) => void done.push(decodeToHost(frame).head.type),
      listen: () => {},
      close: () => void done.push('closed'),
    };
    const store = createRoomStore('');
    const peers = playedPeers();
    const setup = joining(store, memberWorker(), { peers });
    peers.answerInvitation.mockResolvedValueOnce(reply(Promise.resolve(link), () => done.push('cancelled')));
    void joinByInvitation(setup, 'INVITATION', []);
    await until(() => done.includes('hello'));
    store.getState().member!.leave();
    expect(done).toEqual(['hello', 'leave', 'closed']);
    // Nobody is connected yet: nothing else would end the search.
    peers.answerInvitation.mockResolvedValueOnce(reply(new Promise(() => {}), () => done.push('cancelled')));
    void joinByInvitation(setup, 'INVITATION', []);
    await until(() => store.getState().member?.answer === 'ANSWER');
    store.getState().member!.leave();
    expect(done.at(-1)).toBe('cancelled');
  });
});
