/** Headline numbers of a study on the terminal. */
import { mean, standardError } from '../src/core/statistics.ts';
import type { StudyResult } from '../src/study/result.ts';
import { measuresOf } from './measures.ts';

/** In per cent, with the standard error where there is more than one value. */
function percent(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const error = values.length > 1 ? ` ± ${(100 * standardError(values)).toFixed(1)}` : '';
  return `${(100 * mean(values)).toFixed(1)}${error}`;
}

/** One row per measure, one column per arm: mean ± standard error over seeds or pairs of seeds. */
export function printSummary(result: StudyResult): void {
  const { task } = result;
  const zeroShot = task.zeroShot ? `zero-shot ${(100 * task.zeroShot.accuracy).toFixed(1)} %` : 'no zero-shot';
  console.log(
    `${task.name}: ${task.train} training and ${task.test} test images, chance ${(100 * task.chance).toFixed(1)} %, ${zeroShot}`,
  );
  const rows = measuresOf(result).map((measure) => {
    const columns = result.config.arms.map((arm) => [arm.name, percent([...measure.values(arm.id).values()])] as const);
    return [measure.name, Object.fromEntries(columns)] as const;
  });
  console.table(Object.fromEntries(rows.filter(([, columns]) => Object.values(columns).some((text) => text !== '–'))));
}
