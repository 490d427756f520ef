import type { StudyConfig } from './config.ts';

/** Training alone: the analyses that every configuration has are switched off, the others absent. */
export const noAnalyses = ({
  testImages,
  landscape,
  shapley,
  pruning,
}: StudyConfig['analyses']): StudyConfig['analyses'] => ({
  testImages,
  landscape: { ...landscape, enabled: false },
  shapley: { ...shapley, enabled: false },
  pruning: { ...pruning, enabled: false },
});
