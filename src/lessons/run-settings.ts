/** The small studies that lessons run: the saved one with fewer steps, fewer test pictures and the analyses that a lesson is about. */
import { sameJson } from '../core/same-json.ts';
import { withSettings } from '../share/config/config-set.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { fewShots } from '../study/presets/few-shots.ts';
import type { LessonRun, LessonView } from './lesson.ts';

const SMALL = 'test-images=200&landscape=off&shapley=off&pruning=off&domains=off&timing=off';

/** @throws RangeError for settings that the page would not understand: a mistake in a lesson */
export const runConfig = ({ settings }: LessonRun): StudyConfig =>
  withSettings(fewShots.config, `${SMALL}&${settings}`.split('&'));

export const isConfigOf = (run: LessonRun, config: StudyConfig): boolean => sameJson(config, runConfig(run));

/** Whether this run is under way, or paused. */
export const isUnderWay = (run: LessonRun, { result, running }: LessonView): boolean =>
  running && result !== null && isConfigOf(run, result.config);

/** Whether the result on the page is this run's final result, computed here. */
export function hasRun(run: LessonRun, { result, computedHere, running }: LessonView): boolean {
  if (!result || !computedHere || running || result.status !== 'complete') return false;
  return isConfigOf(run, result.config);
}
