/** Summarises one training step on the GPU in readable rows. */
import type { KernelKind } from '../../../engine/gpu-inspector.ts';
import type { GpuStep } from '../../../study/run/gpu-step.ts';

export interface KindRow {
  readonly kind: KernelKind;
  readonly dispatches: number;
  readonly milliseconds: number | null;
  /** Share of the GPU time of the step; null without timestamps. */
  readonly share: number | null;
  /** Reached GFLOP/s; null without timestamps or arithmetic. */
  readonly gflops: number | null;
  readonly bytes: number;
}

export interface GpuSummary {
  readonly rows: readonly KindRow[];
  /** GPU time of the step in milliseconds; null without timestamps. */
  readonly milliseconds: number | null;
  /** Throughput of the matrix products, also as a share of a large product's throughput on this device. */
  readonly matmulGflops: number | null;
  readonly matmulShareOfPeak: number | null;
}

/** Rows sorted by time, or by dispatches where the GPU has no timestamps. */
export function summariseGpuStep({ statistics, peakGflops }: GpuStep): GpuSummary {
  const entries = Object.entries(statistics.kinds) as [KernelKind, (typeof statistics.kinds)[KernelKind] & object][];
  const timed = entries.filter(([, { milliseconds }]) => milliseconds !== null);
  const total = timed.length > 0 ? timed.reduce((sum, [, { milliseconds }]) => sum + (milliseconds ?? 0), 0) : null;
  const rows = entries.map(([kind, { dispatches, flops, bytes, milliseconds }]): KindRow => {
    const measured = milliseconds !== null && milliseconds > 0;
    return {
      kind,
      dispatches,
      milliseconds,
      share: measured && total ? milliseconds / total : null,
      gflops: measured && flops > 0 ? flops / (milliseconds * 1e6) : null,
      bytes,
    };
  });
  rows.sort((a, b) => (b.milliseconds ?? 0) - (a.milliseconds ?? 0) || b.dispatches - a.dispatches);
  const matmulGflops = rows.find(({ kind }) => kind === 'matmul')?.gflops ?? null;
  return {
    rows,
    milliseconds: total,
    matmulGflops,
    matmulShareOfPeak: matmulGflops !== null && peakGflops > 0 ? matmulGflops / peakGflops : null,
  };
}
