/** Section 9: federated training. Present only in links of studies with it. */
import type { FEDERATED_RULE_IDS } from '../../../copra/federated/rule-list.ts';
import type { FederatedPartition, FederatedResult, FederatedRun } from '../../../study/analyses/federated/result.ts';
import type { PARTITIONS } from '../../../study/analyses/federated/settings.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readCurves, writeCurves } from '../../link/curve-codec.ts';
import {
  imageCounts,
  MAX_ENTRIES,
  MAX_POINTS,
  readArm,
  readName,
  readTables,
  writeArm,
  writeTables,
} from '../../link/sections/context.ts';
import { readPlayers, writePlayers } from '../../link/sections/players.ts';
import { readScores, writeScores } from '../../link/sections/scores.ts';
import { LINK_CHECKS } from '../../link/words.ts';

/** By position in the link: append only. */
const RULES = [
  'fedit',
  'rotated',
  'flexlora',
  'ffa-lora',
  'fedex-lora',
  'stacking',
] as const satisfies typeof FEDERATED_RULE_IDS;
/** By position in the link: append only. */
const KINDS = ['dirichlet', 'style'] as const satisfies typeof PARTITIONS;
/** Errors below this are rounding errors, and are stored as 0. */
const EXACT = 1e-5;
const HAS_ERRORS = 1;
const IS_EXACT = 2;

function writePartition(writer: CodedWriter, { seed, kind, kinds, counts, short }: FederatedPartition): void {
  writer.varint(seed);
  writer.u8(KINDS.indexOf(kind));
  writer.u8(short ? 1 : 0);
  writer.varint(kinds.length);
  // Section 1 has the class names.
  if (kind === 'style') for (const name of kinds) writer.text(name);
  writer.varint(counts.length);
  for (const count of counts.flat()) writer.varint(count);
}

function readPartition(reader: Reader, { task }: Pick<StudyResult, 'task'>): FederatedPartition {
  const seed = reader.varint('a seed');
  const kind = readName(reader, KINDS, 'A partition');
  const short = reader.u8('a partition') === 1;
  const length = reader.count(MAX_ENTRIES, 'the number of classes');
  const kinds =
    kind === 'style'
      ? Array.from({ length }, () => reader.text(100))
      : Array.from({ length }, (_, i) => task.classes[i] ?? `class ${i + 1}`);
  const clients = reader.count(MAX_ENTRIES, 'the number of clients');
  if (clients * length > reader.remaining) throw new BinaryError(LINK_CHECKS.endsInside('the images of clients'));
  const counts = Array.from({ length: clients }, () => kinds.map(() => reader.varint('a number of images')));
  return { seed, kind, kinds, counts, short };
}

function flagsOf({ error, accuracy }: FederatedRun): number {
  if (error.length !== accuracy.length) return 0; // An earlier link omitted them.
  return error.flat().every((value) => value < EXACT) ? IS_EXACT : HAS_ERRORS;
}

function writeFederated(writer: CodedWriter, result: StudyResult): void {
  const { partitions, runs } = result.federated ?? { partitions: [], runs: [] };
  writer.varint(partitions.length);
  for (const partition of partitions) writePartition(writer, partition);
  writer.varint(runs.length);
  for (const run of runs) {
    writeArm(writer, result, run.arm);
    writer.varint(run.seed);
    writer.u8(RULES.indexOf(run.rule));
    writer.u8(flagsOf(run));
    writer.varint(run.down);
    writer.varint(run.up);
    writer.varint(run.accuracy.length);
  }
  writeTables(
    writer,
    runs.map(({ players }) => players),
    (players) => writePlayers(writer, players),
  );
  writeScores(
    writer,
    { accuracy: runs.map(({ accuracy }) => accuracy), loss: runs.map(({ loss }) => loss) },
    { sizes: imageCounts(result), accuracy: 'figure', loss: 'curve' },
  );
  for (const curve of ['drift', 'movement'] as const)
    writeCurves(
      writer,
      runs.map((run) => run[curve]),
      'curve',
    );
  writeCurves(
    writer,
    runs.map((run) => (flagsOf(run) === HAS_ERRORS ? run.error.flat() : [])),
    'curve',
  );
}

function readFederated(reader: Reader, known: Pick<StudyResult, 'config' | 'task'>): FederatedResult {
  const partitions = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of partitions') }, () =>
    readPartition(reader, known),
  );
  const heads = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of federations') }, () => ({
    arm: readArm(reader, known),
    seed: reader.varint('a seed'),
    rule: readName(reader, RULES, 'A rule'),
    flags: reader.u8('a federation'),
    down: reader.varint('an amount of bytes'),
    up: reader.varint('an amount of bytes'),
    rounds: reader.count(MAX_POINTS, 'the number of rounds'),
  }));
  const players = readTables(reader, heads.length, () => readPlayers(reader, 'the number of layers'));
  const lengths = heads.map(({ rounds }) => rounds);
  const { accuracy, loss } = readScores(reader, lengths, 'of rounds');
  const [drift, movement] = ['drifts', 'movements'].map((what) => readCurves(reader, lengths, `the ${what} of rounds`));
  const errors = readCurves(
    reader,
    heads.map(({ flags, rounds }, i) => (flags & HAS_ERRORS ? rounds * players[i].length : 0)),
    'the aggregation errors',
  );
  const runs = heads.map(({ flags, rounds, ...head }, i): FederatedRun => {
    const layers = players[i].length;
    const error = Array.from({ length: flags ? rounds : 0 }, (_, round) =>
      flags & HAS_ERRORS ? errors[i].slice(round * layers, (round + 1) * layers) : players[i].map(() => 0),
    );
    return {
      ...head,
      players: players[i],
      accuracy: accuracy[i],
      loss: loss[i],
      drift: drift[i],
      movement: movement[i],
      error,
    };
  });
  return { partitions, runs };
}

function withoutErrors(result: StudyResult): StudyResult {
  const { federated } = result;
  if (!federated?.runs.some(({ error }) => error.length > 0)) return result;
  return { ...result, federated: { ...federated, runs: federated.runs.map((run) => ({ ...run, error: [] })) } };
}

export const FEDERATED_SECTION: Section = {
  tag: 9,
  holds: ({ federated }) => federated !== undefined,
  from: ({ federated }) => federated,
  details: ['figure', 'curve'],
  reductions: [
    { code: 16, worth: 340, figure: 'asked', apply: withoutErrors },
    { code: 17, worth: 610, figure: 'asked', apply: withoutPart('federated') },
  ],
  write: writeFederated,
  read: (reader, known) => ({ federated: readFederated(reader, known) }),
};
