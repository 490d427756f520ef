/** The two halves of the method: layers that are dropped less and less often, and adapters of two seeds that become one. */
import type { StudyResult } from '../../../study/result/result.ts';
import { Dropping } from './Dropping.tsx';
import { Merging } from './Merging.tsx';
import css from './strategy.module.css';

export function Strategy({ result }: { result: StudyResult }) {
  return (
    <div className={css.strategy}>
      <Dropping result={result} />
      <Merging result={result} />
    </div>
  );
}
