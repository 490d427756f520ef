import { lazily } from '../../lazily.tsx';
import type { StudyConfig } from '../../../study/config/config.ts';
import type { Figure, ResultContent } from '../figure.ts';
import { RESULT_WORDS } from '../messages.ts';

const FrontierFigure: ResultContent = lazily(async () => (await import('./FrontierFigure.tsx')).FrontierFigure);
const BarrierFigure: ResultContent = lazily(async () => (await import('./FrontierFigure.tsx')).BarrierFigure);

/** Two arms are compared by their table; three or more have a frontier. */
const LEAST_ARMS = 3;
const hasMany = ({ arms }: StudyConfig): boolean => arms.length >= LEAST_ARMS;

/** Whether there are findings of two arms or more. */
const areOfSeveral = (findings: readonly { readonly arm: string }[]): boolean =>
  new Set(findings.map(({ arm }) => arm)).size > 1;

export const FRONTIER = {
  part: 'frontier',
  Content: FrontierFigure,
  fills: ({ config, pruning, landscape }) =>
    hasMany(config) &&
    (areOfSeveral(pruning.filter(({ structured }) => structured.length > 0)) ||
      areOfSeveral(landscape.filter(({ path }) => path === 'factor'))),
  isAskedFor: (config) =>
    hasMany(config) &&
    (config.analyses.pruning.enabled || (config.analyses.landscape.enabled && config.seeds.length > 1)),
  place: 'top',
  ofWholeSweep: true,
  views: [
    { id: 'frontier', height: 560 },
    {
      id: 'arms',
      get name(): string {
        return RESULT_WORDS.views.arms;
      },
      Content: BarrierFigure,
      height: 560,
    },
  ],
  absence: () => RESULT_WORDS.absences.frontier,
} as const satisfies Figure;
