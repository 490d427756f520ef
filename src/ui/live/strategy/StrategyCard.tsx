/** Animation of the method with this study's data, collapsed by default. */
import { Suspense } from 'react';
import type { StudyResult } from '../../../study/result/result.ts';
import chart from '../../charts/charts.module.css';
import { Fold } from '../../controls/Fold.tsx';
import { lazily } from '../../lazily.ts';

const Strategy = lazily(async () => (await import('./Strategy.tsx')).Strategy);

export function StrategyCard({ result }: { result: StudyResult }) {
  return (
    <section className={chart.figure} aria-label="Strategy">
      <Fold
        quiet
        title={<span className={chart.title}>Strategy</span>}
        summary="dropping layers, merging seeds: step by step"
      >
        <Suspense>
          <Strategy result={result} />
        </Suspense>
      </Fold>
    </section>
  );
}
