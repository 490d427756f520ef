import { lazily } from '../../lazily.tsx';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
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
        {
          id: 'domains-kept',
          get name() {
            return ANNOUNCED_WORDS.domains.kept;
          },
          Content: KeptFigure,
          height: 560,
        },
      ],
    },
  ],
  missing: { part: 'domains', words: (count) => ANNOUNCED_WORDS.domains.missing(count) },
  contents: ({ domains }) => contentOf(domains?.runs.length ?? 0, (count) => ANNOUNCED_WORDS.domains.contents(count)),
} as const satisfies ShownAnalysis;
