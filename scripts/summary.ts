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

/** In per cent, with the standard deviation where there is more than one value: pairs share seeds, so that a standard error would be too small. */
function percent(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const spread = values.length > 1 ? ` ± ${hundredths(standardDeviation(values))}` : '';
  return `${hundredths(mean(values))}${spread}`;
}

/** What `percent` says, for the line above a table. */
const WHAT = 'in per cent, mean ± standard deviation';

/** The columns of a table, by arm; arms of equal names have columns of their own. @param others columns that are there besides */
function columnsOf({ config: { arms } }: StudyResult, others: readonly string[] = []): ReadonlyMap<string, string> {
  const names = distinctNames([...others, ...arms.map(({ name }) => name)]).slice(others.length);
  return new Map(arms.map(({ id }, i) => [id, names[i]]));
}

/** One row per merge method, one column per arm: test accuracy in per cent. */
function printMerging(result: StudyResult): void {
  const { merging = [] } = result;
  const columns = columnsOf(result);
  const rows = new Map<string, Record<string, string>>();
  for (const { arm, runs, ensemble, merges } of merging) {
    const column = arm === null ? 'all adapters' : (columns.get(arm) ?? arm);
    const set = (name: string, values: readonly number[]): void =>
      void rows.set(name, { ...rows.get(name), [column]: percent(values) });
    set(
      'single run',
      runs.map(({ accuracy }) => accuracy),
    );
    if (ensemble) set('ensemble of logits', [ensemble.accuracy]);
    for (const { method, alignment, accuracy } of merges)
      set(mergeMethod(method).name + (alignment === 'none' ? '' : `, ${alignment}`), [accuracy]);
  }
  if (rows.size === 0) return;
  console.log(`Merged; test accuracy ${WHAT} over seeds:`);
  console.table(Object.fromEntries(rows));
}

/** One row per aggregation rule, one column per arm: test accuracy in per cent after the last round that all have done. */
function printFederated(result: StudyResult): void {
  const { rounds, runs } = comparedRuns(result);
  const rows = new Map<string, Record<string, string>>();
  for (const [id, name] of columnsOf(result))
    for (const rule of FEDERATED_RULE_IDS) {
      const last = runs.flatMap((run) => (run.arm === id && run.rule === rule ? [run.accuracy[rounds - 1]] : []));
      const label = federatedRuleName(rule);
      if (last.length > 0) rows.set(label, { ...rows.get(label), [name]: percent(last) });
    }
  if (rows.size === 0) return;
  console.log(`Federated, after round ${rounds}; test accuracy ${WHAT} over seeds:`);
  console.table(Object.fromEntries(rows));
}

/** One row per domain, one column for the backbone and one per arm: accuracy with every layer on in per cent. */
function printDomains(result: StudyResult): void {
  const { domains: part } = result;
  if (!part) return;
  const arms = columnsOf(result, ['images', 'backbone']);
  const names = distinctNames(part.domains.map(({ name }, i) => (i === 0 ? `${name} (trained on)` : name)));
  const rows = part.domains.map(({ images }, domain) => {
    const columns = [...arms].map(
      ([id, name]) =>
        [name, percent(part.runs.filter(({ arm }) => arm === id).map((run) => run.accuracy[domain]))] as const,
    );
    return [
      names[domain],
      { images, backbone: hundredths(part.frozen.accuracy[domain]), ...Object.fromEntries(columns) },
    ] as const;
  });
  console.log(`Domains; accuracy ${WHAT} over seeds:`);
  console.table(Object.fromEntries(rows));
}

/** The same for several tasks: means over tasks and seeds. */
function printManyTasks(result: StudyResult): void {
  const { multitask } = result;
  if (!multitask) return;
  const rows = new Map<string, Record<string, string>>();
  for (const [id, name] of columnsOf(result)) {
    const runs = multitask.runs.filter(({ arm }) => arm === id);
    const set = (row: string, values: readonly number[][]): void =>
      void rows.set(row, { ...rows.get(row), [name]: percent(values.map((tasks) => mean(tasks))) });
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
  console.log(`Merged across ${multitask.tasks.map(({ name }) => name).join(', ')}; test accuracy ${WHAT} over seeds:`);
  console.table(Object.fromEntries(rows));
}

/** Barriers of the aligned factor paths, and relations between trained adapters. */
function printGeometry(result: StudyResult): void {
  const { geometry } = result;
  const arms = columnsOf(result);
  const nameOf = (arm: string): string => arms.get(arm) ?? arm;
  const rows = (['orthogonal', 'invertible'] as const).flatMap((alignment) => {
    const columns = [...arms].flatMap(([id, name]) => {
      const barriers = landscapesOf(result, id, 'factor', alignment);
      return barriers.length > 0 ? [[name, percent(barriers.map(({ barrierAccuracy }) => barrierAccuracy))]] : [];
    });
    return columns.length > 0
      ? [[`barrier in accuracy, factor path, ${alignment}`, Object.fromEntries(columns) as Record<string, string>]]
      : [];
  });
  if (rows.length > 0) {
    console.log(`Aligned factors, ${WHAT} over pairs of seeds:`);
    console.table(Object.fromEntries(rows));
  }
  if (!geometry) return;
  const trained = geometry.points.flatMap(({ step }, i) => (step === null ? [i] : []));
  const points = trained.map((i) => geometry.points[i]);
  for (const space of ['factors', 'updates'] as const) {
    const relations = relationsOf(points, subCloud(geometry[space], trained));
    console.log(`Trained adapters as ${space}: cosine and distance, mean ± standard deviation`);
    console.table(
      Object.fromEntries(
        relations.map(({ kind, arms: both, cosines, distances }) => [
          `${both.map(nameOf).join(', ')}: ${kind}`,
          { cosine: valueSpread(cosines), distance: valueSpread(distances) },
        ]),
      ),
    );
  }
}

/** One row per measure, one column per arm: mean ± standard deviation over seeds or pairs of seeds, as in the table of the page. */
export function printSummary(result: StudyResult): void {
  const { task } = result;
  const zeroShot = task.zeroShot ? `zero-shot ${hundredths(task.zeroShot.accuracy)} %` : 'no zero-shot';
  console.log(
    `${task.name}: ${task.train} training and ${task.test} test images, chance ${hundredths(task.chance)} %, ${zeroShot}`,
  );
  const arms = [...columnsOf(result)];
  const rows = MEASURES.map((measure) => {
    const columns = arms.map(
      ([id, name]) => [name, percent(measure.values(result, id).map(({ value }) => value))] as const,
    );
    return [measure.name, Object.fromEntries(columns)] as const;
  });
  console.log(`Measures, ${WHAT} over seeds or pairs of seeds:`);
  console.table(Object.fromEntries(rows.filter(([, columns]) => Object.values(columns).some((text) => text !== '–'))));
  printGeometry(result);
  printMerging(result);
  printFederated(result);
  printManyTasks(result);
  printDomains(result);
}
