/** Links over a stand-in for the browser's connection: tests/e2e/classroom.spec.ts has a real one. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerForLater, answerInvitation, FAREWELL_MS, inviteDevice, NoReturn } from './peer-link.ts';
import { createJoiner } from './pieces.ts';
import { BadSignal } from './signal.ts';

const FINGERPRINT = Array.from({ length: 32 }, () => 'A7').join(':');
const SDP = [
  ...['v=0', 'a=candidate:1 1 udp 2113937151 192.168.1.5 51000 typ host', 'a=ice-ufrag:EsAw'],
  ...['a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1', `a=fingerprint:sha-256 ${FINGERPRINT}`, 'a=setup:actpass', 'a=mid:0'],
].join('\r\n');

/** Holds what it is given until `drain`; a connection that is closed loses it, a channel that is closed does not. */
class StandInChannel {
  readyState: RTCDataChannelState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onopen = (): void => {};
  onclose = (): void => {};
  onbufferedamountlow = (): void => {};
  readonly arrived: Uint8Array[] = [];
  private held: Uint8Array[] = [];
  send(piece: Uint8Array): void {
    this.held.push(piece);
    this.bufferedAmount += piece.length;
  }
  close(): void {
    if (this.readyState === 'open') this.readyState = 'closing';
  }
  drain(): void {
    this.arrived.push(...this.held);
    this.lose();
    this.onbufferedamountlow();
    if (this.readyState !== 'closing' || this.held.length > 0) return;
    this.readyState = 'closed';
    this.onclose();
  }
  lose(): void {
    this.held = [];
    this.bufferedAmount = 0;
  }
}

class StandInPeer extends EventTarget {
  readonly iceGatheringState = 'complete';
  readonly localDescription = { sdp: SDP };
  readonly connectionState = 'connected';
  isClosed = false;
  readonly channel = new StandInChannel();
  createDataChannel(): StandInChannel {
    return this.channel;
  }
  setLocalDescription: (description?: RTCSessionDescriptionInit) => Promise<void> = () => Promise.resolve();
  createAnswer = (): Promise<RTCSessionDescriptionInit> => Promise.resolve({ type: 'answer', sdp: SDP });
  readonly setRemoteDescription = vi.fn(async () => {});
  close(): void {
    this.isClosed = true;
    this.channel.lose();
  }
}

let peer: StandInPeer;
beforeEach(() => {
  vi.useFakeTimers();
  peer = new StandInPeer();
  vi.stubGlobal(
    'RTCPeerConnection',
    vi.fn(function () {
      return peer;
    }),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connect() {
  const { connected } = await inviteDevice({ servers: [], mostBytes: 1e7 });
  peer.channel.onopen();
  return connected;
}

const arrived = (): number[] => {
  const join = createJoiner(1e7);
  return peer.channel.arrived.flatMap((piece) => join(piece)?.length ?? []);
};

it('what was said before a link is closed arrives, also behind a long frame, and nothing that is said later', async () => {
  const link = await connect();
  link.send(new Uint8Array(3_000_000));
  link.send(new Uint8Array(7));
  link.close();
  link.send(new Uint8Array(9));
  expect(peer.isClosed).toBe(false);
  for (let i = 0; i < 5; i++) peer.channel.drain();
  expect(arrived()).toEqual([3_000_000, 7]);
  expect(peer.isClosed).toBe(true);
});

it('a connection over which nothing leaves any more is closed after a while', async () => {
  const link = await connect();
  link.send(new Uint8Array(7));
  link.close();
  vi.advanceTimersByTime(FAREWELL_MS - 1);
  expect(peer.isClosed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(peer.isClosed).toBe(true);
});

const OPTIONS = { servers: [], mostBytes: 1e7 };

it('an answer to another invitation is refused, and the invitation still waits for its own', async () => {
  const first = await inviteDevice(OPTIONS);
  const { code: answer } = await answerInvitation(first.code, OPTIONS);
  peer = new StandInPeer();
  peer.localDescription.sdp = SDP.replace('EsAw', 'EsAx');
  const second = await inviteDevice(OPTIONS);
  await expect(second.accept(answer)).rejects.toThrow(BadSignal);
  expect(peer.setRemoteDescription).not.toHaveBeenCalled();
  const { code: own } = await answerInvitation(second.code, OPTIONS);
  await second.accept(own);
  expect(peer.isClosed).toBe(false);
});

it('an invitation ends where nobody comes within 20 seconds of an answer, as where the other device has left', async () => {
  peer.channel.readyState = 'connecting';
  const { code, accept, connected } = await inviteDevice(OPTIONS);
  const failed = vi.fn();
  connected.catch(failed);
  await vi.advanceTimersByTimeAsync(60_000);
  const { code: answer } = await answerInvitation(code, OPTIONS);
  await accept(answer);
  await vi.advanceTimersByTimeAsync(19_999);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(failed).toHaveBeenCalledOnce();
  expect(peer.isClosed).toBe(true);
});

it('one that is connected in time stays', async () => {
  peer.channel.readyState = 'connecting';
  const { code, accept, connected } = await inviteDevice(OPTIONS);
  await accept((await answerInvitation(code, OPTIONS)).code);
  peer.channel.onopen();
  await connected;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(peer.isClosed).toBe(false);
});

it('an answer for later is given again, with the same credentials, by a browser that takes them, and by no other', async () => {
  const { code: invitation } = await inviteDevice(OPTIONS);
  const certificate = {} as RTCCertificate;
  const own = (changes: Record<string, string> = {}): StandInPeer => {
    const fresh = new StandInPeer();
    const sdp = Object.entries(changes).reduce((text, [from, to]) => text.replace(from, to), SDP);
    fresh.createAnswer = () => Promise.resolve({ type: 'answer', sdp });
    fresh.localDescription.sdp = sdp;
    return fresh;
  };
  peer = own();
  const answer = await answerForLater(invitation, { ...OPTIONS, certificate });
  expect(peer.isClosed).toBe(true);
  expect(RTCPeerConnection).toHaveBeenLastCalledWith({ certificates: [certificate] });

  const takes = own({ EsAw: 'Zzzz' });
  takes.setLocalDescription = (description) => {
    takes.localDescription.sdp = description?.sdp ?? '';
    return Promise.resolve();
  };
  peer = takes;
  await answerInvitation(invitation, OPTIONS, answer);
  expect(takes.localDescription.sdp).toContain('a=ice-ufrag:EsAw');

  // It keeps to its own, it refuses them, or its certificate is another one.
  const refuses = own();
  refuses.setLocalDescription = () => Promise.reject(new DOMException('no', 'InvalidModificationError'));
  for (const other of [own({ EsAw: 'Zzzz' }), refuses, own({ 'A7:A7': 'A7:A8' })]) {
    peer = other;
    await expect(answerInvitation(invitation, OPTIONS, answer)).rejects.toThrow(NoReturn);
    expect(other.isClosed).toBe(true);
  }
});

it('an end that expects an answer for later waits without a limit', async () => {
  const { code, connected, expect: expectLater } = await inviteDevice(OPTIONS);
  peer.channel.readyState = 'connecting' as RTCDataChannelState;
  const { code: answer } = await answerInvitation(code, OPTIONS);
  await expectLater(answer);
  await vi.advanceTimersByTimeAsync(24 * 3600 * 1000);
  expect(peer.isClosed).toBe(false);
  peer.channel.onopen();
  await expect(connected).resolves.toBeDefined();
});
