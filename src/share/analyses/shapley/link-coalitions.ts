/** Section 15: what the values of all coalitions say beyond Shapley values. Present only where a run of section 4 has it. */
import { pairCount } from '../../../core/pairs.ts';
import { without } from '../../../core/without.ts';
import type { EveryCoalition, ShapleyResult } from '../../../study/analyses/shapley/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { readCurves, writeAccuracies, writeCurves } from '../../link/curve-codec.ts';
import { firstOfEach } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { imageCounts } from '../../link/sections/context.ts';

/** In link order. Those in the first list are counts of images. */
const COUNTED = ['first', 'last'] as const;
const AVERAGED = ['best', 'mean'] as const;

const known = ({ shapley }: Pick<StudyResult, 'shapley'>): EveryCoalition[] =>
  shapley.flatMap(({ everyCoalition }) => everyCoalition ?? []);

const relatedTo = (side: number[][]) => ({ side });

/** A byte per entry of section 4 that says whether it is here, then that data: losses, and accuracies that follow them. */
function writeEvery(writer: CodedWriter, result: StudyResult): void {
  for (const { everyCoalition } of result.shapley) writer.u8(everyCoalition ? 1 : 0);
  const entries = known(result);
  const lists = (key: keyof EveryCoalition['interactions'] & ('accuracy' | 'accuracyError' | 'loss' | 'lossError')) =>
    entries.map(({ interactions }) => interactions[key]);
  const losses = writeCurves(writer, lists('loss'), 'bar');
  writeCurves(writer, lists('accuracy'), 'bar', relatedTo(losses));
  const errors = writeCurves(writer, lists('lossError'), 'error');
  writeCurves(writer, lists('accuracyError'), 'error', relatedTo(errors));
  const scores = (keys: readonly (typeof COUNTED | typeof AVERAGED)[number][], quantity: 'accuracy' | 'loss') =>
    keys.flatMap((key) => entries.map((entry) => entry[key][quantity]));
  const ofCounted = writeCurves(writer, scores(COUNTED, 'loss'), 'table');
  writeAccuracies(writer, scores(COUNTED, 'accuracy'), imageCounts(result), 'curve', relatedTo(ofCounted));
  const ofAveraged = writeCurves(writer, scores(AVERAGED, 'loss'), 'table');
  writeCurves(writer, scores(AVERAGED, 'accuracy'), 'curve', relatedTo(ofAveraged));
  for (const mask of entries.flatMap(({ bestMasks }) => bestMasks)) writer.varint(mask);
}

function readEvery(reader: Reader, shapley: readonly ShapleyResult[]): ShapleyResult[] {
  const held = shapley.filter(() => reader.u8('interactions of layers') === 1);
  const players = held.map((entry) => entry.players.length);
  const pairs = players.map(pairCount);
  const read = (lengths: readonly number[], what: string, side?: number[][]) =>
    readCurves(reader, lengths, what, side ? relatedTo(side) : {});
  const loss = read(pairs, 'the interactions of layers');
  const accuracy = read(pairs, 'the interactions of layers', loss);
  const lossError = read(pairs, 'the errors of interactions');
  const accuracyError = read(pairs, 'the errors of interactions', lossError);
  const readScores = <K extends string>(keys: readonly K[]) => {
    const lengths = keys.flatMap(() => players.map((count) => count + 1));
    const losses = read(lengths, 'the losses of sets of layers');
    const accuracies = read(lengths, 'the accuracies of sets of layers', losses);
    return held.map(
      (_, i) =>
        Object.fromEntries(
          keys.map((key, k) => {
            const at = k * held.length + i;
            return [key, { accuracy: accuracies[at], loss: losses[at] }];
          }),
        ) as Record<K, EveryCoalition['first']>,
    );
  };
  const counted = readScores(COUNTED);
  const averaged = readScores(AVERAGED);
  const every = held.map((_, i): EveryCoalition => ({
    interactions: {
      accuracy: accuracy[i],
      accuracyError: accuracyError[i],
      loss: loss[i],
      lossError: lossError[i],
    },
    ...counted[i],
    ...averaged[i],
    bestMasks: Array.from({ length: players[i] + 1 }, () => reader.varint('a set of layers')),
  }));
  return shapley.map((entry) => {
    const i = held.indexOf(entry);
    return i < 0 ? entry : { ...entry, everyCoalition: every[i] };
  });
}

/** Of the first few seeds of every arm only: with two towers it is longer than all else. */
const everyCoalitionOf =
  (most: number) =>
  (result: StudyResult): StudyResult => {
    const whole = result.shapley.filter(({ everyCoalition }) => everyCoalition);
    const kept = firstOfEach(whole, ({ arm }) => arm, most);
    if (kept === whole) return result;
    const shapley = result.shapley.map((entry) => (kept.includes(entry) ? entry : without(entry, 'everyCoalition')));
    return { ...result, shapley };
  };

export const EVERY_COALITION_SECTION: Section = {
  tag: 15,
  holds: (result) => known(result).length > 0,
  from: ({ shapley }) => shapley,
  details: ['bar', 'error', 'table', 'curve'],
  reductions: [
    { code: 76, worth: 100, apply: everyCoalitionOf(3) },
    { code: 56, worth: 280, figure: 'unasked', apply: everyCoalitionOf(0) },
  ],
  write: writeEvery,
  // Without section 4 there are no players to read them for.
  read: (reader, { shapley }) => (shapley.length > 0 ? { shapley: readEvery(reader, shapley) } : {}),
};
