/**
 * Groups of curves of one quantity (say, the training losses of all runs), whose lengths the reader knows. A byte says how the numbers are
 * stored; whole numbers are in the section's arithmetic code (coded-io.ts):
 *
 *   0 grid     grid u8, lowest zigzag varint, span varint, then whole multiples of the grid's step
 *   1 counts   n, step, lowest and span varint, then whole numbers c meaning step·c / n: accuracies are counts of images
 *   2 floats   float32
 *   3 apart    every curve as a group of its own
 *
 * A group without numbers takes nothing. How fine grid and counts are is a matter of room (fidelity.ts).
 */
import { BinaryError, ByteReader, type Reader, type Writer } from './binary.ts';
import { byteCurves } from './byte-curves.ts';
import { CodedReader, type CodedWriter } from './coded-io.ts';
import { chooseGrid, fromGrid, GRIDS, MAX_SPAN, onGrid, stepOf, toGrid } from './coding/grid.ts';
import type { Related } from './coding/integer-curves.ts';
import { FINE, type Detail } from './fidelity.ts';
import { LINK_CHECKS } from './words.ts';

type Curve = readonly number[];
type Curves = readonly Curve[];

const GRID = 0;
const COUNTS = 1;
const FLOATS = 2;
const APART = 3;
/** A curve with this many times the range of a usual one is stored apart: a diverged curve would flatten the others. */
const MUCH_WIDER = 1000;
/** Numbers of fewer steps of a grid have not even one digit. */
const FEW_STEPS = 2;
/** Of fewer numbers than this, a few are no sign of another scale. */
const ENOUGH = 5;
const MAX_FLOAT32 = 3.4028234663852886e38;

/** A diverged number becomes the largest float32 of its sign. */
const finite = (value: number): number =>
  Number.isNaN(value) ? MAX_FLOAT32 : Math.max(-MAX_FLOAT32, Math.min(MAX_FLOAT32, value));

