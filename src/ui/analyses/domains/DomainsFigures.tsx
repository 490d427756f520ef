import type { StudyResult } from '../../../study/result/result.ts';
import css from '../../results/results.module.css';
import { KeptFigure } from './KeptFigure.tsx';
import { TargetFigure } from './TargetFigure.tsx';

/** Figures of other domains: the trade with the task, and every domain on its own. */
export function DomainsFigures({ result }: { result: StudyResult }) {
  return (
    <div className={css.group}>
      <TargetFigure result={result} />
      <KeptFigure result={result} />
    </div>
  );
}
