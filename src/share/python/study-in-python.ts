/** Which of a study's analyses analyses.py knows. */
import { without } from '../../core/without.ts';
import { USUAL_MERGING } from '../../study/analyses/merging/settings.ts';
import type { StudyConfig } from '../../study/config/config.ts';

/** The study as far as Python knows it, and merging, which it always does: what a result that is computed there is the result of. */
export function studyInPython({ analyses: wanted, ...config }: StudyConfig): StudyConfig {
  const { testImages, pruning, merging = USUAL_MERGING } = wanted;
  const { enabled, points, paths } = wanted.landscape;
  const shapley = without(wanted.shapley, 'evolution');
  const merged = { ...merging, enabled: true };
  const analyses = { testImages, landscape: { enabled, points, paths }, shapley, pruning, merging: merged };
  return { ...config, analyses };
}
