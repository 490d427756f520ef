import { Suspense } from 'react';
import { counted } from '../../core/counted.ts';
import { useStudy } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { lazily } from '../lazily.ts';

/** Loaded lazily: inside the fold. */
const TrainingFields = lazily(async () => (await import('./TrainingFields.tsx')).TrainingFields);

export function TrainingSection() {
  const { steps, batchSize } = useStudy((state) => state.config.training);
  return (
    <Fold title="Training" summary={`${counted(steps, 'step')} · batch ${batchSize}`}>
      <Suspense>
        <TrainingFields />
      </Suspense>
    </Fold>
  );
}
