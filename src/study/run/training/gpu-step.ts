/** Measures training steps on the GPU, one every few seconds. */
import type { Engine } from '../../../engine/engine.ts';
import type { GpuStep } from '../../result/gpu-step.ts';

/** Earlier steps compile and allocate. */
const FIRST_STEP = 3;
const EVERY_SECONDS = 5;

export interface GpuMeter {
  /** Never, if the engine reports nothing. */
  isDue(step: number): boolean;
  /** Runs the step and reports what it did. What can be measured of it is no part of it: only the step itself fails. */
  measure(run: () => Promise<void>, step: number): Promise<void>;
}

/** @param engine whose device may be another one after any step */
export function createGpuMeter(
  engine: Pick<Engine, 'inspector'>,
  seconds: () => number,
  tell: (gpuStep: GpuStep) => void,
): GpuMeter {
  let last = -Infinity;
  return {
    isDue: (step) => engine.inspector !== null && step >= FIRST_STEP && seconds() - last >= EVERY_SECONDS,
    async measure(run, step) {
      const { inspector } = engine;
      if (!inspector) return run();
      const statistics = await inspector.measure(run);
      // The device was lost and opened anew: no one device computed this step, so the next one is measured.
      if (engine.inspector !== inspector) return;
      const peakGflops = await inspector.peakGflops().catch(() => null);
      last = seconds();
      const { allocatedBytes } = inspector;
      if (peakGflops !== null) tell({ step: step + 1, statistics, peakGflops, allocatedBytes });
    },
  };
}
