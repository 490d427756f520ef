/**
 * Curves of format 1, in a byte per point. A byte says how they are stored:
 *
 *   0 own scale     per curve lo and hi (float32), then bytes b meaning lo + (hi − lo)·b/255
 *   1 shared scale  lo and hi once
 *   2 ratio         n and a step, then per curve the lowest count, then bytes b meaning (lowest + step·b)/n; step 0 means 16-bit counts
 */
import { BinaryError, type ByteReader } from './binary.ts';
import { LINK_CHECKS } from './words.ts';

const OWN_SCALE = 0;
const SHARED_SCALE = 1;
const RATIO = 2;

interface Scale {
  readonly lo: number;
  readonly hi: number;
}

/** lo + position·(hi − lo), arranged so that the widest scales do not overflow. */
const onScale = ({ lo, hi }: Scale, position: number): number => lo * (1 - position) + hi * position;

function readScale(reader: ByteReader, what: string): Scale {
  const scale = { lo: reader.f32(what), hi: reader.f32(what) };
  if (scale.hi < scale.lo) throw new BinaryError(LINK_CHECKS.upsideDown(what));
  return scale;
}

function readRatio(reader: ByteReader, lengths: readonly number[], what: string): number[][] {
  const n = reader.count(65535, what);
  if (n === 0) throw new BinaryError(LINK_CHECKS.ofNoImages(what));
  const step = reader.count(n, what);
  return lengths.map((length) => {
    if (length === 0) return [];
    const lowest = reader.count(n, what);
    return Array.from({ length }, () => {
      const count = lowest + (step === 0 ? reader.u16(what) : step * reader.u8(what));
      return Math.min(count, n) / n;
    });
  });
}

/** @throws BinaryError when the bytes do not hold such curves. */
export function byteCurves(reader: ByteReader, lengths: readonly number[], what: string): number[][] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total > reader.remaining) throw new BinaryError(LINK_CHECKS.endsInside(what));
  const mode = reader.u8(what);
  if (mode === RATIO) return readRatio(reader, lengths, what);
  if (mode !== OWN_SCALE && mode !== SHARED_SCALE) throw new BinaryError(LINK_CHECKS.unknownWay(what));
  const shared = mode === SHARED_SCALE ? readScale(reader, what) : null;
  return lengths.map((length) => {
    if (length === 0) return [];
    const scale = shared ?? readScale(reader, what);
    return Array.from(reader.bytes(length, what), (byte) => onScale(scale, byte / 255));
  });
}
