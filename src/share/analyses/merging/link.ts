/** Section 8: the runs of an arm merged in every way. Present only in links of studies with merging. */
import type { MergingResult } from '../../../study/analyses/merging/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readValue, writeValue } from '../../link/value-codec.ts';
import { imageCounts, MAX_ENTRIES, MAX_POINTS, readArm, writeArm } from '../../link/sections/context.ts';
import { readMerge, writeMerge } from '../../link/sections/merges.ts';
import { readScores, writeScores } from '../../link/sections/scores.ts';
import { LINK_CHECKS } from '../../link/words.ts';

const HAS_ENSEMBLE = 1;
const HAS_SWEEP = 2;
/** The runs belong to several arms, and no arm follows. */
const ACROSS = 4;

type Score = Pick<MergingResult['runs'][number], 'accuracy' | 'loss'>;

/** All figures of a group in storage order. */
function scoresOf({ runs, ensemble, merges, sweep }: MergingResult): Score[] {
  const swept = (sweep?.scales ?? []).map((_, i) => ({
    accuracy: sweep?.accuracy[i] ?? 0,
    loss: sweep?.loss[i] ?? 0,
  }));
  return [...runs, ...(ensemble ? [ensemble] : []), ...merges, ...swept];
}

function writeMerging(writer: CodedWriter, result: StudyResult): void {
  const groups = result.merging ?? [];
  writer.varint(groups.length);
  for (const group of groups) {
    const { arm, runs, ensemble, merges, sweep, validation } = group;
    writer.u8((ensemble ? HAS_ENSEMBLE : 0) + (sweep ? HAS_SWEEP : 0) + (arm === null ? ACROSS : 0));
    if (arm !== null) writeArm(writer, result, arm);
    writer.varint(validation);
    writer.varint(runs.length);
    for (const run of runs) {
      writeArm(writer, result, run.arm);
      writer.varint(run.seed);
    }
    writer.varint(merges.length);
    for (const merge of merges) writeMerge(writer, merge);
    if (sweep) writeValue(writer, sweep.scales);
  }
  const scores = groups.map(scoresOf);
  writeScores(
    writer,
    {
      accuracy: scores.map((list) => list.map(({ accuracy }) => accuracy)),
      loss: scores.map((list) => list.map(({ loss }) => loss)),
    },
    { sizes: imageCounts(result), accuracy: 'figure', loss: 'table' },
  );
}

function readNumbers(reader: Reader): number[] {
  const value = readValue(reader);
  const numbers = Array.isArray(value) ? (value as unknown[]) : null;
  if (!numbers || numbers.length > MAX_POINTS || !numbers.every((n) => typeof n === 'number' && Number.isFinite(n)))
    throw new BinaryError(LINK_CHECKS.sweepFactors);
  return numbers as number[];
}

function readHead(reader: Reader, known: Pick<StudyResult, 'config'>) {
  const flags = reader.u8('the parts of a merge');
  const arm = flags & ACROSS ? null : readArm(reader, known);
  const validation = reader.varint('a number of images');
  const runs = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of merged runs') }, () => ({
    arm: readArm(reader, known),
    seed: reader.varint('a seed'),
  }));
  const merges = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of merges') }, () => readMerge(reader));
  const scales = flags & HAS_SWEEP ? readNumbers(reader) : null;
  return { arm, hasEnsemble: (flags & HAS_ENSEMBLE) > 0, validation, runs, merges, scales };
}

function readMerging(reader: Reader, known: Pick<StudyResult, 'config'>): MergingResult[] {
  const heads = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of merged arms') }, () =>
    readHead(reader, known),
  );
  const lengths = heads.map(
    ({ runs, hasEnsemble, merges, scales }) =>
      runs.length + (hasEnsemble ? 1 : 0) + merges.length + (scales?.length ?? 0),
  );
  const { accuracy: accuracies, loss: losses } = readScores(reader, lengths, 'of the merges');
  return heads.map(({ arm, hasEnsemble, validation, runs, merges, scales }, i) => {
    const scores = accuracies[i].map((accuracy, j): Score => ({ accuracy, loss: losses[i][j] }));
    const take = (count: number): Score[] => scores.splice(0, count);
    const ofRuns = take(runs.length);
    const [ensemble] = hasEnsemble ? take(1) : [null];
    const ofMerges = take(merges.length);
    return {
      arm,
      runs: runs.map((run, j) => ({ ...run, ...ofRuns[j] })),
      ensemble,
      merges: merges.map((merge, j) => ({ ...merge, ...ofMerges[j] })),
      sweep: scales && {
        scales,
        accuracy: scores.map(({ accuracy }) => accuracy),
        loss: scores.map(({ loss }) => loss),
      },
      validation,
    };
  });
}

export const MERGING_SECTION: Section = {
  tag: 8,
  holds: ({ merging }) => merging !== undefined,
  from: ({ merging }) => merging,
  details: ['figure', 'table'],
  reductions: [{ code: 15, worth: 600, figure: 'asked', apply: withoutPart('merging') }],
  write: writeMerging,
  read: (reader, known) => ({ merging: readMerging(reader, known) }),
};
