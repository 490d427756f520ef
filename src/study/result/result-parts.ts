/** The parts of a study's result. What holds for every part is a loop over them. */
import { DOMAINS_PART } from '../analyses/domains/part.ts';
import { FEDERATED_PART } from '../analyses/federated/part.ts';
import { GEOMETRY_PART } from '../analyses/geometry/part.ts';
import { LANDSCAPE_PART } from '../analyses/landscape/part.ts';
import { MERGING_PART } from '../analyses/merging/part.ts';
import { MULTITASK_PART } from '../analyses/multitask/part.ts';
import { PLANE_PART } from '../analyses/plane/part.ts';
import { PRUNING_PART } from '../analyses/pruning/part.ts';
import { SHAPLEY_PART } from '../analyses/shapley/part.ts';
import { SHARPNESS_PART } from '../analyses/sharpness/part.ts';
import { SPECTRA_PART } from '../analyses/spectra/part.ts';
import { TIMELINE_PART } from '../analyses/timeline/part.ts';
import { TIMING_PART } from '../analyses/timing/part.ts';
import { CONFUSIONS_PART, PREDICTIONS_PART } from '../predictions/part.ts';
import type { StudyConfig } from '../config/config.ts';
import type { Narrow } from './narrow.ts';
import { type ResultPart, perRun, runName } from './result-part.ts';
import type { StudyResult, RunResult } from './result.ts';
import { without } from '../../core/without.ts';

/** The runs of a study: curves, tape and test accuracy of each. */
const RUNS_PART = perRun<RunResult>(
  'runs',
  (run) => [['runs.losses', runName(run), run.lossSteps.length, run.losses.length]],
  (run) => ({ ...run, test: run.test && without(run.test, 'correct') }),
);

const PARTS = {
  runs: RUNS_PART,
  landscape: LANDSCAPE_PART,
  shapley: SHAPLEY_PART,
  pruning: PRUNING_PART,
  merging: MERGING_PART,
  planes: PLANE_PART,
  multitask: MULTITASK_PART,
  federated: FEDERATED_PART,
  geometry: GEOMETRY_PART,
  domains: DOMAINS_PART,
  spectra: SPECTRA_PART,
  sharpness: SHARPNESS_PART,
  timeline: TIMELINE_PART,
  timing: TIMING_PART,
  predictions: PREDICTIONS_PART,
  confusions: CONFUSIONS_PART,
};

/** Entries of a result that belong to runs and arms: all but its description. */
export type PartKey = keyof typeof PARTS;

type PartOf<K extends PartKey> = ResultPart<NonNullable<StudyResult[K]>>;
const CHECKED: { readonly [K in PartKey]: PartOf<K> } = PARTS;

export const PART_KEYS = Object.keys(PARTS) as PartKey[];

/**
 * News of a part: a list, or an object of lists. Each entry replaces the one that agrees with it in the keys of `identity`, or is appended.
 * Without `identity` the news replaces the whole part.
 */
export type Found = {
  readonly [K in PartKey]: {
    readonly type: 'found';
    readonly part: K;
    readonly found: NonNullable<StudyResult[K]>;
    readonly identity?: readonly string[];
  };
}[PartKey];

/** The event that reports what was found. */
export const found = <K extends PartKey>(part: K, value: NonNullable<StudyResult[K]>): Found =>
  ({ type: 'found', part, found: value, identity: CHECKED[part].identity }) as Found;

/** A part, and what a result holds of it, whatever it is: the loops below see that both belong together. */
type AnyPart = ResultPart<unknown>;
const partOf = (key: PartKey): AnyPart => CHECKED[key] as AnyPart;

/** Concatenates what `read` returns for every part that a result holds. */
export const partsIn = <T>(result: StudyResult, read: (part: AnyPart, value: unknown) => readonly T[]): T[] =>
  PART_KEYS.flatMap((key) => (result[key] === undefined ? [] : read(partOf(key), result[key])));

/** The result with every part changed; the same object when `change` changes nothing. */
export function mapParts(result: StudyResult, change: (part: AnyPart, value: unknown) => unknown): StudyResult {
  const changed = PART_KEYS.flatMap((key) => {
    const value = result[key];
    if (value === undefined) return [];
    const next = change(partOf(key), value);
    return next === value ? [] : [[key, next] as const];
  });
  return changed.length > 0 ? { ...result, ...(Object.fromEntries(changed) as Partial<StudyResult>) } : result;
}

/** A result for people who were not there: without the names of others' devices. The same object when it holds none. */
export const withoutPeople = (result: StudyResult): StudyResult =>
  mapParts(result, (part, value) => part.withoutPeople?.(value) ?? value);

/** What figures that show some of the arms read of a result. */
export const shownOfArms: Narrow = (result, arms) => ({
  ...mapParts(result, (part, value) => (part.shownOfArms ?? part.ofArms)(value, arms)),
  config: { ...result.config, arms: result.config.arms.filter(({ id }) => arms.has(id)) },
});

/** Number of findings that a study with these settings should have but lacks, by part; complete parts are left out. */
export const missingFindings = (result: StudyResult): { readonly [K in PartKey]?: number } =>
  Object.fromEntries(
    PART_KEYS.flatMap((key) => {
      const missing = partOf(key).missing?.(result) ?? 0;
      return missing > 0 ? [[key, missing]] : [];
    }),
  );

/** Whether its figures need the adapters of every run from during training. */
export const followsTraining = (config: StudyConfig): boolean =>
  PART_KEYS.some((key) => partOf(key).followsTraining?.(config) ?? false);

/** Unites the parts of two results. */
export function uniteParts(first: StudyResult, second: StudyResult, added: ReadonlySet<number>): Partial<StudyResult> {
  const united = PART_KEYS.flatMap((key) =>
    first[key] === undefined && second[key] === undefined
      ? []
      : [[key, partOf(key).united(first[key], second[key], added)] as const],
  );
  return Object.fromEntries(united);
}

/** What images besides those of the task two results are of, where these differ; null where they do not, or one of the results is without them. */
export function otherImagesOf(first: StudyResult, second: StudyResult): [first: string, second: string] | null {
  for (const key of PART_KEYS) {
    const [a, b] = [first, second].map((result) =>
      result[key] === undefined ? null : (partOf(key).otherImages?.(result[key]).join(', ') ?? null),
    );
    if (a !== null && b !== null && a !== b) return [a, b];
  }
  return null;
}

/** Only the parts of a result. */
export const partsOf = (result: StudyResult): Partial<StudyResult> =>
  Object.fromEntries(PART_KEYS.flatMap((key) => (result[key] === undefined ? [] : [[key, result[key]]])));
