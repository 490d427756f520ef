/**
 * What the parts of a result say about each other. A schema sees one value at a time; a result that came from outside can still repeat a run, which
 * would make its intervals narrower than they are, or speak of an arm that the study does not have.
 */
import * as v from 'valibot';
import { StudyResultSchema, type StudyResult } from './result.ts';

interface OfRun {
  readonly arm: string;
  readonly seed: number;
}

/** The first contradiction, for people; null without one. */
type Rule = (result: StudyResult) => string | null;

const first = <T>(items: readonly T[], problem: (item: T) => string | null): string | null => {
  for (const item of items) {
    const found = problem(item);
    if (found) return found;
  }
  return null;
};

/** The first of the keys that was there before. */
function repeated(keys: readonly string[]): string | null {
  const seen = new Set<string>();
  return first(keys, (key) => {
    if (seen.has(key)) return key;
    seen.add(key);
    return null;
  });
}

const runName = ({ arm, seed }: OfRun): string => `arm "${arm}", seed ${seed}`;

/** Every list of entries that may hold each run, pair of runs or group only once, with what names an entry. */
const UNIQUE: readonly (readonly [what: string, keys: (result: StudyResult) => readonly string[]])[] = [
  ['The run', ({ runs }) => runs.map(runName)],
  [
    'The path',
    ({ landscape }) =>
      landscape.map(
        ({ arm, seeds: [a, b], path, alignment }) =>
          `arm "${arm}", seeds ${Math.min(a, b)} and ${Math.max(a, b)}, ${path}${alignment ? `, ${alignment}` : ''}`,
      ),
  ],
  ['The Shapley analysis', ({ shapley }) => shapley.map(runName)],
  ['The pruning', ({ pruning }) => pruning.map(runName)],
  ['The merge', ({ merging = [] }) => merging.map(({ arm }) => (arm === null ? 'all runs' : `arm "${arm}"`))],
  ['The plane', ({ planes = [] }) => planes.map(({ arm }) => (arm === null ? 'all runs' : `arm "${arm}"`))],
  ['The merge across tasks', ({ multitask }) => multitask?.runs.map(runName) ?? []],
  ['The federated training', ({ federated }) => federated?.runs.map((run) => `${runName(run)}, ${run.rule}`) ?? []],
  ['The partition', ({ federated }) => federated?.partitions.map(({ seed }) => `seed ${seed}`) ?? []],
  [
    'The point',
    ({ geometry }) => geometry?.points.map((point) => `${runName(point)}, step ${point.step ?? 'last'}`) ?? [],
  ],
];

const isUnique: Rule = (result) =>
  first(UNIQUE, ([what, keys]) => {
    const twice = repeated(keys(result));
    return twice && `${what} of ${twice} is there twice.`;
  });

/** Everything that a result says of single runs. */
function* runsNamed(result: StudyResult): Generator<OfRun> {
  yield* result.runs;
  for (const { arm, seeds } of result.landscape) for (const seed of seeds) yield { arm, seed };
  yield* result.shapley;
  yield* result.pruning;
  for (const { runs } of result.merging ?? []) yield* runs;
  yield* result.multitask?.runs ?? [];
  yield* result.federated?.runs ?? [];
  for (const { corners, trajectories } of result.planes ?? []) {
    for (const { run } of corners) if (run) yield run;
    yield* trajectories;
  }
  yield* result.geometry?.points ?? [];
}

/** Arms of groups of runs; what is of all runs names none. */
const groupArms = ({ merging = [], planes = [] }: StudyResult): string[] =>
  [...merging, ...planes].flatMap(({ arm }) => arm ?? []);

const isOfTheStudy: Rule = (result) => {
  const arms = new Set(result.config.arms.map(({ id }) => id));
  const seeds = new Set(result.config.seeds);
  const stranger = (arm: string) => (arms.has(arm) ? null : `The study has no arm "${arm}".`);
  return (
    first([...runsNamed(result)], ({ arm, seed }) =>
      seeds.has(seed) ? stranger(arm) : `The study has no seed ${seed}.`,
    ) ?? first(groupArms(result), stranger)
  );
};

