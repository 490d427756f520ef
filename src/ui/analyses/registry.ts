/** The analyses as the page presents them: figures, cost, words. */
import type { ShownAnalysis } from '../results/figure.ts';
import { DOMAINS } from './domains/analysis.ts';
import { FEDERATED } from './federated/analysis.ts';
import { GEOMETRY } from './geometry/analysis.ts';
import { LANDSCAPE } from './landscape/analysis.ts';
import { MERGING } from './merging/analysis.ts';
import { MULTITASK } from './multitask/analysis.ts';
import { PLANE } from './plane/analysis.ts';
import { PRUNING } from './pruning/analysis.ts';
import { SHAPLEY } from './shapley/analysis.ts';
import { SHARPNESS } from './sharpness/analysis.ts';
import { SPECTRA } from './spectra/analysis.ts';
import { TIMELINE } from './timeline/analysis.ts';
import { TIMING } from './timing/analysis.ts';

/** The analyses of the basic method first, then those that only some studies use. */
const ANALYSES = [
  LANDSCAPE,
  SHAPLEY,
  PRUNING,
  DOMAINS,
  TIMELINE,
  TIMING,
  PLANE,
  GEOMETRY,
  SPECTRA,
  SHARPNESS,
  MERGING,
  FEDERATED,
  MULTITASK,
] as const;

export const SHOWN_ANALYSES: readonly ShownAnalysis[] = ANALYSES;

/** A figure of an analysis, with the ids of its views. */
export type AnalysisFigure = (typeof ANALYSES)[number]['figures'][number];
