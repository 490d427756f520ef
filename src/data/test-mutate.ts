/** Damaged variants of a file, alike for equal seeds: what happens to files on the way, and what the ill-willed do to them. */
import type { Rng } from '../core/rng.ts';

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** One to four of: bytes changed, numbers made extreme, a piece cut out, doubled or moved, the end cut off, rubbish put in. */
export function mutated(bytes: Uint8Array, rng: Rng): Uint8Array<ArrayBuffer> {
  let out = Uint8Array.from(bytes);
  for (let times = 1 + rng.integer(4); times > 0 && out.length > 0; times--) out = once(out, rng);
  return out;
}

function once(bytes: Uint8Array<ArrayBuffer>, rng: Rng): Uint8Array<ArrayBuffer> {
  const at = rng.integer(bytes.length);
  const length = Math.min(bytes.length - at, 1 + rng.integer(64));
  switch (rng.integer(7)) {
    case 0:
      bytes[at] = rng.integer(256);
      return bytes;
    case 1:
      bytes[at] ^= 1 << rng.integer(8);
      return bytes;
    case 2: {
      const value = EXTREMES[rng.integer(EXTREMES.length)];
      const view = new DataView(bytes.buffer);
      if (at + 4 <= bytes.length) view.setUint32(at, value, rng.integer(2) === 0);
      return bytes;
    }
    case 3:
      return bytes.slice(0, at);
    case 4:
      return spliced(bytes, at, length, new Uint8Array(0));
    case 5:
      return spliced(bytes, rng.integer(bytes.length), 0, bytes.slice(at, at + length));
    default:
      return spliced(
        bytes,
        at,
        0,
        Uint8Array.from({ length }, () => rng.integer(256)),
      );
  }
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length - removed + added.length);
  out.set(bytes.subarray(0, at));
  out.set(added, at);
  out.set(bytes.subarray(at + removed), at + added.length);
  return out;
}
