/** The headline measures of a study, one list of values per arm: over seeds, over pairs of seeds, or over the values of a sweep. */
import { mean } from '../src/core/statistics.ts';
import type { StudyResult } from '../src/study/result.ts';
import { sweepOf } from '../src/study/sweep.ts';

export interface Measure {
  readonly name: string;
  /** What one value belongs to: its key pairs values of different arms. */
  readonly unit: 'seed' | 'pair of seeds' | 'value';
  /** True where a smaller value is the better one. */
  readonly lowerIsBetter: boolean;
  /** Values of an arm by key, in [0, 1]. */
  readonly values: (arm: string) => ReadonlyMap<string, number>;
}

const present = (entries: readonly (readonly [string, number | null | undefined])[]): ReadonlyMap<string, number> =>
  new Map(
    entries.filter(
      (entry): entry is readonly [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
    ),
  );

const PATH_NAMES = { factor: 'factor path', product: 'product path' } as const;

export function measuresOf(result: StudyResult): Measure[] {
  const perSeed = (
    name: string,
    value: (arm: string) => readonly (readonly [string, number | null | undefined])[],
    lowerIsBetter = false,
  ): Measure => ({
    name,
    unit: 'seed',
    lowerIsBetter,
    values: (arm) => present(value(arm)),
  });
  const landscapes = (arm: string, path: 'factor' | 'product') =>
    result.landscape.filter((entry) => entry.arm === arm && entry.path === path && !entry.alignment);
  const perPair = (
    name: string,
    path: 'factor' | 'product',
    value: (entry: StudyResult['landscape'][number]) => number | null,
    lowerIsBetter = false,
  ): Measure => ({
    name: `${name}, ${PATH_NAMES[path]}`,
    unit: 'pair of seeds',
    lowerIsBetter,
    values: (arm) => present(landscapes(arm, path).map((entry) => [entry.seeds.join('–'), value(entry)])),
  });
  const pruned = (arm: string) => result.pruning.filter((entry) => entry.arm === arm);
  const structured = (label: string, meaning: string): Measure =>
    perSeed(`retained gain, ${meaning}`, (arm) =>
      pruned(arm).map((entry) => [
        String(entry.seed),
        entry.structured.find((mask) => mask.label === label)?.retainedGain,
      ]),
    );
  const unstructured = (scope: 'factors' | 'tensors' | 'update', meaning: string): Measure =>
    perSeed(`mean accuracy over the sparsities, ${meaning}`, (arm) =>
      pruned(arm).map((entry) => [String(entry.seed), entry.unstructured.find((curve) => curve.scope === scope)?.area]),
    );
  const merged = (method: string, meaning: string): Measure =>
    perSeed(`accuracy, adapters of all tasks merged: ${meaning}`, (arm) =>
      tasksOf(arm).map(({ seed, merges }) => [
        String(seed),
        average(merges.find((merge) => merge.method === method && merge.alignment === 'none')?.own),
      ]),
    );
  const tasksOf = (arm: string) => result.multitask?.runs.filter((entry) => entry.arm === arm) ?? [];
  const federated = (arm: string) =>
    result.federated?.runs.filter((run) => run.arm === arm && run.rule === 'fedit') ?? [];
  return [
    perSeed('test accuracy, everything on', (arm) =>
      result.runs.filter((run) => run.arm === arm).map((run) => [String(run.seed), run.test?.accuracy]),
    ),
    ...(['factor', 'product'] as const).flatMap((path) => [
      perPair('midpoint accuracy', path, (entry) => entry.accuracy[(entry.accuracy.length - 1) >> 1]),
      perPair('midpoint retained gain', path, (entry) => entry.midpointRetainedGain),
      perPair('barrier in accuracy', path, (entry) => entry.barrierAccuracy, true),
    ]),
    structured('even', 'every other layer kept (0, 2, 4 …)'),
    structured('odd', 'every other layer kept (1, 3, 5 …)'),
    structured('low', 'low third kept'),
    structured('middle', 'middle third kept'),
    structured('high', 'high third kept'),
    ...['q', 'k', 'v', 'o'].map((projection) => structured(projection, `only ${projection} kept`)),
    unstructured('factors', 'entries of A and B removed'),
    unstructured('tensors', 'entries of every A and every B removed'),
    unstructured('update', 'entries of ΔW removed'),
    perSeed('share of Shapley value in the top third of layers', (arm) =>
      result.shapley.filter((entry) => entry.arm === arm).map((entry) => [String(entry.seed), entry.topThirdShare]),
    ),
    perSeed('accuracy, one adapter per task', (arm) =>
      tasksOf(arm).map(({ seed, single }) => [String(seed), average(single.own)]),
    ),
    merged('factors', 'A and B averaged'),
    merged('updates', 'ΔW averaged'),
    perSeed('accuracy of the global model after the last round, FedIT', (arm) =>
      federated(arm).map(({ seed, accuracy }) => [String(seed), accuracy.at(-1)]),
    ),
    perSeed(
      'error of averaging A and B, mean over rounds and layers',
      (arm) => federated(arm).map(({ seed, error }) => [String(seed), average(error.flat())]),
      true,
    ),
  ];
}

const average = (values: readonly number[] | undefined): number | null => (values?.length ? mean(values) : null);

/** What is compared at every value of a sweep; empty for other studies. An arm stands for all arms of its method. */
export function sweepMeasures(result: StudyResult): Measure[] {
  const sweep = sweepOf(result.config);
  if (!sweep) return [];
  return [
    {
      name: `midpoint accuracy at every ${sweep.setting.label.toLowerCase()}, factor path`,
      unit: 'value',
      lowerIsBetter: false,
      values: (arm) => {
        const method = sweep.methods.find(({ arms }) => arms.some(({ id }) => id === arm));
        return present(
          (method?.arms ?? []).map(({ id, value }) => {
            const paths = result.landscape.filter((entry) => entry.arm === id && entry.path === 'factor');
            return [String(value), average(paths.map(({ accuracy }) => accuracy[(accuracy.length - 1) >> 1]))];
          }),
        );
      },
    },
  ];
}
