/** Prints the headline numbers of a study to the terminal. */
import { distinctNames } from '../src/core/distinct-names.ts';
import { hundredths } from '../src/core/number-format.ts';
import { FEDERATED_RULE_IDS, federatedRuleName } from '../src/copra/federated/rule-list.ts';
import { subCloud } from '../src/copra/geometry/distances.ts';
import { relationsOf } from '../src/copra/geometry/relations.ts';
import { valueSpread } from '../src/study/readings/numbers.ts';
import { mean, standardDeviation } from '../src/core/statistics.ts';
import { MEASURES } from '../src/study/result/measures/measures.ts';
import { landscapesOf } from '../src/study/result/of-arm.ts';
import { comparedRuns } from '../src/study/analyses/federated/compared.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { mergeMethod } from '../src/copra/merging/methods.ts';
import { CellTable } from './terminal-table.ts';

const NONE = '–';

/** In per cent, with the standard deviation where there is more than one value: pairs share seeds, so that a standard error would be too small. */
function percent(values: readonly number[]): string {
  if (values.length === 0) return NONE;
  const spread = values.length > 1 ? ` ± ${hundredths(standardDeviation(values))}` : '';
  return `${hundredths(mean(values))}${spread}`;
}

/** What `percent` says, for the line above a table. */
const WHAT = 'in per cent, mean ± standard deviation';

/** Nothing where the table is empty. @param title the line above it */
function print(title: string, table: CellTable): void {
  if (table.isEmpty) return;
  console.log(`\n${title}`);
  table.print();
}

/** The columns of a table, by arm; arms of equal names have columns of their own. @param others columns that are there besides */
function columnsOf({ config: { arms } }: StudyResult, others: readonly string[] = []): ReadonlyMap<string, string> {
  const names = distinctNames([...others, ...arms.map(({ name }) => name)]).slice(others.length);
  return new Map(arms.map(({ id }, i) => [id, names[i]]));
}

/** One row per merge method, one column per arm: test accuracy in per cent. */
function printMerging(result: StudyResult): void {
  const { merging = [] } = result;
  const columns = columnsOf(result);
  const table = new CellTable('merge');
  for (const { arm, runs, ensemble, merges } of merging) {
    const column = arm === null ? 'all adapters' : (columns.get(arm) ?? arm);
    const set = (name: string, values: readonly number[]): void => table.set(name, column, percent(values));
    set(
      'single run',
      runs.map(({ accuracy }) => accuracy),
    );
    if (ensemble) set('ensemble of logits', [ensemble.accuracy]);
    for (const { method, alignment, accuracy } of merges)
      set(mergeMethod(method).name + (alignment === 'none' ? '' : `, ${alignment}`), [accuracy]);
  }
  print(`Merged; test accuracy ${WHAT} over seeds:`, table);
}

/** One row per aggregation rule, one column per arm: test accuracy in per cent after the last round that all have done. */
function printFederated(result: StudyResult): void {
  const { rounds, runs } = comparedRuns(result);
  const table = new CellTable('rule');
  for (const [id, name] of columnsOf(result))
    for (const rule of FEDERATED_RULE_IDS) {
      const last = runs.flatMap((run) => (run.arm === id && run.rule === rule ? [run.accuracy[rounds - 1]] : []));
      if (last.length > 0) table.set(federatedRuleName(rule), name, percent(last));
    }
  print(`Federated, after round ${rounds}; test accuracy ${WHAT} over seeds:`, table);
}

/** One row per domain, one column for the backbone and one per arm: accuracy with every layer on in per cent. */
function printDomains(result: StudyResult): void {
  const { domains: part } = result;
  if (!part) return;
  const arms = columnsOf(result, ['images', 'backbone']);
  const names = distinctNames(part.domains.map(({ name }, i) => (i === 0 ? `${name} (trained on)` : name)));
  const table = new CellTable('domain');
  for (const [domain, { images }] of part.domains.entries()) {
    table.set(names[domain], 'images', String(images));
    table.set(names[domain], 'backbone', hundredths(part.frozen.accuracy[domain]));
    for (const [id, name] of arms)
      table.set(
        names[domain],
        name,
        percent(part.runs.filter(({ arm }) => arm === id).map((run) => run.accuracy[domain])),
      );
  }
  print(`Domains; accuracy ${WHAT} over seeds:`, table);
}

