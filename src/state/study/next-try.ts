/** What follows a study that "Try it" began. */
import { TRY_IT_STUDIES } from '../../study/presets/try-it.ts';
import { MAX_SEEDS, type StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { isSameStudy } from './config-changes.ts';

/** Seeds that are added at once. */
export const SEEDS_ADDED = 2;

export type NextTry =
  /** The same study again would be the same to the bit: a longer one, */
  | { readonly kind: 'longer'; readonly config: StudyConfig; readonly seconds: number }
  /** or after the longest more seeds of it. */
  | { readonly kind: 'seeds'; readonly seconds: number }
  /** One that was stopped is begun again. */
  | { readonly kind: 'again' };

const stepsOf = ({ training }: StudyConfig): number => training.steps;

/** @returns null: it is another study @param tries seconds of every study of "Try it"; null: not known */
export function nextTry(result: StudyResult, tries: readonly number[] | null): NextTry | null {
  const { config, provenance, status } = result;
  const own = TRY_IT_STUDIES.find((study) => isSameStudy({ ...study, seeds: config.seeds }, config));
  if (!own) return null;
  if (status !== 'complete') return { kind: 'again' };
  const runs = ({ seeds, training }: StudyConfig): number => seeds.length * training.steps;
  const largest = TRY_IT_STUDIES[TRY_IT_STUDIES.length - 1];
  const longer = TRY_IT_STUDIES.find((study) => stepsOf(study) >= 2 * stepsOf(own)) ?? largest;
  if (longer !== own) {
    const estimate = tries?.[TRY_IT_STUDIES.indexOf(longer)];
    return { kind: 'longer', config: longer, seconds: estimate ?? (provenance.seconds * runs(longer)) / runs(config) };
  }
  const added = Math.min(SEEDS_ADDED, MAX_SEEDS - config.seeds.length);
  return added <= 0 ? null : { kind: 'seeds', seconds: (provenance.seconds * added) / config.seeds.length };
}
