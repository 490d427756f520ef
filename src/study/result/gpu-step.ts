/** A training step as the GPU sees it, measured every few seconds: its work, and how long that takes. */
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
