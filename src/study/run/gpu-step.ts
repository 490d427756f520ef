/** A training step as the GPU sees it, measured every few seconds: its work, and how long that takes. */
import type { Engine } from '../../engine/engine.ts';
import type { GpuStatistics } from '../../engine/gpu-inspector.ts';

export interface GpuStep {
  /** Counts from 1. */
  readonly step: number;
  readonly statistics: GpuStatistics;
  /** GFLOP/s of a large matrix product on this GPU. */
  readonly peakGflops: number;
  /** Bytes of all GPU buffers. */
  readonly allocatedBytes: number;
}

/** Earlier steps compile and allocate. */
const FIRST_STEP = 3;
const EVERY_SECONDS = 5;

export interface GpuMeter {
  isDue(step: number): boolean;
  /** Runs the step and reports what it did. */
  measure(run: () => Promise<void>, step: number): Promise<void>;
}

/** Null if the engine reports nothing. */
export function createGpuMeter(
  engine: Pick<Engine, 'inspector'>,
  seconds: () => number,
  tell: (gpuStep: GpuStep) => void,
): GpuMeter | null {
  const { inspector } = engine;
  if (!inspector) return null;
  let last = -Infinity;
  return {
    isDue: (step) => step >= FIRST_STEP && seconds() - last >= EVERY_SECONDS,
    async measure(run, step) {
      const statistics = await inspector.measure(run);
      const peakGflops = await inspector.peakGflops();
      last = seconds();
      const { allocatedBytes } = inspector;
      tell({ step: step + 1, statistics, peakGflops, allocatedBytes });
    },
  };
}
