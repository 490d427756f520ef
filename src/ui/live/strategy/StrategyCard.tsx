/** Animation of the method with this study's data, collapsed by default. */
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { Suspense } from 'react';
import type { StudyResult } from '../../../study/result/result.ts';
import chart from '../../charts/charts.module.css';
import { Fold } from '../../controls/Fold.tsx';
import { lazily } from '../../lazily.tsx';
import { STRATEGY_WORDS } from './messages.ts';

const Strategy = lazily(async () => (await import('./Strategy.tsx')).Strategy);

export function StrategyCard({ result }: { result: StudyResult }) {
  return (
    <section className={chart.figure} data-folds aria-label={PART_WORDS.strategy}>
      <Fold quiet title={<span className={chart.title}>{PART_WORDS.strategy}</span>} summary={STRATEGY_WORDS.summary}>
        <Suspense>
          <Strategy result={result} />
        </Suspense>
      </Fold>
    </section>
  );
}
