/**
 * Curves in one byte per point. A group holds the curves of one quantity (say, the training losses of all runs), whose lengths the
 * reader knows. One byte says how they are stored:
 *
 *   0 own scale     per curve lo and hi (float32), then bytes b meaning lo + (hi − lo)·b/255
 *   1 shared scale  lo and hi once: the curves share a chart, so they may share its resolution
 *   2 ratio         n and a step, then per curve the lowest count, then bytes b meaning (lowest + step·b)/n; step 0 means 16-bit counts.
 *                   Accuracies are counts of images, so most of them survive exactly.
 *
 * A byte errs by at most 1/510 of the scale, which no chart shows.
 */
import { BinaryError, type ByteReader, type ByteWriter } from './binary.ts';

type Curve = readonly number[];

const OWN_SCALE = 0;
const SHARED_SCALE = 1;
const RATIO = 2;
/** Curves share a scale only if each uses at least this part of it. */
const SHARED_USE = 1 / 3;
const MAX_FLOAT32 = 3.4028234663852886e38;

const clampToFloat32 = (value: number): number =>
  Number.isNaN(value) ? MAX_FLOAT32 : Math.max(-MAX_FLOAT32, Math.min(MAX_FLOAT32, value));

/** A number that should be finite, as float32; a diverged one becomes the largest float32 of its sign. */
export function writeFloat(writer: ByteWriter, value: number): void {
  writer.f32(clampToFloat32(value));
}

interface Scale {
  readonly lo: number;
  readonly hi: number;
}

function scaleOf(values: Curve): Scale {
  let lo = Infinity;
  let hi = -Infinity;
  for (const value of values) {
    lo = Math.min(lo, clampToFloat32(value));
    hi = Math.max(hi, clampToFloat32(value));
  }
  return values.length > 0 ? { lo: Math.fround(lo), hi: Math.fround(hi) } : { lo: 0, hi: 0 };
}

/** position·(hi − lo), arranged so that the widest scales do not overflow. */
const onScale = ({ lo, hi }: Scale, position: number): number => lo * (1 - position) + hi * position;

function writeScale(writer: ByteWriter, scale: Scale): void {
  writer.f32(scale.lo);
  writer.f32(scale.hi);
}

function readScale(reader: ByteReader, what: string): Scale {
  const scale = { lo: reader.f32(what), hi: reader.f32(what) };
  if (scale.hi < scale.lo) throw new BinaryError(`The scale of ${what} is upside down.`);
  return scale;
}

function writeOnScale(writer: ByteWriter, curve: Curve, { lo, hi }: Scale): void {
  for (const value of curve) {
    const position = hi > lo ? (clampToFloat32(value) / 2 - lo / 2) / (hi / 2 - lo / 2) : 0;
    writer.u8(Math.round(255 * Math.max(0, Math.min(1, position))));
  }
}

export function writeCurves(writer: ByteWriter, curves: readonly Curve[]): void {
  const filled = curves.filter((curve) => curve.length > 0);
  const shared = scaleOf(filled.flat());
  const share = filled.length > 1 && filled.every((curve) => widthOf(scaleOf(curve)) >= SHARED_USE * widthOf(shared));
  writer.u8(share ? SHARED_SCALE : OWN_SCALE);
  if (share) writeScale(writer, shared);
  for (const curve of filled) {
    const scale = share ? shared : scaleOf(curve);
    if (!share) writeScale(writer, scale);
    writeOnScale(writer, curve, scale);
  }
}

const widthOf = (scale: Scale): number => scale.hi / 2 - scale.lo / 2;

/** The smallest of the sizes n for which every value is a whole number of n-ths, or null. */
function commonDenominator(curves: readonly Curve[], sizes: readonly number[]): number | null {
  const fits = (n: number) =>
    curves.every((curve) =>
      curve.every((value) => value >= 0 && value <= 1 && Math.abs(value * n - Math.round(value * n)) < 1e-4),
    );
  const candidates = sizes.filter((n) => Number.isInteger(n) && n > 0 && n < 65536).sort((a, b) => a - b);
  return candidates.find(fits) ?? null;
}

/**
 * Curves of accuracies measured on a number of images; `sizes` are the numbers in question. Others are stored like any curve.
 * `exact` spends two bytes where one would round. Returns whether a reader gets exactly these numbers back.
 */
export function writeAccuracies(
  writer: ByteWriter,
  curves: readonly Curve[],
  sizes: readonly number[],
  exact = false,
): boolean {
  const n = commonDenominator(curves, sizes);
  if (n === null) {
    writeCurves(writer, curves);
    return false;
  }
  const counts = curves.filter((curve) => curve.length > 0).map((curve) => curve.map((value) => Math.round(value * n)));
  const widest = counts.reduce((widest, curve) => Math.max(widest, Math.max(...curve) - Math.min(...curve)), 0);
  const step = Math.max(1, Math.ceil(widest / 255));
  const wide = exact && step > 1;
  writer.u8(RATIO);
  writer.varint(n);
  writer.varint(wide ? 0 : step);
  for (const curve of counts) {
    const lowest = Math.min(...curve);
    writer.varint(lowest);
    for (const count of curve) {
      if (wide) writer.u16(count - lowest);
      else writer.u8(Math.round((count - lowest) / step));
    }
  }
  return wide || step === 1;
}

function readRatio(reader: ByteReader, lengths: readonly number[], what: string): number[][] {
  const n = reader.count(65535, what);
  if (n === 0) throw new BinaryError(`${what} are counted among no images.`);
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

/** Reads a group that writeCurves or writeAccuracies wrote. @throws BinaryError when the bytes do not hold one. */
export function readCurves(reader: ByteReader, lengths: readonly number[], what: string): number[][] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total > reader.remaining) throw new BinaryError(`The data ends inside ${what}.`);
  const mode = reader.u8(what);
  if (mode === RATIO) return readRatio(reader, lengths, what);
  if (mode !== OWN_SCALE && mode !== SHARED_SCALE) throw new BinaryError(`${what} is stored in an unknown way.`);
  const shared = mode === SHARED_SCALE ? readScale(reader, what) : null;
  return lengths.map((length) => {
    if (length === 0) return [];
    const scale = shared ?? readScale(reader, what);
    return Array.from(reader.bytes(length, what), (byte) => onScale(scale, byte / 255));
  });
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** Whole numbers, usually equally spaced: pairs of (difference, how often). */
export function writeSteps(writer: ByteWriter, steps: readonly number[]): void {
  writer.varint(steps.length);
  let previous = 0;
  for (let i = 0; i < steps.length;) {
    const difference = Math.round(steps[i]) - previous;
    let repeat = 0;
    while (i < steps.length && Math.round(steps[i]) - previous === difference) {
      previous += difference;
      repeat++;
      i++;
    }
    writer.varint(zigzag(difference));
    writer.varint(repeat);
  }
}

/** @throws BinaryError when there are more than `limit` or the bytes do not hold them. */
export function readSteps(reader: ByteReader, limit: number, what: string): number[] {
  const length = reader.count(limit, what);
  const steps: number[] = [];
  let previous = 0;
  while (steps.length < length) {
    const difference = unzigzag(reader.varint(what));
    const repeat = reader.count(length - steps.length, what);
    if (repeat === 0) throw new BinaryError(`${what} repeats a step no times.`);
    for (let i = 0; i < repeat; i++) steps.push((previous += difference));
  }
  return steps;
}
