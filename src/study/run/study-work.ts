/** The work of every phase of a study. */
import type { Task } from '../../data/task.ts';
import { isOn } from '../analyses/analysis.ts';
import { ANALYSES } from '../analyses/registry.ts';
import { mostPlayers, playersOf } from '../analyses/shapley/players.ts';
import { completeArm, type AnalysisId, type StudyConfig } from '../config/config.ts';
import type { RunSource } from './run-source.ts';
import { VALIDATION_IMAGES } from './training/validation.ts';
import { passes, trainingWork, type StudyWork, type Work, type WorkSizes } from './work.ts';

export function studyWork(config: StudyConfig, sizes: WorkSizes): StudyWork {
  const analyses = ANALYSES.map(({ id, work }) => [id, isOn(config, id) ? work(config, sizes) : passes(0)] as const);
  // Runs that are not taken with their last adapter may have to be validated once more.
  const apart = config.arms.filter((arm) => completeArm(arm).take !== 'last').length;
  const takenApart = (sizes.trained * apart) / config.arms.length;
  return {
    train: trainingWork(config, sizes.trained),
    test: passes((sizes.runs + 1) * sizes.testImages + takenApart * sizes.validationImages),
    ...(Object.fromEntries(analyses) as Record<AnalysisId, Work>),
  };
}

/** Sizes of a study of these runs. @param testImages number of test images in use */
export const workSizes = (
  { analyses }: StudyConfig,
  { work, kinds }: Pick<RunSource, 'work' | 'kinds'>,
  task: Task,
  testImages: number,
): WorkSizes => ({
  ...work,
  task,
  layout: kinds.reduce((largest, { layout }) => (layout.size > largest.size ? layout : largest), kinds[0].layout),
  players: mostPlayers(kinds.map(({ layout }) => playersOf(layout, analyses.shapley).players)),
  testImages,
  trainImages: task.train.count,
  validationImages: Math.min(task.validation.count, VALIDATION_IMAGES),
});
