/** Headline numbers of a study on the terminal. */
import { mean, standardError } from '../src/core/statistics.ts';
import type { StudyResult } from '../src/study/result.ts';

const percent = (values: readonly number[]): string => {
  if (values.length === 0) return '–';
  const error = values.length > 1 ? ` ± ${(100 * standardError(values)).toFixed(1)}` : '';
  return `${(100 * mean(values)).toFixed(1)}${error}`;
};

const notNull = (value: number | null): value is number => value !== null;

/** One row per measure, one column per arm: mean ± standard error over seeds or pairs of seeds. */
export function summaryTable(result: StudyResult): Record<string, Record<string, string>> {
  const table: Record<string, Record<string, string>> = {};
  for (const arm of result.config.arms) {
    const put = (row: string, value: string) => ((table[row] ??= {})[arm.name] = value);
    put('test accuracy', percent(result.runs.filter((run) => run.arm === arm.id).flatMap((run) => run.test?.accuracy ?? [])));
    for (const path of ['factor', 'product'] as const) {
      const pairs = result.landscape.filter((l) => l.arm === arm.id && l.path === path);
      put(`midpoint, ${path} path`, percent(pairs.map((l) => l.accuracy[(l.lambdas.length - 1) / 2]).filter(Number.isFinite)));
      put(`midpoint retained gain, ${path} path`, percent(pairs.map((l) => l.midpointRetainedGain).filter(notNull)));
      put(`barrier, ${path} path`, percent(pairs.map((l) => l.barrierAccuracy)));
    }
    const pruned = result.pruning.filter((p) => p.arm === arm.id);
    const labels = new Set(pruned.flatMap((p) => p.structured.map((s) => s.label)));
    for (const label of labels) {
      const entries = pruned.flatMap((p) => p.structured.filter((s) => s.label === label));
      put(`retained gain, ${label}`, percent(entries.map((s) => s.retainedGain).filter(notNull)));
    }
    for (const scope of ['factors', 'update'] as const) {
      const areas = pruned.flatMap((p) => p.unstructured.filter((u) => u.scope === scope).map((u) => u.area));
      put(`area under accuracy, ${scope}`, percent(areas));
    }
    const shapley = result.shapley.filter((s) => s.arm === arm.id);
    put('Shapley share of the top third', percent(shapley.map((s) => s.topThirdShare).filter(notNull)));
  }
  return table;
}

export function printSummary(result: StudyResult): void {
  const { task } = result;
  const zeroShot = task.zeroShot ? `zero-shot ${(100 * task.zeroShot.accuracy).toFixed(1)} %` : 'no zero-shot';
  console.log(`${task.name}: ${task.train} training and ${task.test} test images, chance ${(100 * task.chance).toFixed(1)} %, ${zeroShot}`);
  console.table(summaryTable(result));
}
