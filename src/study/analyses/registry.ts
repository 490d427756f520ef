/** The analyses of a study, in the order in which they run. */
import type { AnalysisId } from '../config/config.ts';
import type { Analysis } from './analysis.ts';
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

const BY_ID: { readonly [K in AnalysisId]: Analysis & { readonly id: AnalysisId } } = {
  landscape: LANDSCAPE,
  timeline: TIMELINE,
  timing: TIMING,
  plane: PLANE,
  geometry: GEOMETRY,
  spectra: SPECTRA,
  sharpness: SHARPNESS,
  shapley: SHAPLEY,
  pruning: PRUNING,
  domains: DOMAINS,
  merging: MERGING,
  federated: FEDERATED,
  multitask: MULTITASK,
};

export const ANALYSES: readonly Analysis[] = Object.values(BY_ID);
