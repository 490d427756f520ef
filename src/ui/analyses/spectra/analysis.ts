import { lazily } from '../../lazily.tsx';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';

const SpectraFigure: ResultContent = lazily(async () => (await import('./SpectraFigure.tsx')).SpectraFigure);

export const SPECTRA = {
  id: 'spectra',
  figures: [
    {
      part: 'spectra',
      Content: SpectraFigure,
      fills: ({ spectra = [] }) => spectra.length > 0,
      isAskedFor: ({ analyses }) => analyses.spectra?.enabled ?? false,
      views: [{ id: 'spectra', height: 420 }],
    },
  ],
  contents: ({ spectra = [] }) => contentOf(spectra.length, ANNOUNCED_WORDS.spectraOfRuns),
} as const satisfies ShownAnalysis;
