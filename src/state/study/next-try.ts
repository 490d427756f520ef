/** What follows a study that "Try it" began, or the same on other images. */
import { onImagesOf } from '../../study/presets/on-images-of.ts';
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
  | { readonly kind: 'again'; readonly config: StudyConfig; readonly seconds: null };

const stepsOf = ({ training }: StudyConfig): number => training.steps;

/** @returns null: it is another study. The seconds are those of this one in proportion */
export function nextTry({ config, provenance, status }: StudyResult): NextTry | null {
  const studies = TRY_IT_STUDIES.map((study) => onImagesOf(config, study));
  const own = studies.find((study) => isSameStudy({ ...study, seeds: config.seeds }, config));
  if (!own) return null;
  if (status !== 'complete') return { kind: 'again', config, seconds: null };
  const runs = ({ seeds, training }: StudyConfig): number => seeds.length * training.steps;
  const longer = studies.find((study) => stepsOf(study) >= 2 * stepsOf(own)) ?? studies[studies.length - 1];
  if (longer !== own)
    return { kind: 'longer', config: longer, seconds: (provenance.seconds * runs(longer)) / runs(config) };
  const added = Math.min(SEEDS_ADDED, MAX_SEEDS - config.seeds.length);
  return added <= 0 ? null : { kind: 'seeds', seconds: (provenance.seconds * added) / config.seeds.length };
}
