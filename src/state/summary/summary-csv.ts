/** The table of results as CSV: one row per arm, every figure as mean, standard deviation and number of seeds or pairs of seeds. */
import { csv } from '../../share/csv/csv.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { summariseArm } from './summary.ts';

export function summaryCsv(result: StudyResult): string {
  const summaries = result.config.arms.map(({ id, name, method }) => ({ name, method, ...summariseArm(result, id) }));
  const rows = summaries.map((summary) => {
    const { testAccuracy, midpointFactor, barrierFactor, accuracyHalf, retainedHalf, topThirdShare } = summary;
    const figures = [testAccuracy, midpointFactor, barrierFactor, accuracyHalf, retainedHalf, topThirdShare];
    const cells = figures.flatMap((value) => (value ? [value.mean, value.sd, value.n] : [null, null, 0]));
    return [summary.arm, summary.name, summary.method, ...cells];
  });
  const figures = ['accuracy', 'midpoint', 'barrier', 'every_other', 'every_other_gain_kept', 'top_third_share'];
  return csv(['arm', 'name', 'method', ...figures.flatMap((name) => [name, `${name}_sd`, `${name}_n`])], rows);
}
