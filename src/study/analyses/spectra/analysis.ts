import type { Analysis } from '../analysis.ts';
import { runSpectra } from './run.ts';
import { spectraWork } from './work.ts';

export const SPECTRA: Analysis = {
  id: 'spectra',
  work: ({ analyses }, { layout, runs }) => spectraWork(layout, runs, analyses.spectra?.directions ?? 0),
  run: (context, { runs }) => runSpectra(context, runs),
};
