import type { StudyResult } from '../../../study/result/result.ts';
import css from '../../results/results.module.css';
import { ClientsFigure } from './ClientsFigure.tsx';
import { ErrorFigure } from './ErrorFigure.tsx';
import { RoundsFigure } from './RoundsFigure.tsx';

/** Figures of federated training: accuracy, aggregation error, and the distribution of images over clients. */
export function FederatedFigures({ result }: { result: StudyResult }) {
  return (
    <div className={css.group}>
      <RoundsFigure result={result} />
      <div className={css.pair}>
        <ErrorFigure result={result} />
        <ClientsFigure result={result} />
      </div>
    </div>
  );
}
