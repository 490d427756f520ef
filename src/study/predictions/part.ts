import { inPlaces, kept, type OfRun, type ResultPart } from '../result/result-part.ts';
import { RESULT_CHECKS } from '../result/words.ts';
import { KINDS, type Confusion, type Prediction } from './result.ts';

const nameOf = ({ of, arm, seeds, name }: Prediction): string =>
  [of, arm ?? RESULT_CHECKS.noArmGiven, ...seeds.map(RESULT_CHECKS.ofSeed), name].join(' ');

const runsOf = (entries: readonly { readonly arm: string | null; readonly seeds: readonly number[] }[]): OfRun[] =>
  entries.flatMap(({ arm, seeds }) => (arm === null ? [] : seeds.map((seed) => ({ arm, seed }))));

const armsOf = (entries: readonly { readonly arm: string | null }[]): string[] =>
  entries.flatMap(({ arm }) => arm ?? []);

const ofArms = <T extends { readonly arm: string | null }>(entries: T[], arms: ReadonlySet<string>): T[] =>
  kept(entries, ({ arm }) => arm === null || arms.has(arm));

/** Predictions of variants, all of the same images. */
export const PREDICTIONS_PART: ResultPart<Prediction[]> = {
  identity: ['of', 'arm', 'seeds', 'name'],
  names: (entries) => [['predictions', entries.map(nameOf)]],
  runs: runsOf,
  arms: armsOf,
  lengths: (entries) =>
    entries.length > 0
      ? [['predictions', null, entries[0].answers.length, ...entries.map(({ answers }) => answers.length)]]
      : [],
  ofArms,
  // A midpoint belongs to the second study alone when one of its ends does; merges cover all seeds of a study.
  united: (first = [], second = [], added) => [
    ...first,
    ...second.filter(({ seeds }) => seeds.some((seed) => added.has(seed))),
  ],
  ordered: (entries, { arms, seeds: planned }) =>
    inPlaces(entries, ({ of, arm, seeds }) => [
      KINDS.indexOf(of),
      arms.findIndex(({ id }) => id === arm),
      ...seeds.map((seed) => planned.indexOf(seed)),
    ]),
};

const summed = (a: Confusion, b: Confusion): Confusion => ({
  ...a,
  seeds: [...a.seeds, ...b.seeds],
  counts: a.counts.map((count, i) => count + b.counts[i]),
});

/** How often which class was taken for which, for results without the predictions of all images. */
export const CONFUSIONS_PART: ResultPart<Confusion[]> = {
  identity: ['arm'],
  names: (entries) => [['confusions', entries.map(({ arm }) => arm ?? RESULT_CHECKS.backbone)]],
  runs: runsOf,
  arms: armsOf,
  lengths: (entries) =>
    entries.length > 0
      ? [['confusions', null, entries[0].counts.length, ...entries.map(({ counts }) => counts.length)]]
      : [],
  ofArms,
  // Counts of a seed that both studies have cannot be told apart: those of the first study stay.
  united: (first = [], second = [], added) =>
    first.map((entry) => {
      const other = second.find(({ arm }) => arm === entry.arm);
      const adds = other && other.seeds.length > 0 && other.seeds.every((seed) => added.has(seed));
      return adds && other.counts.length === entry.counts.length ? summed(entry, other) : entry;
    }),
  ordered: (entries, { arms }) => inPlaces(entries, ({ arm }) => [arms.findIndex(({ id }) => id === arm)]),
};
