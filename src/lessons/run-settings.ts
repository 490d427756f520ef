/** The small studies that lessons run. */
import { queryToConfig } from '../share/config/config-query.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { fewShots } from '../study/presets/few-shots.ts';
import type { LessonRun, LessonView } from './lesson.ts';

/**
 * Uses the backbone of the presets, not that of the frozen base of addresses.
 * @throws Error for settings that the page would not understand: a mistake in a lesson.
 */
export function runConfig({ settings }: LessonRun): StudyConfig {
  const { config, problems } = queryToConfig(settings);
  if (!config || problems.length > 0) throw new Error(`Settings of a lesson: ${problems.join(' ')}`);
  return { ...config, backbone: fewShots.config.backbone };
}

/** Whether the result on the page is this run's final result, computed here. */
export function hasRun(run: LessonRun, { result, computedHere, running }: LessonView): boolean {
  if (!result || !computedHere || running || result.status !== 'complete') return false;
  return JSON.stringify(result.config) === JSON.stringify(runConfig(run));
}
