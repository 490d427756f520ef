/** The work of every phase of a study. */
import { isOn } from '../analyses/analysis.ts';
import { ANALYSES } from '../analyses/registry.ts';
import type { AnalysisId, StudyConfig } from '../config/config.ts';
import { passes, trainingWork, type StudyWork, type Work, type WorkSizes } from './work.ts';

export function studyWork(config: StudyConfig, sizes: WorkSizes): StudyWork {
  const analyses = ANALYSES.map(({ id, work }) => [id, isOn(config, id) ? work(config, sizes) : passes(0)] as const);
  return {
    train: trainingWork(config, sizes.trained),
    test: passes((sizes.runs + 1) * sizes.testImages),
    ...(Object.fromEntries(analyses) as Record<AnalysisId, Work>),
  };
}
