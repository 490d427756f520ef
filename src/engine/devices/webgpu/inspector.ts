/** Statistics and measurements of the GPU, for the panels. */
import { quantile } from '../../../core/statistics.ts';
import type { GpuDescription, GpuInspector } from '../../gpu-inspector.ts';
import { measureInFlight } from '../../in-flight.ts';
import { linearOperations } from './ops/linear.ts';
import type { Runtime } from './runtime.ts';

/** Side of the matrices of the peak measurement, and products of a round, which make little of a clock that is rounded. An emulated GPU would need seconds for the larger ones. */
const PEAK = { hardware: { size: 2048, products: 8 }, software: { size: 512, products: 1 } };
const PEAK_ROUNDS = 5;
/** Without timestamps: seconds that products last together, and the most of them. */
const PEAK_SECONDS = 0.03;
const MOST_PRODUCTS = 64;

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

/**
 * The best of several products of two square matrices: by timestamps where the GPU has them, as what it is compared with; else by what further products add to one, because
 * the news of a short one is under way for longer than it takes.
 */
async function measurePeak(runtime: Runtime): Promise<number> {
  const { size, products } = runtime.software ? PEAK.software : PEAK.hardware;
  const values = new Float32Array(size * size).fill(1 / size);
  const maps = linearOperations(runtime);
  const map = maps.linear({ weight: values, bias: null, inFeatures: size, outFeatures: size });
  const x = runtime.uploaded(values, size, size);
  const groups = { count: 1, rowsPerGroup: size };
  const { counter } = runtime;
  const counted = counter.take();
  const multiply = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) runtime.free(maps.applyLinear(x, map, groups, null, null));
    await runtime.finish();
  };
  const byHost = () => measureInFlight({ run: multiply, enough: PEAK_SECONDS, most: MOST_PRODUCTS });
  /** Seconds by the GPU; null where it does not measure. */
  const byGpu = async (): Promise<number | null> => {
    const { kinds } = await counter.measure(() => multiply(products));
    const milliseconds = kinds.matmul?.milliseconds ?? null;
    return milliseconds === null ? null : milliseconds / products / 1000;
  };
  let seconds: number;
  try {
    await multiply(1); // compiles
    const all = { gpu: [] as number[], host: [] as number[] };
    for (let round = 0; round < PEAK_ROUNDS; round++) {
      const timed = counter.canTime ? await byGpu() : null;
      if (timed) all.gpu.push(timed);
      else all.host.push(await byHost());
    }
    // A difference of the host's times is too small as easily as too large.
    seconds = all.gpu.length > 0 ? Math.min(...all.gpu) : quantile(all.host, 0.5);
  } finally {
    runtime.free(x);
    maps.freeLinear(map);
    counter.restore(counted);
  }
  return (2 * size ** 3) / (seconds * 1e9);
}
