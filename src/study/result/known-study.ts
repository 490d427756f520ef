/** A study that is incomplete for its seeds, or to which seeds are added. Its findings and adapters are kept, and nothing is computed again. */
import { fixed } from '../../core/number-format.ts';
import { sameJson } from '../../core/same-json.ts';
import type { Task } from '../../data/task.ts';
import type { StudyConfig } from '../config/config.ts';
import { frozenOf, isSameFrozen, type Frozen } from './frozen.ts';
import { followsTraining, mapParts, partsOf } from './result-parts.ts';
import { hasDiverged } from './seed-groups.ts';
import type { StudyResult } from './result.ts';
import type { RunAdapter } from './run-adapter.ts';
import { RESULT_CHECKS } from './words.ts';
import { runOf } from './run-names.ts';

export interface KnownStudy {
  readonly result: StudyResult;
  /** One per run of the result. */
  readonly adapters: readonly RunAdapter[];
}

/** Seeds of the configuration that still need training. */
export const newSeeds = (config: StudyConfig, known: KnownStudy | null): number[] =>
  known ? config.seeds.filter((seed) => !known.result.config.seeds.includes(seed)) : [...config.seeds];

/** @throws RangeError when settings or images differ from the study's, or an adapter is missing. */
export function checkKnown(config: StudyConfig, task: Task, { result, adapters }: KnownStudy): void {
  const { seeds, ...rest } = config;
  const { seeds: had, ...settings } = result.config;
  if (!sameJson(rest, settings) || !had.every((seed) => seeds.includes(seed)))
    throw new RangeError(RESULT_CHECKS.otherSettings);
  if (followsTraining(config) && newSeeds(config, { result, adapters }).length > 0)
    throw new RangeError(RESULT_CHECKS.followsTraining);
  const { name: taskName, classes, train } = result.task;
  if (taskName !== task.name || train !== task.train.count || !sameJson(classes, task.classes))
    throw new RangeError(RESULT_CHECKS.otherImages(taskName, train));
  if (!frozenOf(result.task) && result.runs.some(({ test }) => test !== null))
    throw new RangeError(RESULT_CHECKS.noHeadAlone);
  for (const { id, name } of config.arms)
    for (const seed of had)
      if (!hasDiverged(result, id, seed) && !runOf(adapters, id, seed))
        throw new RangeError(RESULT_CHECKS.adapterGone(name, seed));
}

/**
 * Whether the images that are tested are those of the study, as far as their classes tell: other pixels may be of the same files, and `checkFrozen` asks the
 * backbone.
 * @param now the task of the study with more seeds
 * @throws RangeError when they are not
 */
export function checkTested(now: StudyResult['task'], { result }: KnownStudy): void {
  const { task: before } = result;
  const isOther = before.labels !== undefined && now.labels !== undefined && before.labels !== now.labels;
  if (isOther || before.test !== now.test) throw new RangeError(RESULT_CHECKS.otherTestImages);
}

/**
 * Whether the frozen backbone answers as it did in the study, as it does on the same images alone.
 * @param found of the study with more seeds
 * @throws RangeError when it does not
 */
export function checkFrozen(found: Frozen, known: StudyResult): void {
  const before = frozenOf(known.task);
  if (!before || isSameFrozen(before, found)) return;
  const [then, now] = [before, found].map(({ loss }) => fixed(loss, 3));
  throw new RangeError(RESULT_CHECKS.otherFrozen(found.name === 'head only', then, now));
}

/**
 * The part of its result that is kept. Findings about single runs and pairs stay true with more seeds. Merges, planes and distances cover all seeds of an arm;
 * they are shown until those of more seeds replace them.
 * @param fresh the empty result of the study with more seeds
 */
export const startFrom = (fresh: StudyResult, { result }: KnownStudy): StudyResult => ({
  ...fresh,
  ...partsOf(result),
});

/** Entries in the order in which a study of all seeds would find them. */
export const inOrder = (result: StudyResult): StudyResult =>
  mapParts(result, (part, value) => part.ordered(value, result.config));