/** Writes a number that should be finite, as float32. */
export function writeFloat(writer: Writer, value: number): void {
  writer.f32(finite(value));
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

const widthOf = (values: Curve): number => {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return highest - lowest;
};

/** The lower median; undefined of none. */
const usualOf = (sizes: Curve): number | undefined =>
  sizes.toSorted((a, b) => a - b)[Math.floor((sizes.length - 1) / 2)];

const allOn = (curve: Curve, grid: number): boolean => curve.every((value) => onGrid(value, grid));

/**
 * Whether a grid leaves most numbers of a curve no digit, as where a run diverged and its last losses are on another scale. The grid is the finest of its purpose:
 * what a coarser one loses, a reader is told. On the first, which has the smallest steps of all, rounding errors may well be 0.
 */
function isFlattened(curve: Curve, grid: number | null): boolean {
  const usual = usualOf(curve.map(Math.abs)) ?? 0;
  return grid !== null && grid > 0 && usual > 0 && usual < FEW_STEPS * stepOf(grid) && !allOn(curve, grid);
}

/** Whether a few curves are on another scale than the rest. */
function standApart(curves: Curves): boolean {
  const widths = curves.filter(({ length }) => length > 0).map(widthOf);
  const usual = usualOf(widths.filter((width) => width > 0));
  return widths.length > 1 && usual !== undefined && widthOf(curves.flat()) > MUCH_WIDER * usual;
}

const isEmpty = (curves: Curves): boolean => curves.every(({ length }) => length === 0);

/** Writes the range, then whole numbers. */
function writeWhole(writer: CodedWriter, whole: Curves, lowest: number, related: Related): void {
  const span = widthOf(whole.flat());
  writer.varint(span);
  writer.curves(whole, { lowest, highest: lowest + span }, related);
}

function readWhole(reader: CodedReader, lengths: Curve, lowest: number, related: Related, what: string): number[][] {
  const highest = lowest + reader.count(MAX_SPAN, what);
  return reader.curves(lengths, { lowest, highest }, related, what);
}

const lowestOf = (whole: Curves): number => whole.flat().reduce((least, value) => Math.min(least, value), Infinity);

/**
 * Writes a group, rounded as the writer's fidelity allows for its purpose.
 * @returns the curves as a reader will get them
 */
export function writeCurves(writer: CodedWriter, curves: Curves, detail: Detail, related: Related = {}): number[][] {
  if (isEmpty(curves)) return curves.map(() => []);
  const values = curves.map((curve) => curve.map(finite));
  const finest = chooseGrid(values.flat(), FINE[detail].levels);
  const isLost = (curve: Curve) => curve.length >= ENOUGH && isFlattened(curve, finest);
  if (values.length > 1 && (standApart(values) || values.some(isLost))) {
    writer.u8(APART);
    return values.map((curve) => writeCurves(writer, [curve], detail)[0]);
  }
  const grid = isFlattened(values.flat(), finest) ? null : chooseGrid(values.flat(), writer.fidelity[detail].levels);
  if (grid === null) {
    writer.u8(FLOATS);
    for (const value of values.flat()) writer.f32(value);
    return values.map((curve) => curve.map(Math.fround));
  }
  const whole = values.map((curve) => curve.map((value) => toGrid(value, grid)));
  const lowest = lowestOf(whole);
  writer.u8(GRID);
  writer.u8(grid);
  writer.varint(zigzag(lowest));
  writeWhole(writer, whole, lowest, related);
  return whole.map((curve) => curve.map((multiple) => fromGrid(multiple, grid)));
}

/** The smallest size n for which every value is a whole number of n-ths, or null. */
function commonDenominator(curves: Curves, sizes: readonly number[]): number | null {
  const fits = (n: number) =>
    curves.every((curve) =>
      curve.every((value) => value >= 0 && value <= 1 && Math.abs(value * n - Math.round(value * n)) < 1e-4),
    );
  const candidates = sizes.filter((n) => Number.isInteger(n) && n > 0 && n < 65536).sort((a, b) => a - b);
  return candidates.find(fits) ?? null;
}

/**
 * Writes curves of accuracies measured on a number of images; `sizes` are the candidate numbers. Other curves are stored like any curve.
 * @returns the curves as a reader will get them
 */
export function writeAccuracies(
  writer: CodedWriter,
  curves: Curves,
  sizes: readonly number[],
  detail: Detail,
  related: Related = {},
): number[][] {
  if (isEmpty(curves)) return curves.map(() => []);
  const n = commonDenominator(curves, sizes);
  if (n === null) return writeCurves(writer, curves, detail, related);
  const step = Math.min(n, writer.fidelity[detail].images);
  const whole = curves.map((curve) => curve.map((value) => Math.round(Math.round(value * n) / step)));
  const lowest = lowestOf(whole);
  writer.u8(COUNTS);
  for (const number of [n, step, lowest]) writer.varint(number);
  writeWhole(writer, whole, lowest, related);
  return whole.map((curve) => curve.map((count) => accuracyOf(count, step, n)));
}

const accuracyOf = (count: number, step: number, n: number): number => Math.min(n, step * count) / n;

/** @throws BinaryError when the bytes do not hold such a group. */
function readCoded(reader: CodedReader, lengths: Curve, what: string, related: Related): number[][] {
  const mode = reader.u8(what);
  switch (mode) {
    case GRID: {
      const grid = reader.u8(what);
      if (grid >= GRIDS) throw new BinaryError(LINK_CHECKS.unknownGrid(what));
      const whole = readWhole(reader, lengths, unzigzag(reader.varint(what)), related, what);
      return whole.map((curve) => curve.map((multiple) => fromGrid(multiple, grid)));
    }
    case COUNTS: {
      const n = reader.count(65535, what);
      const step = reader.count(n, what);
      if (step === 0) throw new BinaryError(LINK_CHECKS.ofNoImages(what));
      const whole = readWhole(reader, lengths, reader.count(n, what), related, what);
      return whole.map((curve) => curve.map((count) => accuracyOf(count, step, n)));
    }
    case FLOATS:
      return lengths.map((length) => Array.from({ length }, () => reader.f32(what)));
    case APART:
      if (lengths.length === 1) throw new BinaryError(LINK_CHECKS.unknownWay(what));
      return lengths.map((length) => readCurves(reader, [length], what)[0]);
    default:
      throw new BinaryError(LINK_CHECKS.unknownWay(what));
  }
}

/**
 * Reads a group that writeCurves or writeAccuracies wrote, or one of format 1.
 * @param related as given to the writer
 * @throws BinaryError when the bytes do not hold one.
 */
export function readCurves(
  reader: Reader,
  lengths: readonly number[],
  what: string,
  related: Related = {},
): number[][] {
  if (reader instanceof ByteReader) return byteCurves(reader, lengths, what);
  if (!(reader instanceof CodedReader)) throw new TypeError('Curves are read from a section.');
  if (lengths.every((length) => length === 0)) return lengths.map(() => []);
  return readCoded(reader, lengths, what, related);
}

/** Whole numbers, usually equally spaced: pairs of (difference, repetitions). */
export function writeSteps(writer: Writer, steps: readonly number[]): void {
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
export function readSteps(reader: Reader, limit: number, what: string): number[] {
  const length = reader.count(limit, what);
  const steps: number[] = [];
  let previous = 0;
  while (steps.length < length) {
    const difference = unzigzag(reader.varint(what));
    const repeat = reader.count(length - steps.length, what);
    if (repeat === 0) throw new BinaryError(LINK_CHECKS.noRepeat(what));
    for (let i = 0; i < repeat; i++) steps.push((previous += difference));
  }
  return steps;
}
