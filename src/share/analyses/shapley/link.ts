/** Section 4: Shapley values per layer, or per projection, with their standard errors. Later additions are at its end: see writeMore. */
import { topThirdShare } from '../../../copra/shapley/concentration.ts';
import type { Projection } from '../../../core/adapter-layout.ts';
import type { ShapleyResult } from '../../../study/analyses/shapley/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { firstEntries, withoutEntries } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readCurves, writeCurves } from '../../link/curve-codec.ts';
import {
  MAX_ENTRIES,
  MAX_POINTS,
  readArm,
  readName,
  readRunList,
  readShare,
  readTables,
  writeRunList,
  writeShare,
  writeTables,
} from '../../link/sections/context.ts';
import { readMeasures, writeMeasures } from '../../link/sections/measures.ts';
import { readPlayers, writePlayers } from '../../link/sections/players.ts';
import { LINK_CHECKS } from '../../link/words.ts';

/** By position in the link: append only. */
const ESTIMATORS = ['exact', 'permutation', 'owen', 'kernel', 'odd'] as const;
/** By position in the link: append only. Null: the player is a layer. */
const PROJECTIONS = ['q', 'k', 'v', 'o', 'fc1', 'fc2', null] as const satisfies readonly (Projection | null)[];
/** Added to the estimator in format 1 when a share of the top third is stored. */
const SHARE_FOLLOWS = 16;
/** Most stages of a training; limits what a forged link can make us allocate. */
const MAX_STAGES = 16;
/** Order in format 1. */
const OLD_ORDER = ['accuracy', 'accuracyError', 'loss', 'lossError'] as const;
/** Every quantity after the one that it follows. */
const ORDER = [
  { quantity: 'loss', detail: 'bar', side: null },
  { quantity: 'accuracy', detail: 'bar', side: 'loss' },
  { quantity: 'lossError', detail: 'error', side: 'loss' },
  { quantity: 'accuracyError', detail: 'error', side: 'lossError' },
] as const;

type Values = Pick<ShapleyResult, 'accuracy' | 'accuracyError' | 'loss' | 'lossError'>;

function writeQuantities(writer: CodedWriter, entries: readonly Values[]): void {
  const written: Partial<Record<keyof Values, number[][]>> = {};
  for (const { quantity, detail, side } of ORDER)
    written[quantity] = writeCurves(
      writer,
      entries.map((entry) => entry[quantity]),
      detail,
      relatedTo(side && written[side]),
    );
}

function readQuantities(reader: Reader, lengths: readonly number[], what: string): Values[] {
  const curves: Partial<Record<keyof Values, number[][]>> = {};
  if (reader.format === 1) for (const quantity of OLD_ORDER) curves[quantity] = readCurves(reader, lengths, what);
  else
    for (const { quantity, side } of ORDER)
      curves[quantity] = readCurves(reader, lengths, what, relatedTo(side && curves[side]));
  return lengths.map((_, i) => ({
    accuracy: curves.accuracy?.[i] ?? [],
    accuracyError: curves.accuracyError?.[i] ?? [],
    loss: curves.loss?.[i] ?? [],
    lossError: curves.lossError?.[i] ?? [],
  }));
}

const relatedTo = (side: number[][] | null | undefined) => (side ? { side } : {});

/** Links round the bars from which shares are computed, so differences up to this do not count. */
const SHARE_ROUNDING = 1e-4;

function writeShapley(writer: CodedWriter, result: StudyResult): void {
  const { shapley } = result;
  writeRunList(writer, result, shapley);
  writeTables(
    writer,
    shapley.map(({ estimator, images, coalitions }) => ({ estimator, images, coalitions })),
    ({ estimator, images, coalitions }) => {
      writer.u8(ESTIMATORS.indexOf(estimator));
      writer.varint(images);
      writer.varint(coalitions);
    },
  );
  writeTables(
    writer,
    shapley.map(({ players }) => players),
    (players) => writePlayers(writer, players),
  );
  writeQuantities(writer, shapley);
  writeMeasures(
    writer,
    shapley.map(({ topThirdShare }) => topThirdShare),
    shapley.map(shareOf),
    SHARE_ROUNDING,
  );
  writeCurves(writer, [shapley.map(({ residual }) => residual)], 'table');
  writeMore(writer, shapley);
}

