/** What a study has to know of a part of its result: who is spoken of, what belongs together, how two of them become one. */
import type { StudyConfig } from '../config/config.ts';
import type { StudyResult } from './result.ts';

export interface OfRun {
  readonly arm: string;
  readonly seed: number;
}

/** Lists that go together: what they belong to, how long they have to be, how long they are. */
export type Lengths = readonly [what: string, expected: number, ...got: number[]];

/** @template P the part, where it is there */
export interface ResultPart<P> {
  /** Keys that tell its entries apart: a new entry replaces the one that agrees in all of them. Absent: news replaces the whole part. */
  readonly identity?: readonly string[];
  /** Entries that may be there once only: what they are, and what names each. */
  readonly names: (part: P) => readonly (readonly [what: string, names: readonly string[]])[];
  /** The runs it speaks of. */
  readonly runs: (part: P) => readonly OfRun[];
  /** Arms it speaks of besides. */
  readonly arms?: (part: P) => readonly string[];
  readonly lengths: (part: P) => readonly Lengths[];
  /** Without what is of other arms; the same object where nothing is. */
  readonly ofArms: (part: P, arms: ReadonlySet<string>) => P;
  /** Of two studies, at least one of which has it. @param added seeds that only the second study has */
  readonly united: (first: P | undefined, second: P | undefined, added: ReadonlySet<number>) => P;
  /** Entries in the order in which a study of all seeds at once finds them. */
  readonly ordered: (part: P, config: StudyConfig) => P;
  /** Counts what a study with these settings would have found besides. A study united from several lacks some. Absent: nothing. */
  readonly missing?: (result: StudyResult) => number;
  /** Whether it needs adapters from the way through training, which are not kept. Absent: it does not. */
  readonly followsTraining?: (config: StudyConfig) => boolean;
  /** Without the answers to single images; absent: it has none. */
  readonly withoutAnswers?: (part: P) => P;
}

export const runName = ({ arm, seed }: OfRun): string => `arm "${arm}", seed ${seed}`;

/** An arm, or all runs where a group is of several. */
export const groupName = ({ arm }: { readonly arm: string | null }): string =>
  arm === null ? 'all runs' : `arm "${arm}"`;

/** The same array where all entries stay. */
export function kept<T>(entries: T[], stays: (entry: T) => boolean): T[] {
  const staying = entries.filter(stays);
  return staying.length < entries.length ? staying : entries;
}

export const ofArms = <T extends { readonly arm: string }>(entries: T[], arms: ReadonlySet<string>): T[] =>
  kept(entries, ({ arm }) => arms.has(arm));

/** Groups whose runs are all of the arms. */
export const groupsOfArms = <T extends { readonly arm: string | null }>(
  groups: T[],
  arms: ReadonlySet<string>,
  runsOf: (group: T) => readonly { readonly arm: string }[],
): T[] =>
  kept(
    groups,
    (group) => (group.arm === null || arms.has(group.arm)) && runsOf(group).every(({ arm }) => arms.has(arm)),
  );

/** Entries of the first list, and those of the second about seeds that only it has. */
export const unitedRuns = <T extends { readonly seed: number }>(
  first: T[] = [],
  second: T[] = [],
  added: ReadonlySet<number>,
): T[] => [...first, ...second.filter(({ seed }) => added.has(seed))];

/** What is of all seeds of a study: that of the first where it has one. */
export function firstKnown<P>(first: P | undefined, second: P | undefined): P {
  const known = first ?? second;
  if (known === undefined) throw new Error('Neither study has this part.');
  return known;
}

/** By arm, then by what `place` says, number by number. */
export function byArm<T extends { readonly arm: string }>(
  entries: readonly T[],
  { arms }: StudyConfig,
  place: (entry: T) => readonly number[],
): T[] {
  const placesOf = (entry: T): number[] => [arms.findIndex(({ id }) => id === entry.arm), ...place(entry)];
  return inPlaces(entries, placesOf);
}

/** In the order of their places, number by number. */
export const inPlaces = <T>(entries: readonly T[], placesOf: (entry: T) => readonly number[]): T[] =>
  entries.toSorted((a, b) => {
    const [x, y] = [placesOf(a), placesOf(b)];
    const different = x.findIndex((value, i) => value !== y[i]);
    return different < 0 ? 0 : x[different] - y[different];
  });

/** A part of one entry per run. */
export const perRun = <T extends OfRun>(
  what: string,
  lengths: (entry: T) => readonly Lengths[],
  withoutAnswers: (entry: T) => T,
): ResultPart<T[]> => ({
  identity: ['arm', 'seed'],
  names: (entries) => [[what, entries.map(runName)]],
  runs: (entries) => entries,
  lengths: (entries) => entries.flatMap(lengths),
  ofArms,
  united: unitedRuns,
  ordered: (entries, config) => byArm(entries, config, ({ seed }) => [config.seeds.indexOf(seed)]),
  withoutAnswers: (entries) => entries.map(withoutAnswers),
});
