/** Statistics and measurements of the GPU, for the panels. */
import type { GpuDescription, GpuInspector } from '../../gpu-inspector.ts';
import { linearOperations } from './ops/linear.ts';
import type { Runtime } from './runtime.ts';

/** Side of the matrices of the peak measurement; an emulated GPU would need seconds for the larger one. */
const PEAK_SIZE = { hardware: 2048, software: 512 };
const PEAK_ROUNDS = 5;

export function createInspector(runtime: Runtime, description: GpuDescription): GpuInspector {
  let peak: Promise<number> | null = null;
  return {
    description,
    takeStatistics: () => runtime.counter.take(),
    measure: (run) => runtime.counter.measure(run),
    peakGflops: () =>
      (peak ??= measurePeak(runtime).catch((error: unknown) => {
        peak = null; // memory may be free the next time
        throw error;
      })),
    get allocatedBytes() {
      return runtime.allocatedBytes;
    },
  };
}

/** The best of several products of two square matrices, by the clock of the host. */
async function measurePeak(runtime: Runtime): Promise<number> {
  const size = runtime.software ? PEAK_SIZE.software : PEAK_SIZE.hardware;
  const values = new Float32Array(size * size).fill(1 / size);
  const maps = linearOperations(runtime);
  const map = maps.linear({ weight: values, bias: null, inFeatures: size, outFeatures: size });
  const x = runtime.uploaded(values, size, size);
  const groups = { count: 1, rowsPerGroup: size };
  const counted = runtime.counter.take();
  let best = Infinity;
  try {
    for (let round = 0; round <= PEAK_ROUNDS; round++) {
      const from = performance.now();
      runtime.free(maps.applyLinear(x, map, groups, null, null));
      await runtime.finish();
      if (round > 0) best = Math.min(best, performance.now() - from); // the first one compiles
    }
  } finally {
    runtime.free(x);
    maps.freeLinear(map);
    runtime.counter.restore(counted);
  }
  return (2 * size ** 3) / (best * 1e6);
}
