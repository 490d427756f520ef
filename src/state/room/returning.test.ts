/** Pages of a class that are loaded again, or lost their connection: both sides return by themselves to what they were. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Certificates } from '../../platform/links/certificates.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { NoReturn, type Invitation, type Peers } from '../../platform/links/peer-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { memoryLocks } from '../../platform/test-locks.ts';
import { decodeToClient, encodeFrame } from '../../study/classroom/frames.ts';
import { CLASSROOM_VERSION, plain, type ToClientHead, type ToHostHead } from '../../study/classroom/messages.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import type { TabKeeper } from '../page/keeper.ts';
import { RETURN_MS } from './entrances.ts';
import { joinByInvitation, joinRoom, rejoin, type JoinSetup } from './join-room.ts';
import { openRoom, reopenRoom } from './lead-room.ts';
import { keepMembership, membershipIn } from './membership.ts';
import type { RoomStore } from './room-state.ts';
import { createRoomStore } from './room-store.ts';
import { tabs } from '../../platform/links/test-tabs.ts';
import {
  ends,
  hello,
  invitation,
  joining,
  lead,
  memberWorker,
  noCertificates,
  playedPeers,
  reply,
  speaker,
  stranger,
  tabKeeper,
  until,
} from './test-room.ts';

/** A browser that keeps certificates. */
const keeping: Certificates = { of: () => Promise.resolve({} as RTCCertificate), forget: () => Promise.resolve() };

/** Until the test ends, a lock that another tab holds is not waited for. */
function waitForNoLock(): void {
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
  onTestFinished(() => timeout.mockRestore());
}

describe('a page that leads and is loaded again', () => {
  it('gives back the same clients after it was closed, or loaded again', async () => {
    const kept = tabKeeper();
    const enter = async (leading: ReturnType<typeof lead>, name: string): Promise<void> => {
      const heads: ToClientHead[] = [];
      (await stranger(leading.code, heads)).say(hello(name));
      await until(() => heads.length > 0);
    };
    const seats = ({ store }: ReturnType<typeof lead>) =>
      store.getState().lead?.devices.map(({ name, client }) => [name, client]);
    const before = lead({ kept });
    await enter(before, 'Ada');
    await enter(before, 'Bob');
    before.room.close();
    const after = lead({ kept });
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
      peers: playedPeers(),
      tabs: { ...tabs, locks },
      clients: () => 2,
      worker: { leadClass: () => Promise.resolve() },
    });
    const stores = Array.from({ length: 4 }, () => createRoomStore(''));
    await reopenRoom(setup(stores[0]));
    expect(stores[0].getState().lead).toBeNull();
    const { close } = openRoom(setup(stores[0]));
    const { code } = stores[0].getState().lead!;
    waitForNoLock();
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
});

