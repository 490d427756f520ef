/** What was asked of the GPU, for the panel and the benchmark. */
import type { KernelKind } from './kernel.ts';

export interface KindStatistics {
  dispatches: number;
  /** Multiplications and additions, counted separately. */
  flops: number;
  /** Bytes read and written, every operand once. */
  bytes: number;
  /** Measured on the GPU; null without timestamps. */
  milliseconds: number | null;
}

export interface GpuStatistics {
  dispatches: number;
  /** queue.writeBuffer calls and their bytes. */
  uploads: number;
  uploadedBytes: number;
  submits: number;
  buffersCreated: number;
  bindGroupsCreated: number;
  pipelinesCreated: number;
  readonly kinds: Partial<Record<KernelKind, KindStatistics>>;
}

export const emptyStatistics = (): GpuStatistics => ({
  dispatches: 0,
  uploads: 0,
  uploadedBytes: 0,
  submits: 0,
  buffersCreated: 0,
  bindGroupsCreated: 0,
  pipelinesCreated: 0,
  kinds: {},
});
