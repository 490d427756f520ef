/** Which rows a dispatch visits: those of the live groups, so that groups that are not live cost nothing. */
import type { Groups } from '../../../operands.ts';

/** Runs of consecutive rows, all of one length. */
export interface LiveRuns {
  /** First row of each run. */
  readonly starts: Uint32Array;
  /** Rows of each run. */
  readonly length: number;
  /** Rows of all runs. */
  readonly rows: number;
}

const FROM_THE_FIRST = Uint32Array.of(0);

/** The live rows (or sequences) of groups of `perGroup` each; one run when all are live. */
export function liveRuns({ count, live }: Groups, perGroup: number): LiveRuns {
  const all = count * perGroup;
  if (!live || live.every((alive) => alive !== 0))
    return { starts: FROM_THE_FIRST, length: Math.max(1, all), rows: all };
  const starts: number[] = [];
  for (let g = 0; g < count; g++) if (live[g] !== 0) starts.push(g * perGroup);
  return { starts: Uint32Array.from(starts), length: Math.max(1, perGroup), rows: starts.length * perGroup };
}
