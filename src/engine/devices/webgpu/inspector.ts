/** Statistics and measurements of the GPU, for the panels. */
import { quantile } from '../../../core/statistics.ts';
import type { GpuDescription, GpuInspector } from '../../gpu-inspector.ts';
import { measureInFlight } from '../../in-flight.ts';
import { linearOperations } from './ops/linear.ts';
import type { Runtime } from './runtime.ts';

/** Sides of the matrices of the peak measurement, each twice the one before: the largest is taken of which a product is short. An emulated GPU would need seconds for the larger ones. */
const SIDES = { hardware: [512, 1024, 2048], software: [512] };
/** Products of a round at most, which make little of a clock that is rounded. */
const ROUND_PRODUCTS = 8;
const PEAK_ROUNDS = 5;
/** Milliseconds after which no further round begins: the study waits meanwhile, and the page's picture stands still. */
const PEAK_MS = 200;
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

/** Products of two square matrices. */
interface Products {
  /** Of one product. */
  readonly flops: number;
  /** Of one product, with the news of it. */
  readonly milliseconds: number;
  readonly multiply: (times: number) => Promise<void>;
  readonly free: () => void;
}

/** Products that the GPU has compiled. */
async function productsOf(runtime: Runtime, side: number): Promise<Products> {
  const values = new Float32Array(side * side).fill(1 / side);
  const maps = linearOperations(runtime);
  const map = maps.linear({ weight: values, bias: null, inFeatures: side, outFeatures: side });
  const x = runtime.uploaded(values, side, side);
  const groups = { count: 1, rowsPerGroup: side };
  const multiply = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) runtime.free(maps.applyLinear(x, map, groups, null, null));
    await runtime.finish();
  };
  const free = (): void => {
    runtime.free(x);
    maps.freeLinear(map);
  };
  try {
    await multiply(1); // compiles
    const from = performance.now();
    await multiply(1);
    return { flops: 2 * side ** 3, milliseconds: performance.now() - from, multiply, free };
  } catch (error) {
    free();
    throw error;
  }
}

/** The largest that are short. */
async function shortProducts(runtime: Runtime): Promise<Products> {
  const [least, ...larger] = runtime.software ? SIDES.software : SIDES.hardware;
  let products = await productsOf(runtime, least);
  for (const side of larger) {
    if (2 ** 3 * products.milliseconds > PEAK_MS) break;
    products.free();
    products = await productsOf(runtime, side);
  }
  return products;
}

/**
 * Seconds of the best of several products: by timestamps where the GPU has them, as what it is compared with; else by what further products add to one, because
 * the news of a short one is under way for longer than it takes.
 */
async function bestSeconds({ counter }: Runtime, { multiply, milliseconds }: Products): Promise<number> {
  const together = Math.max(1, Math.min(ROUND_PRODUCTS, Math.floor(PEAK_MS / 2 / milliseconds)));
  const byHost = () => measureInFlight({ run: multiply, enough: PEAK_SECONDS, most: MOST_PRODUCTS });
  /** Null where the GPU does not measure. */
  const byGpu = async (): Promise<number | null> => {
    const { kinds } = await counter.measure(() => multiply(together));
    const all = kinds.matmul?.milliseconds ?? null;
    return all === null ? null : all / together / 1000;
  };
  const gpu: number[] = [];
  const host: number[] = [];
  const from = performance.now();
  for (let round = 0; round < PEAK_ROUNDS && (round === 0 || performance.now() - from < PEAK_MS); round++) {
    const timed = counter.canTime ? await byGpu() : null;
    if (timed) gpu.push(timed);
    else host.push(await byHost());
  }
  // A difference of the host's times is too small as easily as too large.
  return gpu.length > 0 ? Math.min(...gpu) : quantile(host, 0.5);
}

/** GFLOP/s. */
async function measurePeak(runtime: Runtime): Promise<number> {
  const { counter } = runtime;
  const counted = counter.take();
  try {
    const products = await shortProducts(runtime);
    try {
      return products.flops / ((await bestSeconds(runtime, products)) * 1e9);
    } finally {
      products.free();
    }
  } finally {
    counter.restore(counted);
  }
}
