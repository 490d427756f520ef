/** Pruning by hand, collapsed: opening it fetches tables or queries the worker. */
import { Suspense } from 'react';
import type { StudyResult } from '../../../../study/result/result.ts';
import chart from '../../../charts/charts.module.css';
import { Fold } from '../../../controls/Fold.tsx';
import { lazily } from '../../../lazily.ts';

const PruneByHand = lazily(async () => (await import('./PruneByHand.tsx')).PruneByHand);

export function HandCard({ result }: { result: StudyResult }) {
  return (
    <section className={chart.figure} aria-label="Prune by hand">
      <Fold
        quiet
        title={<span className={chart.title}>Prune by hand</span>}
        summary="switch layers off, see what is left"
      >
        <Suspense>
          <PruneByHand result={result} />
        </Suspense>
      </Fold>
    </section>
  );
}