describe('a page that has joined and is loaded again', () => {
  const enter = async (surroundings: Partial<JoinSetup>, code: string) => {
    const store = createRoomStore('');
    await joinRoom(joining(store, memberWorker(), surroundings), code);
    await until(() => store.getState().member?.status === 'waiting');
    return store.getState().member!;
  };
  const again = async (surroundings: Partial<JoinSetup>, dataset: DroppedDataset | null = null) => {
    const store = createRoomStore('');
    await rejoin(joining(store, memberWorker(), surroundings), dataset);
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
    return { tabs: { ...tabs, channel }, end };
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
    const { store: leading, room, code } = lead({ clients: 3 });
    const kept = tabKeeper();
    (await enter({ kept }, code)).leave();
    expect((await again({ kept })).getState().member).toBeNull();
    const sent = tabKeeper();
    await enter({ kept: sent, name: 'Bob' }, code);
    room.remove(leading.getState().lead!.devices.find(({ name }) => name === 'Bob')!.id);
    await until(() => membershipIn(sent) === null);
    const here = tabKeeper();
    const { leave } = await enter({ kept: here, name: 'Cyd' }, code);
    expect(membershipIn(here)).toEqual({ name: 'Cyd', own: false, by: { code }, at: '' });
    room.close();
    await until(() => membershipIn(here) === null);
    leave();
  });

  it('does not where its address has come to name another class', async () => {
    const { code } = lead();
    const kept = tabKeeper();
    const page = browser();
    await enter({ kept, tabs: page.tabs, asked: 'INVITATION' }, code);
    page.end();
    const same = await again({ kept, asked: 'INVITATION' });
    expect(same.getState().member).toMatchObject({ code });
    keepMembership(kept, { name: 'Ada', own: false, by: { code }, at: 'INVITATION' });
    expect((await again({ kept, asked: 'ANOTHER' })).getState().member).toBeNull();
    expect(membershipIn(kept)).toBeNull();
    same.getState().member!.leave();
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
    waitForNoLock();
    const locks = memoryLocks();
    const { store: leading, code } = lead({ locks });
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

describe('a device that was invited', () => {
  /** Invitations whose devices come over ports. */
  const invitations = () => {
    const peers = playedPeers();
    const made: { come: () => FrameLink; expected: string[]; isCancelled: boolean }[] = [];
    peers.inviteDevice.mockImplementation(() => {
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
    return { made, peers };
  };
  const hears = (link: FrameLink): ToClientHead[] => {
    const heads: ToClientHead[] = [];
    link.listen({ frame: (frame) => heads.push(decodeToClient(frame).head), closed: () => {} });
    return heads;
  };
  const say = (link: FrameLink, head: ToHostHead): void => link.send(encodeFrame(plain(head)));

  it('returns as the same client, by what was agreed on while it was connected, again and again', async () => {
    const { made, peers } = invitations();
    const { store, room } = lead({ peers });
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
    const { made, peers } = invitations();
    const { store, room } = lead({ clients: 3, peers });
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

describe('the leading page that is loaded again', () => {
  const setup = (kept: TabKeeper, locks: LockManager, peers: Peers = playedPeers()) => {
    const store = createRoomStore('');
    const worker = { leadClass: () => Promise.resolve() };
    return { store, kept, worker, certificates: keeping, peers, tabs: { ...tabs, locks }, clients: () => 3 };
  };

  it('returns by itself to the devices that it had invited, but not to those that have left, nor where the tab is a copy or the class was closed', async () => {
    const kept = tabKeeper();
    const locks = memoryLocks();
    const peersBefore = playedPeers();
    const before = setup(kept, locks, peersBefore);
    const room = openRoom(before);
    for (const name of ['Ada', 'Bob']) {
      const [here, there] = ends();
      peersBefore.inviteDevice.mockResolvedValueOnce(invitation(Promise.resolve(here)));
      await room.invite([]);
      const device = speaker(there);
      device.say(hello(name));
      await until(() => device.types('client').includes('return'));
      device.say({ type: 'return', invitation: `WAY TO ${name}` });
      await until(() => device.types('client').includes('returning'));
      if (name === 'Bob') device.say({ type: 'leave' });
    }
    await until(() => before.store.getState().lead!.devices[1].status === 'gone');

    // A copy of the tab, that opens the class as well.
    const copied = tabKeeper();
    for (const key of ['copra-class-code', 'copra-class-seats']) copied.setItem(key, kept.getItem(key)!);
    const ofCopy = playedPeers();
    const copy = openRoom(setup(copied, locks, ofCopy));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ofCopy.answerInvitation).not.toHaveBeenCalled();

    // The page before is gone, and its locks with it.
    const [here, there] = ends();
    let meet = (): void => {};
    const peers = playedPeers();
    peers.answerInvitation.mockResolvedValueOnce(reply(new Promise((met) => (meet = () => met(here)))));
    const after = setup(kept, memoryLocks(), peers);
    await reopenRoom(after);
    const shown = () => after.store.getState().lead!.devices.map(({ name, client, status }) => [name, client, status]);
    await until(() => shown().length > 0);
    expect(shown()).toEqual([['Ada', 0, 'gone']]);
    meet();
    const ada = speaker(there);
    ada.say(hello('Ada'));
    await until(() => ada.types('client').includes('welcome'));
    expect(peers.answerInvitation.mock.calls.map(([invitation, , answer]) => [invitation, answer])).toEqual([
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

  it('returns again by another way when it is loaded once more before it has agreed on the next ones', async () => {
    const kept = tabKeeper();
    const [here, there] = ends();
    const peers = playedPeers();
    peers.inviteDevice.mockResolvedValueOnce(invitation(Promise.resolve(here)));
    const room = openRoom(setup(kept, memoryLocks(), peers));
    await room.invite([]);
    const ada = speaker(there);
    ada.say(hello('Ada'));
    for (const way of ['WAY 1', 'WAY 2']) ada.say({ type: 'return', invitation: way });
    await until(() => ada.types('client').filter((type) => type === 'returning').length === 2);

    /** The page is gone without a word, and its locks with it. */
    const again = async () => {
      const [mine, theirs] = ends();
      const ofAgain = playedPeers();
      ofAgain.answerInvitation.mockResolvedValueOnce(reply(Promise.resolve(mine)));
      const after = setup(kept, memoryLocks(), ofAgain);
      await reopenRoom(after);
      onTestFinished(() => after.store.getState().lead?.room.close());
      const device = speaker(theirs);
      device.say(hello('Ada'));
      await until(() => device.types('client').includes('welcome'));
      return {
        ways: ofAgain.answerInvitation.mock.calls.map(([way]) => way),
        clients: after.store.getState().lead!.devices.map(({ client }) => client),
      };
    };
    expect(await again()).toEqual({ ways: ['WAY 2'], clients: [0] });
    expect(await again()).toEqual({ ways: ['WAY 1'], clients: [0] });
    expect(kept.getItem('copra-class-seats')).not.toContain('WAY');
    room.close();
  });

  /** A device that is connected and has agreed on ways back. */
  const agreed = async (worker = memberWorker()) => {
    let comes: (link: FrameLink) => void = () => {};
    const connected = new Promise<FrameLink>((resolve) => (comes = resolve));
    const peers = playedPeers();
    peers.inviteDevice.mockResolvedValueOnce(invitation(connected));
    const [here, there] = ends();
    peers.answerInvitation.mockResolvedValueOnce(reply(Promise.resolve(here)));
    const store = createRoomStore('');
    void joinByInvitation(joining(store, worker, { peers, certificates: keeping }), 'INVITATION', []);
    const leader = speaker(there);
    await until(() => leader.types('host').includes('hello'));
    leader.say({ type: 'welcome', version: CLASSROOM_VERSION, client: 1 });
    leader.say({ type: 'return', invitation: 'WAY' });
    await until(() => leader.types('host').includes('return') && leader.types('host').includes('returning'));
    return {
      store,
      peers,
      end: () => there.close(),
      comes,
      status: () => store.getState().member?.status,
    };
  };

  it('is met by a device that waits for it, also one that does not know yet that the page before is gone', async () => {
    const { store, peers, comes, status } = await agreed();
    const [here, there] = ends();
    peers.answerInvitation.mockRejectedValueOnce(new NoReturn('refused'));
    comes(here);
    const leader = speaker(there);
    await until(() => leader.types('host').includes('hello'));
    leader.say({ type: 'welcome', version: CLASSROOM_VERSION, client: 1 });
    await until(() => status() === 'waiting' && leader.types('host').includes('return'));
    store.getState().member!.leave();
  });

  it('is met by a device also twice in a row, and is offered another way in place of each that it used', async () => {
    const { store, peers, comes, status } = await agreed();
    let comesAgain: (link: FrameLink) => void = () => {};
    expect(peers.inviteDevice).toHaveBeenCalledTimes(2);
    const answered = vi.spyOn((await peers.inviteDevice.mock.results[1].value) as Invitation, 'expect');
    peers.inviteDevice.mockResolvedValueOnce(invitation(new Promise((resolve) => (comesAgain = resolve))));
    const returns = [
      { come: comes, offered: 3, told: 2 }, // one of them again: nobody has answered it
      { come: (link: FrameLink) => comesAgain(link), offered: 4, told: 1 },
    ];
    for (const { come, offered, told } of returns) {
      peers.answerInvitation.mockRejectedValueOnce(new NoReturn('refused'));
      const [here, there] = ends();
      come(here);
      const leader = speaker(there);
      await until(() => leader.types('host').includes('hello'));
      leader.say({ type: 'welcome', version: CLASSROOM_VERSION, client: 1 });
      await until(() => leader.types('host').filter((type) => type === 'return').length === told);
      expect(status()).toBe('waiting');
      expect(peers.inviteDevice).toHaveBeenCalledTimes(offered);
      leader.say({ type: 'returning', answer: 'ANSWER' });
      await until(() => answered.mock.calls.length > 0);
    }
    store.getState().member!.leave();
  });

  it('is given up after a minute in words, and met all the same when it comes later', async () => {
    const { store, end, comes, status } = await agreed();
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
    const { store, peers, end, status } = await agreed({
      ...memberWorker(),
      open: () => new Promise((_, reject) => (die = reject)),
    });
    let isCancelled = false;
    peers.answerInvitation.mockClear();
    peers.answerInvitation.mockResolvedValueOnce(reply(new Promise(() => {}), () => (isCancelled = true)));
    end();
    await until(() => peers.answerInvitation.mock.calls.length === 1);
    die(new Error('no device'));
    await until(() => status() === 'failed');
    expect(isCancelled).toBe(true);
    store.getState().member!.leave();
  });
});
