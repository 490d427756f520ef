/** Measures every dispatch of a submission with timestamp queries: one compute pass each, so only during a measurement. */
import type { Command } from './program.ts';

/** The most that a query set holds. */
const MAX_QUERIES = 4096;
/** A step with a perturbed backward has 1,400 dispatches, and a measurement may be of several steps; without an end, memory is spent for what nobody waits for. */
const MOST_SETS = 8;

type UnlessLost = <T>(work: Promise<T>) => Promise<T>;

export interface TimedDispatch {
  readonly command: Command;
  readonly milliseconds: number;
}

/** As many dispatches as a query set takes. */
class TimedSet {
  readonly commands: Command[] = [];
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  private readonly staging: GPUBuffer;

  constructor(device: GPUDevice) {
    const size = 8 * MAX_QUERIES;
    this.queries = device.createQuerySet({ label: 'dispatch timer', type: 'timestamp', count: MAX_QUERIES });
    this.resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    this.staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  }

  get isFull(): boolean {
    return 2 * this.commands.length + 2 > MAX_QUERIES;
  }

  pass(command: Command): GPUComputePassDescriptor {
    const at = 2 * this.commands.length;
    this.commands.push(command);
    return {
      timestampWrites: { querySet: this.queries, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 },
    };
  }

  resolve(encoder: GPUCommandEncoder): void {
    const count = 2 * this.commands.length;
    encoder.resolveQuerySet(this.queries, 0, count, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, this.staging, 0, 8 * count);
  }

  /** Nanoseconds at the beginnings and ends of its dispatches. */
  async stamps(unlessLost: UnlessLost): Promise<BigUint64Array> {
    const bytes = 16 * this.commands.length;
    if (bytes === 0) return new BigUint64Array();
    await unlessLost(this.staging.mapAsync(GPUMapMode.READ, 0, bytes));
    return new BigUint64Array(this.staging.getMappedRange(0, bytes).slice(0));
  }

  destroy(): void {
    this.queries.destroy();
    this.resolved.destroy();
    this.staging.destroy();
  }
}

/** Of what has passed: clocks are coarse. */
const MOST_OF_WALL = 1.2;

/**
 * Milliseconds of dispatches that ran one after the other; each has the time behind the end of those before it. Dawn on Vulkan stamps the beginning of a pass as soon as the
 * queue reaches it, while the dispatch before still runs: from there on, a dispatch would have the time of that one too.
 * @param stamps nanoseconds, the beginning and the end of one after the other
 * @param wall milliseconds in which all of them ran
 * @returns null where the stamps cannot be right: some are missing, end before they or what came before them begin, or the times add up to more than has passed
 * @internal exported for its test: no card here stamps as cards do
 */
export function timesBetween(stamps: BigUint64Array, wall: number): number[] | null {
  const times: number[] = [];
  let ended = 0n;
  let begunBefore = 0n;
  for (let i = 0; i < stamps.length; i += 2) {
    const [begin, end] = [stamps[i], stamps[i + 1]];
    if (begin === 0n || end < begin || end < begunBefore) return null;
    const from = begin > ended ? begin : ended;
    times.push(end > from ? Number(end - from) / 1e6 : 0);
    if (end > ended) ended = end;
    begunBefore = begin;
  }
  return times.reduce((sum, time) => sum + time, 0) <= MOST_OF_WALL * wall ? times : null;
}

export class DispatchTimer {
  /** At least one: what it takes is asked of the device when the timer is made. */
  private readonly sets: TimedSet[];
  /** Those that hold times which no submission has resolved yet begin here. */
  private unresolved = 0;
  private isComplete = true;
  private readonly from = performance.now();

  constructor(private readonly device: GPUDevice) {
    this.sets = [new TimedSet(device)];
  }

  /** The pass of the next dispatch; beyond the most sets, dispatches are not timed. */
  pass(command: Command): GPUComputePassDescriptor {
    let last = this.sets[this.sets.length - 1];
    if (last.isFull) {
      if (this.sets.length === MOST_SETS) {
        this.isComplete = false;
        return {};
      }
      this.sets.push((last = new TimedSet(this.device)));
    }
    return last.pass(command);
  }

  /** At the end of every submission. */
  resolve(encoder: GPUCommandEncoder): void {
    for (const set of this.sets.slice(this.unresolved)) set.resolve(encoder);
    this.unresolved = this.sets.length - 1; // the last one may get more
  }

  /**
   * The dispatches with their milliseconds. Releases the timer.
   * @param unlessLost of the device's watch
   * @returns null where not all of them were timed; 'stands' where the clock does: some drivers give zeros for timestamps; 'nonsense' where some times are missing, end
   * before they begin, or add up to more than has passed: others leave old ones in place now and then (both: Metal of macOS 26)
   * @throws Error when the device was lost
   */
  async finish(unlessLost: UnlessLost): Promise<TimedDispatch[] | 'stands' | 'nonsense' | null> {
    try {
      const all = await Promise.all(this.sets.map((set) => set.stamps(unlessLost)));
      const stamps = BigUint64Array.from(all.flatMap((ofSet) => [...ofSet]));
      if (stamps.length > 0 && stamps.every((stamp) => stamp === stamps[0])) return 'stands';
      const times = timesBetween(stamps, performance.now() - this.from);
      if (!times) return 'nonsense';
      if (!this.isComplete) return null;
      const commands = this.sets.flatMap((set) => set.commands);
      return commands.map((command, i) => ({ command, milliseconds: times[i] }));
    } finally {
      this.destroy();
    }
  }

  /** Gives back what it took. */
  destroy(): void {
    for (const set of this.sets) set.destroy();
  }
}
