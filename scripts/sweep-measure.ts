/** The measures compared at every value of a sweep. */
import { mean } from '../src/core/statistics.ts';
import { midpointMeasure } from '../src/study/result/measures/paths.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { sweepOf } from '../src/study/config/sweep.ts';

export interface SweepMeasure {
  readonly name: string;
  /** Means over seeds per setting value, in [0, 1]; any arm selects all arms of its method. */
  readonly values: (arm: string) => ReadonlyMap<string, number>;
}

/** Null for studies that are not sweeps. */
export function sweepMeasure(result: StudyResult): SweepMeasure | null {
  const sweep = sweepOf(result.config);
  if (!sweep) return null;
  return {
    name: `midpoint accuracy at every ${sweep.setting.label.toLowerCase()}, factor path`,
    values: (arm) => {
      const method = sweep.methods.find(({ arms }) => arms.some(({ id }) => id === arm));
      return new Map(
        (method?.arms ?? []).flatMap(({ id, value }) => {
          const found = midpointMeasure('factor')
            .values(result, id)
            .map((entry) => entry.value);
          return found.length > 0 ? [[String(value), mean(found)] as const] : [];
        }),
      );
    },
  };
}
