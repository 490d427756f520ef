import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

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
  contents: ({ spectra = [] }) => contentOf(spectra.length, (count) => `spectra of ${counted(count, 'run')}`),
} as const satisfies ShownAnalysis;
