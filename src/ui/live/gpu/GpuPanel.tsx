import { PART_WORDS } from '../../../lessons/part-words.ts';
import { Suspense } from 'react';
import { useStudy } from '../../context.ts';
import { Fold } from '../../controls/Fold.tsx';
import { lazily } from '../../lazily.tsx';
import css from './gpu.module.css';
import { GPU_WORDS } from './messages.ts';

const GpuStepView = lazily(async () => (await import('./GpuStepView.tsx')).GpuStepView);

/** GPU activity in the last inspected training step; empty while there is none. */
export function GpuPanel() {
  const gpuStep = useStudy((state) => state.gpuStep);
  if (!gpuStep) return null;
  const { dispatches } = gpuStep.statistics;
  return (
    <section className={css.panel}>
      <Fold title={PART_WORDS.gpu} summary={GPU_WORDS.summary(gpuStep.step, dispatches)}>
        <Suspense>
          <GpuStepView gpuStep={gpuStep} />
        </Suspense>
      </Fold>
    </section>
  );
}