/** Lists that go together, by the name of what they belong to. */
function* lengths(result: StudyResult): Generator<readonly [what: string, expected: number, ...got: number[]]> {
  for (const run of result.runs) yield [`The losses of ${runName(run)}`, run.lossSteps.length, run.losses.length];
  for (const { arm, lambdas, accuracy, loss, train } of result.landscape) {
    yield [`A path of arm "${arm}"`, lambdas.length, accuracy.length, loss.length];
    if (train)
      yield [`A path of arm "${arm}" on training images`, lambdas.length, train.accuracy.length, train.loss.length];
  }
  for (const run of result.shapley) {
    const { coalitionError } = run;
    const lists = [run, ...(run.evolution ?? [])].flatMap((at) => [
      at.accuracy.length,
      at.accuracyError.length,
      at.loss.length,
      at.lossError.length,
    ]);
    const errors = coalitionError ? [coalitionError.accuracy.length, coalitionError.loss.length] : [];
    yield [`The list of Shapley values of ${runName(run)}`, run.players.length, ...lists, ...errors];
  }
  for (const run of result.pruning)
    for (const { sparsities, accuracy, loss } of run.unstructured)
      yield [`A pruning curve of ${runName(run)}`, sparsities.length, accuracy.length, loss.length];
  for (const { sweep } of result.merging ?? [])
    if (sweep) yield ['A sweep over λ', sweep.scales.length, sweep.accuracy.length, sweep.loss.length];
  for (const { xs, ys, accuracy, loss } of result.planes ?? [])
    yield [
      'A plane',
      xs.length * Math.min(ys.length, Math.ceil(accuracy.length / Math.max(1, xs.length))),
      accuracy.length,
      loss.length,
    ];
  if (result.multitask) {
    const { tasks, zeroShot, runs } = result.multitask;
    const all = [zeroShot, ...runs.flatMap(({ single, ensemble, merges }) => [single, ensemble, ...merges])];
    yield ['A merge across tasks', tasks.length, ...all.flatMap(({ own, joint }) => [own.length, joint.length])];
  }
  for (const { kinds, counts } of result.federated?.partitions ?? [])
    yield ['A partition', kinds.length, ...counts.map(({ length }) => length)];
  for (const run of result.federated?.runs ?? []) {
    yield [`The rounds of ${runName(run)}`, run.accuracy.length, run.loss.length];
    yield [`The errors of ${runName(run)}`, run.players.length, ...run.error.map(({ length }) => length)];
  }
  if (result.geometry) {
    const { points, factors, updates } = result.geometry;
    const pairs = (points.length * (points.length - 1)) / 2;
    yield ['The norms of the adapters', points.length, factors.norms.length, updates.norms.length];
    yield ['The distances between adapters', pairs, factors.distances.length, updates.distances.length];
  }
}

const isWhole: Rule = (result) =>
  first([...lengths(result)], ([what, expected, ...got]) => {
    const other = got.find((length) => length !== expected);
    return other === undefined ? null : `${what} has lists of ${expected} and of ${other} values.`;
  });

const isOfTheTask: Rule = ({ task, shapley, pruning }) =>
  first(shapley, (run) =>
    run.images <= task.test ? null : `The Shapley values of ${runName(run)} are of more images than the task has.`,
  ) ??
  first(pruning, (run) =>
    run.structured.every(({ kept, of }) => kept <= of)
      ? null
      : `A pruning of ${runName(run)} keeps more than there is.`,
  );

const RULES: readonly Rule[] = [isUnique, isOfTheStudy, isWhole, isOfTheTask];

/** A result that anybody may have written: of the right form, and at one with itself. */
export const ForeignResultSchema = v.pipe(
  StudyResultSchema,
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? first(RULES, (rule) => rule(dataset.value)) : null;
    if (problem) addIssue({ message: problem });
  }),
);
