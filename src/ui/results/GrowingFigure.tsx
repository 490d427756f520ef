/** A figure of a result that may still be growing: until the study has something for it, it shows the earlier result, paler. */
import { EarlierContext } from '../charts/figure-contexts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Figure } from './figure.ts';
import css from './growing.module.css';

interface GrowingFigureProps {
  readonly figure: Figure;
  readonly result: StudyResult;
  /** What the page showed before the running study; null while none runs. */
  readonly earlier: StudyResult | null;
}

const isBegun = ({ begins, fills }: Figure, result: StudyResult): boolean => (begins ?? fills)(result);

/** The same figure all along, so that what the reader chose in it stays. */
export function GrowingFigure({ figure, result, earlier }: GrowingFigureProps) {
  const { Content } = figure;
  const shown = earlier && !isBegun(figure, result) && isBegun(figure, earlier) ? earlier : result;
  const isEarlier = shown !== result;
  return (
    <div className={css.growing} data-earlier={isEarlier || undefined}>
      <p className={css.tag}>{isEarlier && 'before · measuring …'}</p>
      <EarlierContext value={isEarlier ? 'shown' : earlier ? 'under' : 'none'}>
        <Content result={shown} />
      </EarlierContext>
    </div>
  );
}
