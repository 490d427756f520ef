/** Which result a figure shows while the result of a running study grows. */
import type { StudyResult } from '../../study/result/result.ts';
import type { Glimpse } from '../../study/result/glimpse.ts';
import type { Figure } from './figure.ts';

type Beginning = Pick<Figure, 'begins' | 'fills'>;

/** Whether the result has something to show in the figure. */
export const isBegun = ({ begins, fills }: Beginning, result: StudyResult): boolean => (begins ?? fills)(result);

/**
 * The earlier result until the study has something for the figure, also a glimpse. It stays the same object from event to event, so that the figure need
 * not be rendered again.
 * @param earlier what the page showed before the running study; null while none runs
 */
export const shownIn = (
  figure: Beginning,
  result: StudyResult,
  earlier: StudyResult | null,
  glimpse: Glimpse | null,
): StudyResult => (earlier && !glimpse && !isBegun(figure, result) && isBegun(figure, earlier) ? earlier : result);
