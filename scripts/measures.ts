/** The headline measures of a study, one list of values per arm: over seeds, or over pairs of seeds. */
import type { StudyResult } from '../src/study/result.ts';

export interface Measure {
  readonly name: string;
  /** What one value belongs to: its key pairs values of different arms. */
  readonly unit: 'seed' | 'pair of seeds';
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
  ];
}
