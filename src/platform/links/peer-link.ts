/**
 * Links between devices over a WebRTC data channel. Offer and answer travel by people's hands, once each, with all addresses in them; no server is asked unless
 * one is named. One ordered channel of the browser's own is all that is needed, so there is no library.
 */
import { createInbox, type FrameLink } from './frame-link.ts';
import { createJoiner, piecesOf } from './pieces.ts';
import { lineOf, packDescription, unpackDescription } from './signal.ts';

/** Addresses that are not found by then are left out. */
const GATHER_MS = 3000;
/** Bytes that may wait in the channel before more are given to it. */
const MOST_BUFFERED = 1 << 20;
/** What was said before a link is closed has this long to leave. */
export const FAREWELL_MS = 2000;
/** Browsers look for a way for about 15 seconds. What is not connected by then never is: the other device has left, or its browser keeps silent. */
const CONNECT_MS = 20_000;
/** A connection that is disturbed for longer is given up. */
const DISTURBED_MS = 10_000;

/** Lines of a session description by which two ends prove to each other that they are meant. */
const CREDENTIALS = ['a=ice-ufrag:', 'a=ice-pwd:'];

export interface PeerOptions {
  /** Addresses of STUN or TURN servers; empty: this network only. */
  readonly servers: readonly string[];
  /** Bytes of the longest frame. */
  readonly mostBytes: number;
  /** By which the other end knows this one again; absent: one that ends with the page. */
  readonly certificate?: RTCCertificate;
}

const connectionOf = ({ servers, certificate }: PeerOptions): RTCPeerConnection =>
  new RTCPeerConnection({
    ...(servers.length > 0 && { iceServers: servers.map((urls) => ({ urls })) }),
    ...(certificate && { certificates: [certificate] }),
  });

/** Waits until all addresses are found, or the time is over. */
async function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, GATHER_MS);
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Calls once no way to the other device is found. A disturbed one may come back. */
function whenFailed(peer: RTCPeerConnection, failed: () => void): void {
  peer.addEventListener('connectionstatechange', () => {
    if (peer.connectionState === 'failed') failed();
  });
}

const described = ({ localDescription }: RTCPeerConnection, type: 'offer' | 'answer', invitation?: string): string =>
  packDescription({ type, sdp: localDescription?.sdp ?? '' }, invitation);

/** A channel as a link, once it is open. */
function linkOf(peer: RTCPeerConnection, channel: RTCDataChannel, { mostBytes }: PeerOptions): FrameLink {
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = MOST_BUFFERED / 2;
  const waiting: Iterator<Uint8Array<ArrayBuffer>>[] = [];
  let isClosing = false;
  const flush = (): void => {
    while (waiting.length > 0 && channel.readyState === 'open' && channel.bufferedAmount < MOST_BUFFERED) {
      const next = waiting[0].next();
      if (next.done) waiting.shift();
      else channel.send(next.value);
    }
    // What the channel was given still leaves; its own event says when.
    if (isClosing && waiting.length === 0) channel.close();
  };
  const end = (): void => {
    waiting.length = 0;
    channel.close();
    peer.close();
  };
  // A connection that is closed takes with it what is still on its way, as the word that a device is sent away.
  const close = (): void => {
    if (!inbox.mute()) return;
    isClosing = true;
    setTimeout(end, FAREWELL_MS);
    flush();
  };
  const inbox = createInbox(close);
  const gone = (): void => {
    inbox.closed();
    end();
  };
  const join = createJoiner(mostBytes);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof ArrayBuffer)) return;
    try {
      const frame = join(new Uint8Array(data));
      if (frame) inbox.frame(frame);
    } catch {
      gone(); // too long a frame: whoever sends it is no page of ours
    }
  };
  channel.onbufferedamountlow = flush;
  channel.onclose = gone;
  let disturbed: ReturnType<typeof setTimeout> | undefined;
  peer.onconnectionstatechange = () => {
    clearTimeout(disturbed);
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') gone();
    else if (peer.connectionState === 'disconnected') disturbed = setTimeout(gone, DISTURBED_MS);
  };
  return {
    send(frame) {
      if (isClosing) return;
      waiting.push(piecesOf(frame));
      flush();
    },
    listen: (listener) => inbox.listen(listener),
    close,
  };
}

export interface Invitation {
  /** Text for the other device. */
  readonly code: string;
  /** Takes the other device's answer. @throws BadSignal for what is none, or answers another invitation */
  readonly accept: (answer: string) => Promise<void>;
  /** Takes an answer that is given later (`answerForLater`): this end waits for the other one without a limit. @throws BadSignal */
  readonly expect: (answer: string) => Promise<void>;
  /** Resolves when the other device is connected. Rejects when no way to it is found, some seconds after its answer is taken; then another invitation is needed. */
  readonly connected: Promise<FrameLink>;
  readonly cancel: () => void;
}