/** The same for several tasks: means over tasks and seeds. */
function printManyTasks(result: StudyResult): void {
  const { multitask } = result;
  if (!multitask) return;
  const table = new CellTable('merge');
  for (const [id, name] of columnsOf(result)) {
    const runs = multitask.runs.filter(({ arm }) => arm === id);
    const set = (row: string, values: readonly number[][]): void =>
      table.set(row, name, percent(values.map((tasks) => mean(tasks))));
    const both = (row: string, lists: readonly { own: number[]; joint: number[] }[]): void => {
      set(
        row,
        lists.map(({ own }) => own),
      );
      set(
        `${row}, all classes`,
        lists.map(({ joint }) => joint),
      );
    };
    both('zero-shot', [multitask.zeroShot]);
    both(
      'own adapters',
      runs.map(({ single }) => single),
    );
    both(
      'ensemble of logits',
      runs.map(({ ensemble }) => ensemble),
    );
    for (const { method, alignment } of runs[0]?.merges ?? []) {
      const merges = runs.flatMap((run) => run.merges.filter((m) => m.method === method && m.alignment === alignment));
      both(mergeMethod(method).name + (alignment === 'none' ? '' : `, ${alignment}`), merges);
    }
  }
  print(
    `Merged across ${multitask.tasks.map(({ name }) => name).join(', ')}; test accuracy ${WHAT} over seeds:`,
    table,
  );
}

/** Barriers of the aligned factor paths, and relations between trained adapters. */
function printGeometry(result: StudyResult): void {
  const { geometry } = result;
  const arms = columnsOf(result);
  const nameOf = (arm: string): string => arms.get(arm) ?? arm;
  const aligned = new CellTable('barrier in accuracy, factor path');
  for (const alignment of ['orthogonal', 'invertible'] as const)
    for (const [id, name] of arms) {
      const barriers = landscapesOf(result, id, 'factor', alignment);
      if (barriers.length > 0)
        aligned.set(alignment, name, percent(barriers.map(({ barrierAccuracy }) => barrierAccuracy)));
    }
  print(`Aligned factors, ${WHAT} over pairs of seeds:`, aligned);
  if (!geometry) return;
  const trained = geometry.points.flatMap(({ step }, i) => (step === null ? [i] : []));
  const points = trained.map((i) => geometry.points[i]);
  for (const space of ['factors', 'updates'] as const) {
    const relations = relationsOf(points, subCloud(geometry[space], trained));
    const table = new CellTable('adapters');
    for (const { kind, arms: both, cosines, distances } of relations) {
      const pair = `${both.map(nameOf).join(', ')}: ${kind}`;
      table.set(pair, 'cosine', valueSpread(cosines));
      table.set(pair, 'distance', valueSpread(distances));
    }
    print(`Trained adapters as ${space}: cosine and distance, mean ± standard deviation`, table);
  }
}

/** One row per measure, one column per arm: mean ± standard deviation over seeds or pairs of seeds, as in the table of the page. */
export function printSummary(result: StudyResult): void {
  const { task } = result;
  const zeroShot = task.zeroShot ? `zero-shot ${hundredths(task.zeroShot.accuracy)} %` : 'no zero-shot';
  console.log(
    `${task.name}: ${task.train} training and ${task.test} test images, chance ${hundredths(task.chance)} %, ${zeroShot}`,
  );
  const table = new CellTable('measure');
  for (const measure of MEASURES) {
    const cells = [...columnsOf(result)].map(
      ([id, name]) => [name, percent(measure.values(result, id).map(({ value }) => value))] as const,
    );
    if (cells.some(([, text]) => text !== NONE)) for (const [name, text] of cells) table.set(measure.name, name, text);
  }
  print(`Measures, ${WHAT} over seeds or pairs of seeds:`, table);
  printGeometry(result);
  printMerging(result);
  printFederated(result);
  printManyTasks(result);
  printDomains(result);
}
