import { lazily } from '../../lazily.ts';
import type { StudyConfig } from '../../../study/config/config.ts';
import type { Figure, ResultContent } from '../figure.ts';

const FrontierFigure: ResultContent = lazily(async () => (await import('./FrontierFigure.tsx')).FrontierFigure);

/** Two arms are compared by their table; three or more have a frontier. */
const LEAST_ARMS = 3;
const hasMany = ({ arms }: StudyConfig): boolean => arms.length >= LEAST_ARMS;

export const FRONTIER = {
  part: 'frontier',
  Content: FrontierFigure,
  fills: ({ config, pruning }) => hasMany(config) && pruning.some(({ structured }) => structured.length > 0),
  isAskedFor: (config) => hasMany(config) && config.analyses.pruning.enabled,
  ofWholeSweep: true,
  views: [{ id: 'frontier', height: 460 }],
  absence: 'A frontier takes three or more arms that are pruned.',
} as const satisfies Figure;
