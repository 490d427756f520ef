/**
 * Side-by-side timing. Contenders take turns (A B C A B C …), so that background load affects all of them equally. The ratios are valid on a
 * loaded machine even where the milliseconds are not.
 */
import { quantile } from '../src/core/statistics.ts';

export interface Contender {
  readonly name: string;
  /** One unit of work. The promise resolves only when its computation is finished. */
  readonly run: () => Promise<unknown>;
}

export interface Timing {
  readonly name: string;
  /** Minimum wall milliseconds of one unit. */
  readonly min: number;
  readonly median: number;
  /** Median CPU milliseconds of this process over all threads; waiting for a busy core does not count. */
  readonly cpu: number;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Times all contenders in turns, after `warmUp` uncounted turns. */
export async function timeInTurns(contenders: readonly Contender[], rounds: number, warmUp = 2): Promise<Timing[]> {
  const wall = contenders.map((): number[] => []);
  const cpu = contenders.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round++) {
    for (const [i, { run }] of contenders.entries()) {
      const usage = process.cpuUsage();
      const start = performance.now();
      await run();
      const elapsed = performance.now() - start;
      const used = process.cpuUsage(usage);
      if (round < 0) continue;
      wall[i].push(elapsed);
      cpu[i].push((used.user + used.system) / 1000);
    }
  }
  return contenders.map(({ name }, i) => {
    const sorted = wall[i].sort((a, b) => a - b);
    return { name, min: sorted[0], median: median(sorted), cpu: median(cpu[i]) };
  });
}

/** Columns of a timing, per `units` equal parts of the work (runs of a population, variants). */
export function timingColumns({ min, median: middle, cpu }: Timing, units = 1) {
  return { 'min ms': min / units, 'median ms': middle / units, 'cpu ms': cpu / units };
}
