/** The figures of a result. */
import { CURVES, TAPE } from '../live/figures.ts';
import { ADAPTERS } from './adapters/figure.ts';
import { CONFUSION } from './confusion/figure.ts';
import { FRONTIER } from './frontier/figure.ts';
import { OWN } from './own/figure.ts';
import { PICTURES } from './pictures/figure.ts';
import { SHOWN_ANALYSES, type AnalysisFigure } from '../analyses/registry.ts';
import type { Figure } from './figure.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { SUMMARY } from './summary/figure.ts';
import { SWEEP } from './sweep/figure.ts';

const OF_ANALYSES = SHOWN_ANALYSES.flatMap(({ figures }) => figures);

/** In page order. */
const FIGURES: readonly Figure[] = [SWEEP, FRONTIER, SUMMARY, PICTURES, OWN, CONFUSION, ...OF_ANALYSES, ADAPTERS];

/** Figures that come with a result unasked: a study that runs may bring them again. */
const cameUnasked = (figure: Figure, earlier: StudyResult): boolean =>
  figure.fills(earlier) && !figure.isAskedFor(earlier.config);

/**
 * The figures that have content, or that the study requests.
 * @param result for a sweep, at the selected value
 * @param whole the sweep with all its values
 * @param earlier what was shown before the study that runs; null while none runs
 */
export const figuresOf = (result: StudyResult, whole = result, earlier: StudyResult | null = null): readonly Figure[] =>
  FIGURES.filter((figure) => {
    const shown = figure.ofWholeSweep ? whole : result;
    return figure.fills(shown) || figure.isAskedFor(shown.config) || (earlier !== null && cameUnasked(figure, earlier));
  });

type Framed =
  | AnalysisFigure
  | typeof SWEEP
  | typeof CURVES
  | typeof TAPE
  | typeof SUMMARY
  | typeof FRONTIER
  | typeof PICTURES
  | typeof CONFUSION;

export type ViewId = Framed['views'][number]['id'];

/** Figures available in embedded frames, in list order. */
export const FRAMED: readonly Figure[] = [...OF_ANALYSES, SWEEP, CURVES, TAPE, SUMMARY, FRONTIER, PICTURES, CONFUSION];