/** Invites one device. */
export async function inviteDevice(options: PeerOptions): Promise<Invitation> {
  const peer = connectionOf(options);
  const channel = peer.createDataChannel('copra');
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let giveUp = (): void => {};
  const connected = new Promise<FrameLink>((resolve, reject) => {
    channel.onopen = () => {
      clearTimeout(overdue);
      resolve(linkOf(peer, channel, options));
    };
    giveUp = () => {
      clearTimeout(overdue);
      reject(new Error('No way to the other device is found.'));
      peer.close();
    };
    whenFailed(peer, giveUp);
  });
  await peer.setLocalDescription();
  await gathered(peer);
  const code = described(peer, 'offer');
  const expect: Invitation['expect'] = async (answer) =>
    peer.setRemoteDescription(unpackDescription(answer, 'answer', code));
  return {
    code,
    async accept(answer) {
      await expect(answer);
      if (channel.readyState !== 'open') overdue = setTimeout(giveUp, CONNECT_MS);
    },
    expect,
    connected,
    cancel() {
      clearTimeout(overdue);
      peer.close();
    },
  };
}

export interface Reply {
  /** Text for the device that invited. */
  readonly code: string;
  readonly connected: Promise<FrameLink>;
  /** Resolves when no way is found. One may be found even then: browsers look for it before the other device has the answer, and give up after 15 seconds. */
  readonly unreached: Promise<void>;
  readonly cancel: () => void;
}

/**
 * An answer to give later, possibly from a page that is loaded anew: `answerInvitation` takes it as `before`. Nothing is sent to the other end yet.
 * @throws BadSignal
 */
export async function answerForLater(
  invitation: string,
  options: PeerOptions & { readonly certificate: RTCCertificate },
): Promise<string> {
  const description = unpackDescription(invitation, 'offer');
  const peer = connectionOf(options);
  try {
    await peer.setRemoteDescription(description);
    const { sdp = '' } = await peer.createAnswer();
    return packDescription({ type: 'answer', sdp }, invitation);
  } finally {
    peer.close();
  }
}

/** This browser answers with credentials of its own only. */
export class NoReturn extends Error {
  override readonly name = 'NoReturn';
}

/** Answers with the credentials of an answer that was given before. They are not in every browser's hands: it may refuse them, or take others in silence. */
async function answerAgain(peer: RTCPeerConnection, before: string): Promise<void> {
  const { sdp = '' } = await peer.createAnswer();
  const lines = sdp.split('\r\n').map((line) => {
    const key = CREDENTIALS.find((start) => line.startsWith(start));
    return key ? `${key}${lineOf(before, key)}` : line;
  });
  try {
    await peer.setLocalDescription({ type: 'answer', sdp: lines.join('\r\n') });
  } catch (error) {
    throw new NoReturn('The browser refuses the credentials of before.', { cause: error });
  }
  const own = peer.localDescription?.sdp ?? '';
  // The certificate may be a new one, in place of one that is over.
  if ([...CREDENTIALS, 'a=fingerprint:'].some((key) => lineOf(own, key) !== lineOf(before, key)))
    throw new NoReturn('The browser has taken other credentials than those of before.');
}

/**
 * Answers an invitation.
 * @param before the answer that the other end expects, which was made with the same certificate
 * @throws BadSignal
 * @throws NoReturn where the answer of before cannot be given once more
 */
export async function answerInvitation(invitation: string, options: PeerOptions, before?: string): Promise<Reply> {
  const description = unpackDescription(invitation, 'offer');
  const given = before === undefined ? null : unpackDescription(before, 'answer', invitation);
  const peer = connectionOf(options);
  const connected = new Promise<FrameLink>((resolve) => {
    peer.ondatachannel = ({ channel }) => {
      const opened = (): void => resolve(linkOf(peer, channel, options));
      if (channel.readyState === 'open') opened();
      else channel.onopen = opened;
    };
  });
  const unreached = new Promise<void>((resolve) => whenFailed(peer, resolve));
  try {
    await peer.setRemoteDescription(description);
    if (given) await answerAgain(peer, given.sdp);
    else await peer.setLocalDescription();
    await gathered(peer);
    return { code: described(peer, 'answer', invitation), connected, unreached, cancel: () => peer.close() };
  } catch (error) {
    peer.close();
    throw error;
  }
}

/** Ways to connect pages on two devices. */
export interface Peers {
  readonly inviteDevice: typeof inviteDevice;
  readonly answerInvitation: typeof answerInvitation;
  readonly answerForLater: typeof answerForLater;
}

/** Those of the browser. */
export const webRtcPeers: Peers = { inviteDevice, answerInvitation, answerForLater };
