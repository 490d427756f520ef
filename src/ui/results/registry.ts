/** The figures of a result. */
import { CURVES, TAPE } from '../live/figures.ts';
import { ADAPTERS } from './adapters/figure.ts';
import { DOMAINS } from './domains/analysis.ts';
import { FEDERATED } from './federated/analysis.ts';
import type { Figure, ShownAnalysis } from './figure.ts';
import { GEOMETRY } from './geometry/analysis.ts';
import { LANDSCAPE } from './landscape/analysis.ts';
import { MERGING } from './merging/analysis.ts';
import { MULTITASK } from './multitask/analysis.ts';
import { PLANE } from './plane/analysis.ts';
import { PRUNING } from './pruning/analysis.ts';
import { SHAPLEY } from './shapley/analysis.ts';
import { SHARPNESS } from './sharpness/analysis.ts';
import { SPECTRA } from './spectra/analysis.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { SUMMARY } from './summary/figure.ts';
import { SWEEP } from './sweep/figure.ts';

/** The analyses of the basic method first, then those that only some studies use. */
const ANALYSES = [
  LANDSCAPE,
  SHAPLEY,
  PRUNING,
  DOMAINS,
  PLANE,
  GEOMETRY,
  SPECTRA,
  SHARPNESS,
  MERGING,
  FEDERATED,
  MULTITASK,
] as const;

export const SHOWN_ANALYSES: readonly ShownAnalysis[] = ANALYSES;

const OF_ANALYSES = SHOWN_ANALYSES.flatMap(({ figures }) => figures);

/** In page order. */
const FIGURES: readonly Figure[] = [SWEEP, SUMMARY, ...OF_ANALYSES, ADAPTERS];

/**
 * The figures that have content, or that the study requests.
 * @param result for a sweep, at the selected value
 * @param whole the sweep with all its values
 */
export const figuresOf = (result: StudyResult, whole = result): readonly Figure[] =>
  FIGURES.filter((figure) => {
    const shown = figure.ofWholeSweep ? whole : result;
    return figure.fills(shown) || figure.isAskedFor(shown.config);
  });

type Framed =
  (typeof ANALYSES)[number]['figures'][number] | typeof SWEEP | typeof CURVES | typeof TAPE | typeof SUMMARY;

export type ViewId = Framed['views'][number]['id'];

/** Figures available in embedded frames, in list order. */
export const FRAMED: readonly Figure[] = [...OF_ANALYSES, SWEEP, CURVES, TAPE, SUMMARY];
