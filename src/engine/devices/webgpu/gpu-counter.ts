/** Counts and times what is sent to the GPU, for the panel and the benchmark. */
import type { GpuStatistics, KernelKind } from '../../gpu-inspector.ts';
import { askedApart } from './error-scopes.ts';
import type { Cost } from './program.ts';
import { DispatchTimer, type TimedDispatch } from './timer.ts';
import { grainOf } from './tuning/timings.ts';

const emptyCounts = (): GpuStatistics => ({
  dispatches: 0,
  uploads: 0,
  uploadedBytes: 0,
  submits: 0,
  buffersCreated: 0,
  bindGroupsCreated: 0,
  pipelinesCreated: 0,
  grain: 0,
  kinds: {},
});

/** So many measurements with impossible times, and the clock is not asked again. */
const MOST_IMPOSSIBLE = 2;

export class GpuCounter {
  /** Since the last call of `take`. */
  counts: GpuStatistics = emptyCounts();
  /** While something is timed, where the GPU can time dispatches. */
  timer: DispatchTimer | null = null;
  /** Whether the GPU times dispatches, as far as is known: a clock that stands still is found by using it. */
  canTime: boolean;
  /** Whether the device has made what a timer takes. */
  private isGranted = false;
  /** Measurements whose times were impossible. */
  private impossible = 0;

  constructor(
    private readonly device: GPUDevice,
    hasTimestamps: boolean,
    private readonly answerTo: <T>(work: Promise<T>) => Promise<T>,
  ) {
    this.canTime = hasTimestamps;
  }

  /**
   * Null where the GPU does not time dispatches. The first time, waits until the device has made what a timer takes: what it has refused would make it refuse every
   * submission that is timed.
   */
  async createTimer(): Promise<DispatchTimer | null> {
    if (!this.canTime) return null;
    if (this.isGranted) return new DispatchTimer(this.device);
    const { result: timer, errors } = askedApart(this.device, () => new DispatchTimer(this.device));
    if ((await this.answerTo(errors)).length === 0) {
      this.isGranted = true;
      return timer;
    }
    this.canTime = false;
    timer.destroy();
    return null;
  }

  /** What a timer of `createTimer` measured; null where that is not all. @throws Error when the device was lost */
  async timesOf(timer: DispatchTimer | null): Promise<TimedDispatch[] | null> {
    const times = (await timer?.finish((work) => this.answerTo(work))) ?? null;
    if (times !== 'stands' && times !== 'nonsense') return times;
    if (times === 'stands' || ++this.impossible === MOST_IMPOSSIBLE) this.canTime = false;
    return null;
  }

  countDispatch(kind: KernelKind, { flops, bytes }: Cost): void {
    const entry = (this.counts.kinds[kind] ??= { dispatches: 0, flops: 0, bytes: 0, milliseconds: null });
    entry.dispatches++;
    entry.flops += flops;
    entry.bytes += bytes;
    this.counts.dispatches++;
  }

  countUpload(bytes: number): void {
    this.counts.uploads++;
    this.counts.uploadedBytes += bytes;
  }

  /** Counts since the last call. */
  take(): GpuStatistics {
    const taken = this.counts;
    this.counts = emptyCounts();
    return taken;
  }

  /** Restores counts that `take` returned, so that work since is not counted. */
  restore(counts: GpuStatistics): void {
    this.counts = counts;
  }

  /** Dispatches of `run` by kind of kernel, with their times where the GPU measures them. `run` reads its result. */
  async measure(run: () => Promise<unknown>): Promise<GpuStatistics> {
    const timer = await this.createTimer();
    const before = this.take();
    this.timer = timer;
    try {
      await run();
    } finally {
      this.timer = null;
    }
    // Times are a bonus: where they do not come, as from a device that was lost meanwhile, what `run` did stands without them.
    const times = await this.timesOf(timer).catch(() => null);
    const measured = this.take();
    measured.grain = grainOf((times ?? []).map(({ milliseconds }) => milliseconds));
    for (const { command, milliseconds } of times ?? []) {
      const entry = measured.kinds[command.pipeline.kernel.kind];
      if (entry) entry.milliseconds = (entry.milliseconds ?? 0) + milliseconds;
    }
    this.restore(before);
    return measured;
  }
}