const BY_PROJECTION = 1;
const WITH_COALITION_ERROR = 2;
const WITH_EVOLUTION = 4;

const stagesOf = (shapley: readonly ShapleyResult[]) => shapley.flatMap(({ evolution = [] }) => evolution);

/** A byte per entry that says what it has beyond values of layers, then that data. */
function writeMore(writer: CodedWriter, shapley: readonly ShapleyResult[]): void {
  const kinds = shapley.map(
    ({ players, coalitionError, evolution }) =>
      (players.some(({ projection }) => projection) ? BY_PROJECTION : 0) +
      (coalitionError ? WITH_COALITION_ERROR : 0) +
      (evolution ? WITH_EVOLUTION : 0),
  );
  for (const kind of kinds) writer.u8(kind);
  const byProjection = shapley.filter((_, i) => kinds[i] & BY_PROJECTION);
  writeTables(
    writer,
    byProjection.map(({ players }) => players.map(({ projection }) => projection ?? null)),
    (projections) => {
      writer.varint(projections.length);
      for (const projection of projections) writer.u8(PROJECTIONS.indexOf(projection));
    },
  );
  const errors = shapley.flatMap(({ coalitionError }) => coalitionError ?? []);
  for (const quantity of ['accuracy', 'loss'] as const)
    writeCurves(
      writer,
      errors.map((error) => error[quantity]),
      'error',
    );
  const stages = stagesOf(shapley);
  for (const { evolution } of shapley) if (evolution) writer.varint(evolution.length);
  for (const { step, topThirdShare } of stages) {
    writer.varint(step);
    writer.u8(topThirdShare === null ? 0 : 1);
    if (topThirdShare !== null) writeShare(writer, topThirdShare);
  }
  writeQuantities(writer, stages);
}

function readMore(reader: Reader, shapley: readonly ShapleyResult[]): ShapleyResult[] {
  // Links of format 1 end here if their studies have no more.
  if (reader.format === 1 && reader.remaining === 0) return [...shapley];
  const kinds = shapley.map(() => reader.u8('more about Shapley values'));
  const which = (kind: number) => shapley.flatMap((_, i) => (kinds[i] & kind ? [i] : []));
  const more = [...shapley];
  const byProjection = which(BY_PROJECTION);
  const projections = readTables(reader, byProjection.length, () =>
    Array.from({ length: reader.count(MAX_POINTS, 'the number of projections') }, () =>
      readName(reader, PROJECTIONS, 'A projection'),
    ),
  );
  byProjection.forEach((i, k) => {
    if (projections[k].length !== shapley[i].players.length) throw new BinaryError(LINK_CHECKS.projections);
    const players = shapley[i].players.map((player, p) => {
      const projection = projections[k][p];
      return projection === null ? player : { ...player, projection };
    });
    more[i] = { ...more[i], players };
  });
  const withErrors = which(WITH_COALITION_ERROR);
  if (withErrors.length > 0) {
    const lengths = withErrors.map((i) => shapley[i].players.length);
    const [accuracy, loss] = [0, 1].map(() => readCurves(reader, lengths, 'the errors over coalitions'));
    withErrors.forEach((i, k) => (more[i] = { ...more[i], coalitionError: { accuracy: accuracy[k], loss: loss[k] } }));
  }
  const evolving = which(WITH_EVOLUTION);
  const counts = evolving.map(() => reader.count(MAX_STAGES, 'the number of steps analysed'));
  const entries = evolving.flatMap((i, k) => Array<number>(counts[k]).fill(i));
  const heads = entries.map(() => ({
    step: reader.varint('a step'),
    topThirdShare: reader.u8('a share') === 1 ? readShare(reader, 'a share') : null,
  }));
  const lengths = entries.map((i) => shapley[i].players.length);
  const values = heads.length > 0 ? readQuantities(reader, lengths, 'Shapley values') : [];
  const stages = heads.map((head, k) => ({ ...head, ...values[k] }));
  for (const i of evolving) more[i] = { ...more[i], evolution: stages.filter((_, k) => entries[k] === i) };
  return more;
}

