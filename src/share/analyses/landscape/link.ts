/** Section 3: accuracy and loss along the paths between two adapters. */
import { barrier } from '../../../copra/landscape.ts';
import { pairsOf } from '../../../core/pairs.ts';
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { firstEntries, withoutEntries } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readValue, writeValue } from '../../link/value-codec.ts';
import {
  imageCounts,
  MAX_ENTRIES,
  MAX_POINTS,
  type Plan,
  readArm,
  readName,
  readPlanned,
  readShare,
  readTables,
  writeArm,
  writePlanned,
  writeTables,
} from '../../link/sections/context.ts';
import { gainBasis, readGains, writeGains, type GainBasis } from '../../link/sections/gains.ts';
import { readNumbers, writeMeasures } from '../../link/sections/measures.ts';
import { readScores, writeScores } from '../../link/sections/scores.ts';
import { LINK_CHECKS } from '../../link/words.ts';

/** By position in the link: append only. */
const PATHS = ['factor', 'product'] as const;

const evenly = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (count > 1 ? first + ((last - first) * i) / (count - 1) : first));

/** Positions along a path: length, then 1 with the first and last of equally spaced positions, or 0 with all positions. */
export function writeLambdas(writer: CodedWriter, lambdas: readonly number[]): void {
  writer.varint(lambdas.length);
  if (lambdas.length === 0) return;
  const [first, last] = [lambdas[0], lambdas[lambdas.length - 1]];
  const even = evenly(first, last, lambdas.length).every((lambda, i) => Math.abs(lambda - lambdas[i]) < 1e-9);
  writer.u8(even ? 1 : 0);
  for (const lambda of even ? [first, last] : lambdas) writeValue(writer, lambda);
}

function readNumber(reader: Reader, what: string): number {
  const value = readValue(reader);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BinaryError(LINK_CHECKS.notNumber(what));
  return value;
}

/** As `writeLambdas` stores them. @throws BinaryError where the data ends or a position is no finite number */
export function readLambdas(reader: Reader): number[] {
  const count = reader.count(MAX_POINTS, 'the number of points of a path');
  if (count === 0) return [];
  if (reader.u8() === 1) return evenly(readNumber(reader, 'A position'), readNumber(reader, 'A position'), count);
  return Array.from({ length: count }, () => readNumber(reader, 'A position'));
}

type Known = Pick<StudyResult, 'config' | 'task'>;
type Path = Pick<LandscapeResult, 'lambdas' | 'accuracy' | 'loss'>;

/** The basis of the gain at the midpoint; null if no point is the midpoint or there is no base. */
function midpointBasis(path: Pick<LandscapeResult, 'lambdas' | 'accuracy'>, { task }: Known): GainBasis | null {
  const value = (lambda: number) => path.accuracy[path.lambdas.findIndex((at) => Math.abs(at - lambda) < 1e-9)];
  const [start, middle, end] = [value(0), value(0.5), value(1)];
  if (start === undefined || middle === undefined || end === undefined) return null;
  return gainBasis(task, middle, (start + end) / 2);
}

/** The barriers of a path, from its points; 0 if it lacks two ends. */
const barriersOf = ({ lambdas, accuracy, loss }: Path) => ({
  barrierAccuracy: lambdas.length > 1 ? barrier(lambdas, accuracy, 'accuracy') : 0,
  barrierLoss: lambdas.length > 1 ? barrier(lambdas, loss, 'loss') : 0,
});

/** Smaller differences of a loss are rounding: links of format 1 stored its curves in 255 levels. */
const LOSS_ROUNDING = 0.01;

/** Ends that an earlier path already has: all pairs of an adapter share it as an end. */
function sharedEnds(heads: readonly Pick<LandscapeResult, 'arm' | 'seeds'>[], lengths: readonly number[]) {
  const seen = new Map<string, readonly [number, number]>();
  return heads.map(({ arm, seeds }, path) => {
    const twins = new Map<number, readonly [number, number]>();
    seeds.forEach((seed, end) => {
      const at = end === 0 ? 0 : lengths[path] - 1;
      const before = seen.get(`${arm} ${seed}`);
      if (before) twins.set(at, before);
      else seen.set(`${arm} ${seed}`, [path, at]);
    });
    return twins;
  });
}

export function writeLandscapes(writer: CodedWriter, result: StudyResult): void {
  const { landscape } = result;
  writePathList(writer, result, landscape, result.config.analyses.landscape.paths);
  writeTables(
    writer,
    landscape.map(({ lambdas }) => lambdas),
    (lambdas) => writeLambdas(writer, lambdas),
  );
  const lengths = landscape.map(({ lambdas }) => lambdas.length);
  writeScores(
    writer,
    { accuracy: landscape.map(({ accuracy }) => accuracy), loss: landscape.map(({ loss }) => loss) },
    { sizes: imageCounts(result), accuracy: 'path', loss: 'path', twins: sharedEnds(landscape, lengths) },
  );
  const expected = landscape.map(barriersOf);
  for (const [measure, within] of BARRIERS)
    writeMeasures(
      writer,
      landscape.map((path) => path[measure]),
      expected.map((path) => path[measure]),
      within,
    );
  writeGains(
    writer,
    landscape.map(({ midpointRetainedGain }) => midpointRetainedGain),
    landscape.map((path) => midpointBasis(path, result)),
  );
}

const BARRIERS = [
  ['barrierAccuracy', 2e-5],
  ['barrierLoss', LOSS_ROUNDING],
] as const;

