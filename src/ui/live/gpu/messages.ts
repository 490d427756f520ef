/** The words of what the GPU did. Kinds of kernels keep their names. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { fixed, integer } from '../../../core/number-format.ts';

export const GPU_WORDS = catalogue('gpu', {
  summary: (step: number, dispatches: number) => `step ${integer(step)}: ${integer(dispatches)} dispatches`,
  time: 'GPU time',
  noTime: 'not told by this browser',
  submissions: 'Submissions',
  uploads: 'Uploads',
  buffers: 'Buffers created',
  memory: 'GPU memory',
  matrixProducts: 'Matrix products',
  /** @param share of the throughput of a large product, in per cent */
  reached: (gflops: string, share: string, peak: number) =>
    `${gflops} GFLOP/s, ${share} of ${fixed(peak, 0)} in a large one`,
  /** Without timestamps. */
  peak: (peak: number) => `– peak ${fixed(peak, 0)} GFLOP/s`,
  columns: { kernels: 'Kernels', dispatches: 'Dispatches', time: 'Time', rate: 'GFLOP/s', bytes: 'Bytes' },
  /** @param grain in milliseconds */
  coarse: (grain: string) =>
    `This browser rounds times to ${grain} ms: sums are right on average, and a rate is told only where the time is long beside that.`,
  note: 'One step of all runs together, measured every few seconds with a timestamp around every kernel, which makes that one step slower than the others. Bytes count every operand once.',
});