const readEffort = (reader: Reader, estimator: ShapleyResult['estimator']) => ({
  estimator,
  images: reader.varint('a number of images'),
  coalitions: reader.varint('a number of coalitions'),
});

/** The entries without their measurements. */
function readHeads(reader: Reader, known: Known) {
  const runs = readRunList(reader, known, 'the number of Shapley estimates');
  const efforts = readTables(reader, runs.length, () =>
    readEffort(reader, readName(reader, ESTIMATORS, 'An estimator')),
  );
  return runs.map((run, i) => ({ ...run, ...efforts[i], residual: 0, topThirdShare: null }));
}

function readOldHead(reader: Reader, known: Known) {
  const [arm, seed] = [readArm(reader, known), reader.varint('a seed')];
  const kind = reader.u8('an estimator');
  const estimator = ESTIMATORS[kind % SHARE_FOLLOWS];
  if (estimator === undefined || kind >= 2 * SHARE_FOLLOWS) {
    throw new BinaryError(LINK_CHECKS.unknownKind('An estimator'));
  }
  return { arm, seed, ...readEffort(reader, estimator), ...readOldMeasures(reader, kind >= SHARE_FOLLOWS) };
}

/** Format 1, where residual and share of an entry precede its values. */
const readOldMeasures = (reader: Reader, hasShare: boolean) => ({
  residual: reader.f32('a residual'),
  topThirdShare: hasShare ? readShare(reader, 'a share') : null,
});

const shareOf = ({ players, accuracy }: Pick<ShapleyResult, 'players' | 'accuracy'>): number | null =>
  players.length === accuracy.length ? topThirdShare(players, accuracy) : null;

type Known = Pick<StudyResult, 'config'>;

function readShapley(reader: Reader, known: Known): ShapleyResult[] {
  const old = reader.format === 1;
  const heads = old
    ? Array.from({ length: reader.count(MAX_ENTRIES, 'the number of Shapley estimates') }, () =>
        readOldHead(reader, known),
      )
    : readHeads(reader, known);
  const players = readTables(reader, heads.length, () => readPlayers(reader, 'the number of players'));
  const values = readQuantities(
    reader,
    players.map((list) => list.length),
    'the Shapley values',
  );
  const entries = heads.map((head, i) => ({ ...head, players: players[i], ...values[i] }));
  return readMore(reader, old ? entries : withMeasures(reader, entries));
}

function withMeasures(reader: Reader, entries: readonly ShapleyResult[]): ShapleyResult[] {
  const shares = readMeasures(reader, entries.length, () => entries.map(shareOf));
  const [residuals] = readCurves(reader, [entries.length], 'the residuals');
  return entries.map((entry, i) => ({ ...entry, topThirdShare: shares[i], residual: residuals[i] }));
}

export const SHAPLEY_SECTION: Section = {
  tag: 4,
  holds: ({ shapley }) => shapley.length > 0,
  from: ({ shapley }) => shapley,
  details: ['bar', 'error', 'table'],
  reductions: [{ code: 48, worth: 630, figure: 'asked', apply: withoutEntries('shapley') }],
  ofFirstSeeds: firstEntries('shapley', ({ arm }) => arm),
  write: writeShapley,
  read: (reader, known) => ({ shapley: readShapley(reader, known) }),
};
