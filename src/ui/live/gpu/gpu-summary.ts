/** Summarises one training step on the GPU in readable rows. */
import type { KernelKind } from '../../../engine/gpu-inspector.ts';
import { fixed, grouped } from '../../../core/number-format.ts';
import type { GpuStep } from '../../../study/result/gpu-step.ts';
import { milliseconds as fine } from '../../format.ts';

export interface KindRow {
  readonly kind: KernelKind;
  readonly dispatches: number;
  readonly milliseconds: number | null;
  /** Standard error of its time, in milliseconds: what rounding of the clock leaves open. */
  readonly error: number;
  /** Share of the GPU time of the step; null without timestamps. */
  readonly share: number | null;
  /** Reached GFLOP/s; null without timestamps or arithmetic, and where the clock is too coarse. */
  readonly gflops: number | null;
  readonly bytes: number;
}

export interface GpuSummary {
  readonly rows: readonly KindRow[];
  /** Milliseconds to which the clock rounds; 0: so little that nothing is seen of it. */
  readonly grain: number;
  /** GPU time of the step in milliseconds; null without timestamps. */
  readonly milliseconds: number | null;
  /** Its standard error. */
  readonly error: number;
  /** The row of the matrix products. */
  readonly matmul: KindRow | null;
  /** Their throughput as a share of a large product's on this device. */
  readonly matmulShareOfPeak: number | null;
}

/** Milliseconds: a finer grain, as of the ticks of a card's own clock, is seen in nothing that is told. */
const COARSE = 0.01;
/** A rate is told of times that are so many standard errors long. */
const TELLING = 8;

/** Of a sum of so many times, each the difference of two that are rounded to a grain at random. */
const errorOf = (grain: number, dispatches: number): number => grain * Math.sqrt(dispatches / 6);

/** Rows sorted by time, or by dispatches where the GPU has no timestamps. */
export function summariseGpuStep({ statistics, peakGflops }: GpuStep): GpuSummary {
  const entries = Object.entries(statistics.kinds) as [KernelKind, (typeof statistics.kinds)[KernelKind] & object][];
  const timed = entries.filter(([, { milliseconds }]) => milliseconds !== null);
  const grain = statistics.grain >= COARSE ? statistics.grain : 0;
  const total = timed.length > 0 ? timed.reduce((sum, [, { milliseconds }]) => sum + (milliseconds ?? 0), 0) : null;
  const rows = entries.map(([kind, { dispatches, flops, bytes, milliseconds }]): KindRow => {
    const measured = milliseconds !== null && milliseconds > 0;
    const error = errorOf(grain, dispatches);
    return {
      kind,
      dispatches,
      milliseconds,
      error,
      share: measured && total ? milliseconds / total : null,
      gflops: measured && flops > 0 && milliseconds >= TELLING * error ? flops / (milliseconds * 1e6) : null,
      bytes,
    };
  });
  rows.sort((a, b) => (b.milliseconds ?? 0) - (a.milliseconds ?? 0) || b.dispatches - a.dispatches);
  const matmul = rows.find(({ kind }) => kind === 'matmul') ?? null;
  const gflops = matmul?.gflops ?? null;
  return {
    rows,
    grain,
    milliseconds: total,
    error: errorOf(grain, statistics.dispatches),
    matmul,
    matmulShareOfPeak: gflops !== null && peakGflops > 0 ? gflops / peakGflops : null,
  };
}

/** With as many digits as its standard error leaves. */
export function timeText(milliseconds: number, error: number): string {
  if (error === 0) return fine(milliseconds);
  if (milliseconds < error || milliseconds === 0) return `< ${fixed(Math.ceil(10 * error) / 10, 1)} ms`;
  return `${fixed(milliseconds, error < 0.5 ? 1 : 0)} ms`;
}

/** Two digits where the time has an error. */
export const rateText = (gflops: number | null, error: number): string =>
  gflops === null || error === 0 ? fixed(gflops, 1) : grouped(Number(gflops.toPrecision(2)), 1);