type Head = Pick<LandscapeResult, 'arm' | 'path' | 'seeds'>;

/** The planned paths of a study. */
const pathPlan = (
  { config: { arms, seeds } }: Pick<StudyResult, 'config'>,
  kinds: readonly Head['path'][],
): Plan<Head> => ({
  arms: arms.length * kinds.length,
  of: (most) => {
    // Pairs of the first seeds, up to the maximum.
    const pairs = pairsOf(seeds.slice(0, MAX_ENTRIES)).slice(0, most);
    return arms.flatMap(({ id }) => kinds.flatMap((path) => pairs.map((pair) => ({ arm: id, path, seeds: pair }))));
  },
});

const readHead = (reader: Reader, known: Known): Head => ({
  arm: readArm(reader, known),
  seeds: [reader.varint('a seed'), reader.varint('a seed')] as [number, number],
  path: readName(reader, PATHS, 'A path'),
});

/** @param kinds that the settings name */
export function writePathList(
  writer: CodedWriter,
  result: Pick<StudyResult, 'config'>,
  entries: readonly Head[],
  kinds: readonly Head['path'][],
): void {
  const heads = entries.map(({ arm, path, seeds }): Head => ({ arm, path, seeds: [...seeds] }));
  writePlanned(writer, heads, pathPlan(result, kinds), ({ arm, seeds, path }) => {
    writeArm(writer, result, arm);
    for (const seed of seeds) writer.varint(seed);
    writer.u8(PATHS.indexOf(path));
  });
}

export const readPathList = (reader: Reader, known: Known, kinds: readonly Head['path'][]): Head[] =>
  readPlanned(reader, 'the number of paths', pathPlan(known, kinds), () => readHead(reader, known));

/** Format 1: barriers precede the points. */
const readOldHead = (reader: Reader, known: Known) => ({
  ...readHead(reader, known),
  barrierAccuracy: readShare(reader, 'a barrier'),
  barrierLoss: reader.f32('a barrier'),
});

function readPoints<T extends Pick<LandscapeResult, 'arm' | 'seeds'>>(reader: Reader, heads: readonly T[]) {
  const lambdas = readTables(reader, heads.length, () => readLambdas(reader));
  const lengths = lambdas.map((positions) => positions.length);
  const { accuracy, loss } = readScores(reader, lengths, 'along the paths', sharedEnds(heads, lengths));
  return heads.map((head, i) => ({ ...head, lambdas: lambdas[i], accuracy: accuracy[i], loss: loss[i] }));
}

export function readLandscapes(reader: Reader, known: Known): LandscapeResult[] {
  if (reader.format === 1) {
    const length = reader.count(MAX_ENTRIES, 'the number of paths');
    const paths = readPoints(
      reader,
      Array.from({ length }, () => readOldHead(reader, known)),
    );
    const gains = readGains(reader, length, () => paths.map((path) => midpointBasis(path, known)));
    return paths.map((path, i) => ({ ...path, midpointRetainedGain: gains[i] }));
  }
  const paths = readPoints(reader, readPathList(reader, known, known.config.analyses.landscape.paths));
  const { length } = paths;
  const expected = paths.map(barriersOf);
  const barriers = readNumbers(reader, length, () => expected.map(({ barrierAccuracy }) => barrierAccuracy));
  const lossBarriers = readNumbers(reader, length, () => expected.map(({ barrierLoss }) => barrierLoss));
  const gains = readGains(reader, length, () => paths.map((path) => midpointBasis(path, known)));
  return paths.map((path, i) => ({
    ...path,
    barrierAccuracy: barriers[i],
    barrierLoss: lossBarriers[i],
    midpointRetainedGain: gains[i],
  }));
}

/** Paths with unaligned factors. */
export const plainPaths = ({ landscape }: StudyResult): LandscapeResult[] =>
  landscape.filter(({ alignment }) => !alignment);

const alternate = <T>(list: readonly T[]): T[] => list.filter((_, i) => i % 2 === 0);

/** Drops every other point of paths that still have their ends and middle afterwards. */
function halvedPaths(result: StudyResult): StudyResult {
  const halved = result.landscape.map((path) => {
    if (path.lambdas.length <= 5 || path.lambdas.length % 4 !== 1) return path;
    const { lambdas, accuracy, loss, train } = path;
    const half = { lambdas: alternate(lambdas), accuracy: alternate(accuracy), loss: alternate(loss) };
    if (!train) return { ...path, ...half };
    return { ...path, ...half, train: { ...train, accuracy: alternate(train.accuracy), loss: alternate(train.loss) } };
  });
  return halved.some((path, i) => path !== result.landscape[i]) ? { ...result, landscape: halved } : result;
}

export const LANDSCAPE_SECTION: Section = {
  tag: 3,
  holds: (result) => plainPaths(result).length > 0,
  from: ({ landscape }) => landscape,
  details: ['path'],
  reductions: [
    { code: 45, worth: 320, apply: halvedPaths },
    { code: 49, worth: 640, figure: 'asked', apply: withoutEntries('landscape') },
  ],
  ofFirstSeeds: firstEntries('landscape', ({ arm, path, alignment }) => `${arm} ${path} ${alignment}`),
  write: (writer, result) => writeLandscapes(writer, { ...result, landscape: plainPaths(result) }),
  read: (reader, known) => ({ landscape: readLandscapes(reader, known) }),
};
