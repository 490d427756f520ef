/** Section 4: Shapley values per layer with their standard errors. */
import type { ShapleyResult, StudyResult } from '../../study/result.ts';
import { BinaryError, type ByteReader, type ByteWriter } from '../binary.ts';
import { readCurves, writeCurves, writeFloat } from '../curve-codec.ts';
import {
  MAX_ENTRIES,
  MAX_POINTS,
  readArm,
  readName,
  readShare,
  readTables,
  writeArm,
  writeShare,
  writeTables,
} from './context.ts';

const ESTIMATORS = ['exact', 'permutation'] as const;
/** Added to the estimator where a share of the top third is stored. */
const SHARE_FOLLOWS = 16;
const TOWERS = ['vision', 'text'] as const;
const QUANTITIES = ['accuracy', 'accuracyError', 'loss', 'lossError'] as const;

type Players = ShapleyResult['players'];

function writePlayers(writer: ByteWriter, players: Players): void {
  writer.varint(players.length);
  for (const { tower, layer } of players) {
    writer.u8(TOWERS.indexOf(tower));
    writer.varint(layer);
  }
}

const readPlayers = (reader: ByteReader): Players =>
  Array.from({ length: reader.count(MAX_POINTS, 'the number of players') }, () => ({
    tower: readName(reader, TOWERS, 'A tower'),
    layer: reader.varint('a layer'),
  }));

export function writeShapley(writer: ByteWriter, result: StudyResult): void {
  const { shapley } = result;
  writer.varint(shapley.length);
  for (const { arm, seed, estimator, images, coalitions, residual, topThirdShare } of shapley) {
    writeArm(writer, result, arm);
    writer.varint(seed);
    // Two kinds of estimator, with and without a share.
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
  const players = readTables(reader, length, () => readPlayers(reader));
  const lengths = players.map((list) => list.length);
  const curves = QUANTITIES.map(() => readCurves(reader, lengths, 'the Shapley values'));
  return heads.map((head, i) => ({
    ...head,
    players: players[i],
    accuracy: curves[0][i],
    accuracyError: curves[1][i],
    loss: curves[2][i],
    lossError: curves[3][i],
  }));
}
