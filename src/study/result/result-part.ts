/** What a study needs to know about a part of its result: the runs it mentions, what belongs together, and how two such parts are united. */
import type { StudyConfig } from '../config/config.ts';
import type { StudyResult } from './result.ts';
import { RESULT_CHECKS } from './words.ts';

/** Some of the tested images. */
interface SomeImages {
  /** Their places among the tested images, rising. */
  readonly places: readonly number[];
  /** Number of tested images. */
  readonly tested: number;
}

export interface OfRun {
  readonly arm: string;
  readonly seed: number;
}

/** Lists that belong together: their field of the file, what it is of (null: nothing else), their expected length, their actual lengths. */
export type Lengths = readonly [field: string, of: string | null, expected: number, ...got: number[]];

/** @template P the part, when present */
export interface ResultPart<P> {
  /** Keys that identify an entry: a new entry replaces the one that agrees in all of them. Absent: news replaces the whole part. */
  readonly identity?: readonly string[];
  /** Entries that may occur only once: their field of the file, and the name of each, in the language that is spoken. */
  readonly names: (part: P) => readonly (readonly [field: string, names: readonly string[]])[];
  /** The runs it mentions. */
  readonly runs: (part: P) => readonly OfRun[];
  /** Further arms it mentions. */
  readonly arms?: (part: P) => readonly string[];
  readonly lengths: (part: P) => readonly Lengths[];
  /** Why it cannot be of the result that holds it, as a sentence; null: it can. Absent: it always can. */
  readonly contradiction?: (part: P, result: StudyResult) => string | null;
  /** The part without entries of other arms; the same object when it has none. */
  readonly ofArms: (part: P, arms: ReadonlySet<string>) => P;
  /** As `ofArms`, but with groups of runs of all arms. Absent: there are none. */
  readonly shownOfArms?: (part: P, arms: ReadonlySet<string>) => P;
  /** Unites the parts of two studies, at least one of which has it. @param added seeds that only the second study has */
  readonly united: (first: P | undefined, second: P | undefined, added: ReadonlySet<number>) => P;
  /** Entries in the order in which a study of all seeds would find them. */
  readonly ordered: (part: P, config: StudyConfig) => P;
  /** Names of the images besides those of the task that it is of, in order, and what else tells them apart. Absent: there are none. */
  readonly otherImages?: (part: P) => readonly string[];
  /** Number of findings that a study with these settings should have but lacks, as a study united from several may. Absent: none. */
  readonly missing?: (result: StudyResult) => number;
  /** Whether it needs adapters from during training, which are not kept. Absent: it does not. */
  readonly followsTraining?: (config: StudyConfig) => boolean;
  /** The part without the answers to single images, with what intervals need of them; absent: it has none. @param answered the result that it is of */
  readonly withoutAnswers?: (part: P, answered: StudyResult) => P;
  /** The part without the names that people gave their devices, the same object when there are none; absent: it holds none. */
  readonly withoutPeople?: (part: P) => P;
  /** The part with the answers to some images in place of those to all, for small results; absent: it keeps none. */
  readonly ofSomeImages?: (part: P, images: SomeImages) => P;
}

export const runName = ({ arm, seed }: OfRun): string => RESULT_CHECKS.run(arm, seed);

/** Names an arm, or all runs when a group belongs to several arms. */
export const groupName = ({ arm }: { readonly arm: string | null }): string =>
  arm === null ? RESULT_CHECKS.allRuns : RESULT_CHECKS.ofArm(arm);

/** Filters a list; returns the same array when all entries stay. */
export function kept<T>(entries: T[], stays: (entry: T) => boolean): T[] {
  const staying = entries.filter(stays);
  return staying.length < entries.length ? staying : entries;
}

export const ofArms = <T extends { readonly arm: string }>(entries: T[], arms: ReadonlySet<string>): T[] =>
  kept(entries, ({ arm }) => arms.has(arm));

/** Groups whose runs all belong to the arms. */
export const groupsOfArms = <T extends { readonly arm: string | null }>(
  groups: T[],
  arms: ReadonlySet<string>,
  runsOf: (group: T) => readonly { readonly arm: string }[],
): T[] =>
  kept(
    groups,
    (group) => (group.arm === null || arms.has(group.arm)) && runsOf(group).every(({ arm }) => arms.has(arm)),
  );

/** Groups of one of the arms, and groups of all runs. */
export const groupsBesideArms = <T extends { readonly arm: string | null }>(
  groups: T[],
  arms: ReadonlySet<string>,
): T[] => kept(groups, ({ arm }) => arm === null || arms.has(arm));

/** Entries of the first list, and those of the second for seeds that only it has. */
export const unitedRuns = <T extends { readonly seed: number }>(
  first: T[] = [],
  second: T[] = [],
  added: ReadonlySet<number>,
): T[] => [...first, ...second.filter(({ seed }) => added.has(seed))];

/** For findings about all seeds of a study: the first study's if it has them, else the second's. */
export function firstKnown<P>(first: P | undefined, second: P | undefined): P {
  const known = first ?? second;
  if (known === undefined) throw new Error('Neither study has this part.');
  return known;
}

/** Sorts by arm, then by the numbers that `place` returns, in order. */
export function byArm<T extends { readonly arm: string }>(
  entries: readonly T[],
  { arms }: StudyConfig,
  place: (entry: T) => readonly number[],
): T[] {
  const placesOf = (entry: T): number[] => [arms.findIndex(({ id }) => id === entry.arm), ...place(entry)];
  return inPlaces(entries, placesOf);
}

/** Sorts entries by their places, number by number. */
export const inPlaces = <T>(entries: readonly T[], placesOf: (entry: T) => readonly number[]): T[] =>
  entries.toSorted((a, b) => {
    const [x, y] = [placesOf(a), placesOf(b)];
    const different = x.findIndex((value, i) => value !== y[i]);
    return different < 0 ? 0 : x[different] - y[different];
  });

/** A part of one entry per run. */
export const perRun = <T extends OfRun>(
  field: string,
  lengths: (entry: T) => readonly Lengths[],
  withoutAnswers: (entry: T) => T,
  ofSomeImages?: (entry: T, images: SomeImages) => T,
): ResultPart<T[]> => ({
  identity: ['arm', 'seed'],
  names: (entries) => [[field, entries.map(runName)]],
  runs: (entries) => entries,
  lengths: (entries) => entries.flatMap(lengths),
  ofArms,
  united: unitedRuns,
  ordered: (entries, config) => byArm(entries, config, ({ seed }) => [config.seeds.indexOf(seed)]),
  withoutAnswers: (entries) => entries.map(withoutAnswers),
  ...(ofSomeImages && { ofSomeImages: (entries, images) => entries.map((entry) => ofSomeImages(entry, images)) }),
});
