/**
 * A figure of a result that may still be growing. Until the study has something for it, it shows a look at the runs that still train, or else the
 * earlier result, paler.
 */
import { useDeferredValue, useMemo } from 'react';
import { EarlierContext, ReportedContext } from '../charts/figure-contexts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Glimpse } from '../../study/result/glimpse.ts';
import { useStudy } from '../context.ts';
import type { Figure } from './figure.ts';
import { isBegun, shownIn } from './growing.ts';
import css from './growing.module.css';
import { RESULT_WORDS } from './messages.ts';

interface GrowingFigureProps {
  readonly figure: Figure;
  readonly result: StudyResult;
  /** What the page showed before the running study; null while none runs. */
  readonly earlier: StudyResult | null;
}

/** What the figure shows of runs that still train; null where it has its own, or shows nothing of them. */
function useGlimpse(figure: Figure, result: StudyResult): Glimpse | null {
  const { showsGlimpse } = figure;
  const glimpse = useDeferredValue(
    useStudy((state) => (showsGlimpse && state.glimpse && showsGlimpse(state.glimpse) ? state.glimpse : null)),
  );
  return result.status === 'running' && !isBegun(figure, result) ? glimpse : null;
}

/** The same figure all along, so that what the reader chose in it stays. */
export function GrowingFigure({ figure, result, earlier }: GrowingFigureProps) {
  const { Content } = figure;
  const glimpse = useGlimpse(figure, result);
  const shown = shownIn(figure, result, earlier, glimpse);
  // A running study tells of its runs four times a second. Figures that still show the earlier result are not rendered for that.
  const content = useMemo(() => <Content result={shown} glimpse={glimpse} />, [Content, shown, glimpse]);
  const isEarlier = shown !== result;
  const before = useMemo(() => earlier && { result: earlier, isUnder: !isEarlier }, [earlier, isEarlier]);
  return (
    <div className={css.growing} data-earlier={isEarlier || undefined}>
      <p className={css.tag}>{isEarlier && RESULT_WORDS.earlier}</p>
      {/* An earlier result is another study, and a glimpse is in no result. */}
      <ReportedContext value={!isEarlier && glimpse === null}>
        <EarlierContext value={before}>{content}</EarlierContext>
      </ReportedContext>
    </div>
  );
}
