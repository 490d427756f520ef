import { Suspense } from 'react';
import { useStudy } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { lazily } from '../lazily.tsx';
import { STUDY_WORDS } from './messages.ts';

/** Loaded lazily: inside the fold. */
const TrainingFields = lazily(async () => (await import('./TrainingFields.tsx')).TrainingFields);

export function TrainingSection() {
  const { steps, batchSize } = useStudy((state) => state.config.training);
  return (
    <Fold title={STUDY_WORDS.training.title} summary={STUDY_WORDS.training.summary(steps, batchSize)}>
      <Suspense>
        <TrainingFields />
      </Suspense>
    </Fold>
  );
}
