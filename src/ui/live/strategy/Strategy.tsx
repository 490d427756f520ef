/** The two parts of the method: progressive dropping of layers, and merging the adapters of two seeds. */
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
