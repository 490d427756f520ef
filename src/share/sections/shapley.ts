/** Section 4: Shapley values per layer, or per projection, with their standard errors; at its end what came later: see writeMore. */
import { PROJECTIONS } from '../../core/adapter-layout.ts';
import type { ShapleyResult, StudyResult } from '../../study/result.ts';
import { BinaryError, type ByteReader, type ByteWriter } from '../binary.ts';
import { readCurves, writeCurves, writeFloat } from '../curve-codec.ts';
import {
  MAX_ENTRIES,
  MAX_POINTS,
  readArm,
  readShare,
  readTables,
  writeArm,
  writeShare,
  writeTables,
} from './context.ts';
import { readPlayers, writePlayers } from './players.ts';

/** By their place in links: only ever add at the end. */
const ESTIMATORS = ['exact', 'permutation', 'owen', 'kernel', 'odd'] as const;
/** Added to the estimator where a share of the top third is stored. */
const SHARE_FOLLOWS = 16;
/** Of a training; bounds what a forged link can make us allocate. */
const MAX_STAGES = 16;
const QUANTITIES = ['accuracy', 'accuracyError', 'loss', 'lossError'] as const;

export function writeShapley(writer: ByteWriter, result: StudyResult): void {
  const { shapley } = result;
  writer.varint(shapley.length);
  for (const { arm, seed, estimator, images, coalitions, residual, topThirdShare } of shapley) {
    writeArm(writer, result, arm);
    writer.varint(seed);
    // Kinds of estimator, with and without a share.
    writer.u8(ESTIMATORS.indexOf(estimator) + (topThirdShare === null ? 0 : SHARE_FOLLOWS));
    writer.varint(images);
    writer.varint(coalitions);
    writeFloat(writer, residual);
    if (topThirdShare !== null) writeShare(writer, topThirdShare);
  }
  writeTables(
    writer,
    shapley.map(({ players }) => players),
    (players) => writePlayers(writer, players),
  );
  for (const quantity of QUANTITIES) {
    writeCurves(
      writer,
      shapley.map((values) => values[quantity]),
    );
  }
  writeMore(writer, shapley);
}

const BY_PROJECTION = 1;
const WITH_COALITION_ERROR = 2;
const WITH_EVOLUTION = 4;

const stagesOf = (shapley: readonly ShapleyResult[]) => shapley.flatMap(({ evolution = [] }) => evolution);

/** Nothing for exact values of layers; else a byte per entry of what follows, and that. Readers of earlier days skip all of it. */
function writeMore(writer: ByteWriter, shapley: readonly ShapleyResult[]): void {
  const kinds = shapley.map(
    ({ players, coalitionError, evolution }) =>
      (players.some(({ projection }) => projection) ? BY_PROJECTION : 0) +
      (coalitionError ? WITH_COALITION_ERROR : 0) +
      (evolution ? WITH_EVOLUTION : 0),
  );
  if (kinds.every((kind) => kind === 0)) return;
  for (const kind of kinds) writer.u8(kind);
  const byProjection = shapley.filter((_, i) => kinds[i] & BY_PROJECTION);
  writeTables(
    writer,
    byProjection.map(({ players }) => players.map(({ projection }) => projection ?? null)),
    (projections) => {
      writer.varint(projections.length);
      for (const projection of projections)
        writer.u8(projection ? PROJECTIONS.indexOf(projection) : PROJECTIONS.length);
    },
  );
  const errors = shapley.flatMap(({ coalitionError }) => coalitionError ?? []);
  if (errors.length > 0)
    for (const quantity of ['accuracy', 'loss'] as const)
      writeCurves(
        writer,
        errors.map((error) => error[quantity]),
      );
  const stages = stagesOf(shapley);
  for (const { evolution } of shapley) if (evolution) writer.varint(evolution.length);
  for (const { step, topThirdShare } of stages) {
    writer.varint(step);
    writer.u8(topThirdShare === null ? 0 : 1);
    if (topThirdShare !== null) writeShare(writer, topThirdShare);
  }
  if (stages.length > 0)
    for (const quantity of QUANTITIES)
      writeCurves(
        writer,
        stages.map((stage) => stage[quantity]),
      );
}

function readMore(reader: ByteReader, shapley: readonly ShapleyResult[]): ShapleyResult[] {
  if (reader.remaining === 0) return [...shapley];
  const kinds = shapley.map(() => reader.u8('more about Shapley values'));
  const which = (kind: number) => shapley.flatMap((_, i) => (kinds[i] & kind ? [i] : []));
  const more = [...shapley];
  const byProjection = which(BY_PROJECTION);
  const projections = readTables(reader, byProjection.length, () =>
    Array.from({ length: reader.count(MAX_POINTS, 'the number of projections') }, () => reader.u8('a projection')),
  );
  byProjection.forEach((i, k) => {
    if (projections[k].length !== shapley[i].players.length)
      throw new BinaryError('Players of Shapley values do not match their projections.');
    const players = shapley[i].players.map((player, p) => {
      const place = projections[k][p];
      if (place > PROJECTIONS.length)
        throw new BinaryError('A projection is of a kind that this version does not know.');
      return place === PROJECTIONS.length ? player : { ...player, projection: PROJECTIONS[place] };
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
  const curves = heads.length > 0 ? QUANTITIES.map(() => readCurves(reader, lengths, 'Shapley values')) : [];
  const stages = heads.map((head, k) => ({
    ...head,
    accuracy: curves[0][k],
    accuracyError: curves[1][k],
    loss: curves[2][k],
    lossError: curves[3][k],
  }));
  for (const i of evolving) more[i] = { ...more[i], evolution: stages.filter((_, k) => entries[k] === i) };
  return more;
}

function readHead(reader: ByteReader, context: Pick<StudyResult, 'config'>) {
  const arm = readArm(reader, context);
  const seed = reader.varint('a seed');
  const kind = reader.u8('an estimator');
  const estimator = ESTIMATORS[kind % SHARE_FOLLOWS];
  if (estimator === undefined || kind >= 2 * SHARE_FOLLOWS) {
    throw new BinaryError('An estimator is of a kind that this version does not know.');
  }
  return {
    arm,
    seed,
    estimator,
    images: reader.varint('a number of images'),
    coalitions: reader.varint('a number of coalitions'),
    residual: reader.f32('a residual'),
    topThirdShare: kind >= SHARE_FOLLOWS ? readShare(reader, 'a share') : null,
  };
}

export function readShapley(reader: ByteReader, context: Pick<StudyResult, 'config'>): ShapleyResult[] {
  const length = reader.count(MAX_ENTRIES, 'the number of Shapley estimates');
  const heads = Array.from({ length }, () => readHead(reader, context));
  const players = readTables(reader, length, () => readPlayers(reader, 'the number of players'));
  const lengths = players.map((list) => list.length);
  const curves = QUANTITIES.map(() => readCurves(reader, lengths, 'the Shapley values'));
  const values = heads.map((head, i) => ({
    ...head,
    players: players[i],
    accuracy: curves[0][i],
    accuracyError: curves[1][i],
    loss: curves[2][i],
    lossError: curves[3][i],
  }));
  return readMore(reader, values);
}
