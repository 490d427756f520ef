/** Pruning by hand. It fetches tables or queries the worker, so it waits until a reader comes near. */
import { PART_WORDS } from '../../../../lessons/part-words.ts';
import { Suspense, useRef } from 'react';
import { useStore } from 'zustand/react';
import type { StudyResult } from '../../../../study/result/result.ts';
import chart from '../../../charts/charts.module.css';
import { useFold } from '../../../charts/use-fold.tsx';
import { useServices, useStudy } from '../../../context.ts';
import { lazily } from '../../../lazily.tsx';
import { useSeen } from '../../../use-seen.ts';
import css from './hand-card.module.css';

const PruneByHand = lazily(async () => (await import('./PruneByHand.tsx')).PruneByHand);
const HandHelp = lazily(async () => (await import('./PruneByHand.tsx')).HandHelp);

/** How far away a reader is near. */
const NEAR = '200px';

export function HandCard({ result }: { result: StudyResult }) {
  const card = useRef<HTMLElement>(null);
  const isNear = useSeen(card, { near: NEAR });
  const fold = useFold(PART_WORDS.hand);
  const { adapters } = useServices();
  const hasAdapters = useStore(adapters, (state) => state.adapters.length > 0);
  const isLive = useStudy(({ source }) => source === 'live' || source === 'united');
  // Saved results without Shapley values come without coalitions.
  const hasLayers = isLive || hasAdapters || result.shapley.length > 0;
  return (
    <section
      ref={card}
      className={`${chart.figure} ${css.card}`}
      data-layers={(hasLayers && !fold.isFolded) || undefined}
      data-folded={fold.isFolded || undefined}
      aria-label={PART_WORDS.hand}
    >
      <div className={chart.head}>
        <h3 className={chart.title}>
          {PART_WORDS.hand}
          {isNear && (
            <Suspense>
              <HandHelp />
            </Suspense>
          )}
        </h3>
        {fold.button}
      </div>
      {isNear && !fold.isFolded && (
        <Suspense>
          <PruneByHand result={result} />
        </Suspense>
      )}
    </section>
  );
}
