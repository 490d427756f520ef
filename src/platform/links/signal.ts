/**
 * What two devices must know of one another to connect, as short text that people copy or scan. Of a session description only what differs from one to the next
 * is kept: fingerprint, credentials and addresses of this network. It is mostly random, so compressing it would make it longer.
 */

import { crc32 } from '../../core/crc32.ts';

export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/** A text that describes no device. */
export class BadSignal extends Error {
  override readonly name = 'BadSignal';
}

const VERSION = 2;
const TYPES = ['offer', 'answer'] as const;
/** Which end opens the connection, by position in the text. */
const SETUPS = ['actpass', 'active', 'passive'] as const;
const KINDS = ['host', 'srflx', 'prflx', 'relay'] as const;
const FINGERPRINT_BYTES = 32;
const MOST_CANDIDATES = 24;
const MOST_CHARACTERS = 4000;

/** People copy texts with line ends and blanks of their own. */
const trimmedOf = (text: string): string => text.replaceAll(/\s/g, '');

/** By which an answer says whose it is. */
const idOf = (invitation: string): number => crc32(new TextEncoder().encode(trimmedOf(invitation)));

/** What follows a key in a session description. @throws BadSignal */
export const lineOf = (sdp: string, key: string): string => {
  const line = sdp.split(/\r?\n/).find((candidate) => candidate.startsWith(key));
  if (line === undefined) throw new BadSignal(`The description has no ${key}`);
  return line.slice(key.length).trim();
};

interface Candidate {
  readonly address: string;
  readonly port: number;
  readonly kind: (typeof KINDS)[number];
}

function candidatesOf(sdp: string): Candidate[] {
  const candidates = sdp.split(/\r?\n/).flatMap((line): Candidate[] => {
    const [, component, protocol, address, port, kind] =
      /^a=candidate:\S+ (\d) (\S+) \d+ (\S+) (\d+) typ (\w+)/.exec(line) ?? [];
    const known = KINDS.find((candidate) => candidate === kind);
    return component === '1' && protocol.toLowerCase() === 'udp' && known
      ? [{ address, port: Number(port), kind: known }]
      : [];
  });
  return candidates.slice(0, MOST_CANDIDATES);
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/**
 * Version, type and set-up u8 each; of an answer the CRC-32 of the invitation's text, u32, largest byte first; fingerprint, 32 bytes; two credentials and the part's name, then candidates (kind u8, port u16, address), texts with a length u8.
 * @param invitation that an answer is for
 */
export function packDescription({ type, sdp }: Description, invitation = ''): string {
  const bytes: number[] = [];
  const text = (value: string): void => {
    const encoded = new TextEncoder().encode(value);
    if (encoded.length > 255) throw new BadSignal('A part of the description is too long.');
    bytes.push(encoded.length, ...encoded);
  };
  const setup = SETUPS.findIndex((name) => name === lineOf(sdp, 'a=setup:'));
  const [hash, fingerprint = ''] = lineOf(sdp, 'a=fingerprint:').split(' ');
  const digits = fingerprint.split(':').map((pair) => Number.parseInt(pair, 16));
  if (setup < 0 || hash.toLowerCase() !== 'sha-256' || digits.length !== FINGERPRINT_BYTES)
    throw new BadSignal('The description is of an unknown kind.');
  bytes.push(VERSION, TYPES.indexOf(type), setup);
  if (type === 'answer') {
    const id = idOf(invitation);
    bytes.push(id >>> 24, (id >>> 16) & 255, (id >>> 8) & 255, id & 255);
  }
  bytes.push(...digits);
  text(lineOf(sdp, 'a=ice-ufrag:'));
  text(lineOf(sdp, 'a=ice-pwd:'));
  text(lineOf(sdp, 'a=mid:'));
  const candidates = candidatesOf(sdp);
  bytes.push(candidates.length);
  for (const { kind, port, address } of candidates) {
    bytes.push(KINDS.indexOf(kind), port >> 8, port & 255);
    text(address);
  }
  return base64url(Uint8Array.from(bytes));
}

/** Characters that these texts have; anything else could add lines to the description. */
const SAFE = /^[A-Za-z0-9+/=_.:%-]{1,255}$/;

/** As browsers rank them: addresses of this network before those of elsewhere. */
const PREFERENCES: Readonly<Record<Candidate['kind'], number>> = { host: 126, prflx: 110, srflx: 100, relay: 1 };

const priorityOf = (kind: Candidate['kind'], place: number): number =>
  PREFERENCES[kind] * 2 ** 24 + (65_535 - place) * 2 ** 8 + 255;

/**
 * @param invitation that an answer has to be for
 * @throws BadSignal for anything that `packDescription` does not write of this type
 */
export function unpackDescription(packed: string, wanted: Description['type'], invitation = ''): Description {
  const trimmed = trimmedOf(packed);
  if (trimmed.length > MOST_CHARACTERS || !/^[\w-]+$/.test(trimmed))
    throw new BadSignal('The code has other characters.');
  let bytes: Uint8Array;
  try {
    const binary = atob(trimmed.replaceAll('-', '+').replaceAll('_', '/'));
    bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new BadSignal('The code is incomplete.');
  }
  let at = 0;
  const byte = (): number => {
    if (at >= bytes.length) throw new BadSignal('The code is incomplete.');
    return bytes[at++];
  };
  const text = (): string => {
    const length = byte();
    const value = String.fromCharCode(...Array.from({ length }, byte));
    if (!SAFE.test(value)) throw new BadSignal('The code has other characters.');
    return value;
  };
  const named = <T>(names: readonly T[]): T => {
    const index = byte();
    if (index >= names.length) throw new BadSignal('The code is of an unknown kind.');
    return names[index];
  };
  if (byte() !== VERSION) throw new BadSignal('The code is of another version of the page.');
  const type = named(TYPES);
  if (type !== wanted) throw new BadSignal(`The code is an ${type}, not an ${wanted}.`);
  const setup = named(SETUPS);
  if (type === 'answer') {
    const id = Array.from({ length: 4 }, byte).reduce((sum, one) => 256 * sum + one, 0);
    if (id !== idOf(invitation)) throw new BadSignal('The code answers another invitation.');
  }
  const fingerprint = Array.from({ length: FINGERPRINT_BYTES }, () =>
    byte().toString(16).padStart(2, '0').toUpperCase(),
  );
  const [user, password, part] = [text(), text(), text()];
  const count = byte();
  if (count > MOST_CANDIDATES) throw new BadSignal('The code has too many addresses.');
  const candidates = Array.from({ length: count }, (_, place) => {
    const kind = named(KINDS);
    const port = byte() * 256 + byte();
    const address = text();
    // Where an address was seen from is not kept; it is of no use to the other end.
    const seen = kind === 'host' ? '' : ' raddr 0.0.0.0 rport 0';
    return `a=candidate:${place + 1} 1 udp ${priorityOf(kind, place)} ${address} ${port} typ ${kind}${seen}`;
  });
  if (at !== bytes.length) throw new BadSignal('The code has something behind its end.');
  const lines = [
    ...['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${part}`],
    ...['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0'],
    ...[`a=ice-ufrag:${user}`, `a=ice-pwd:${password}`, `a=fingerprint:sha-256 ${fingerprint.join(':')}`],
    ...[`a=setup:${setup}`, `a=mid:${part}`, 'a=sctp-port:5000', 'a=max-message-size:262144', ...candidates],
  ];
  return { type, sdp: `${lines.join('\r\n')}\r\n` };
}
