import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const DomainsFigures: ResultContent = lazily(async () => (await import('./DomainsFigures.tsx')).DomainsFigures);

/** Embedded frames show its charts individually. */
const TargetFigure: ResultContent = lazily(async () => (await import('./TargetFigure.tsx')).TargetFigure);
const KeptFigure: ResultContent = lazily(async () => (await import('./KeptFigure.tsx')).KeptFigure);

export const DOMAINS = {
  id: 'domains',
  figures: [
    {
      part: 'domains',
      Content: DomainsFigures,
      fills: ({ domains }) => domains !== undefined,
      isAskedFor: ({ analyses }) => analyses.domains?.enabled ?? false,
      views: [
        { id: 'domains', Content: TargetFigure, height: 560 },
        { id: 'domains-kept', name: 'Other domains: kept of the backbone', Content: KeptFigure, height: 560 },
      ],
    },
  ],
  missing: {
    part: 'domains',
    words: (count) => `other domains along the paths between ${counted(count, 'pair')} of seeds`,
  },
  contents: ({ domains }) =>
    contentOf(domains?.runs.length ?? 0, (count) => `tests of ${counted(count, 'run')} on other domains`),
} as const satisfies ShownAnalysis;
