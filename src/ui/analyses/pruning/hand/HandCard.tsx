/** Pruning by hand. It fetches tables or queries the worker, so it waits until a reader comes near. */
import { Suspense, useEffect, useRef, useState } from 'react';
import type { StudyResult } from '../../../../study/result/result.ts';
import chart from '../../../charts/charts.module.css';
import { lazily } from '../../../lazily.ts';
import css from './hand-card.module.css';

const PruneByHand = lazily(async () => (await import('./PruneByHand.tsx')).PruneByHand);

/** How far away a reader is near. */
const NEAR = '200px';

export function HandCard({ result }: { result: StudyResult }) {
  const card = useRef<HTMLElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!card.current) return;
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && setNear(true), { rootMargin: NEAR });
    observer.observe(card.current);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={card} className={`${chart.figure} ${css.card}`} aria-label="Prune by hand">
      <div className={chart.head}>
        <h3 className={chart.title}>Prune by hand</h3>
      </div>
      {isNear && (
        <Suspense>
          <PruneByHand result={result} />
        </Suspense>
      )}
    </section>
  );
}
