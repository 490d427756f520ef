/** What a result gives up to fit in a link, least important first. The codes are stored in links: never reuse one. */
import { subCloud } from '../copra/geometry/distances.ts';
import type { GeometryResult, RunResult, StudyResult } from '../study/result.ts';
import { classNamesFit } from './sections/meta.ts';

export interface Reduction {
  readonly code: number;
  /** For people: what is missing. */
  readonly text: string;
  /** Of several reductions of one kind only the last is worth telling. */
  readonly kind?: 'losses' | 'seeds';
  /** The smaller result, or the same one when there is nothing to give up. */
  readonly apply: (result: StudyResult, original: StudyResult) => StudyResult;
}

/** Means over neighbouring windows, so that every value stays the mean loss of the steps it stands for. */
function poolLosses(run: RunResult, points: number): RunResult {
  const factor = Math.ceil(run.losses.length / points);
  if (factor <= 1) return run;
  const lossSteps: number[] = [];
  const losses: number[] = [];
  for (let from = 0; from < run.losses.length; from += factor) {
    const window = run.losses.slice(from, from + factor);
    losses.push(window.reduce((sum, loss) => sum + loss, 0) / window.length);
    lossSteps.push(run.lossSteps[from + window.length - 1]);
  }
  return { ...run, lossSteps, losses };
}

function mapRuns(result: StudyResult, change: (run: RunResult) => RunResult): StudyResult {
  const runs = result.runs.map(change);
  return runs.some((run, i) => run !== result.runs[i]) ? { ...result, runs } : result;
}

/** From the original curves: pooling what was pooled before would keep fewer points than could be kept. */
const pooled = (points: number) => (result: StudyResult, original: StudyResult) =>
  mapRuns(result, (run) => {
    const whole = original.runs.find(({ arm, seed }) => arm === run.arm && seed === run.seed) ?? run;
    const { lossSteps, losses } = poolLosses(whole, points);
    return losses.length < run.losses.length ? { ...run, lossSteps, losses } : run;
  });

/** Every so-manieth validation, the last one always. */
const fewerValidations = (points: number) => (result: StudyResult) =>
  mapRuns(result, (run) => {
    const stride = Math.ceil(run.validation.length / points);
    if (stride <= 1) return run;
    const last = run.validation.length - 1;
    return { ...run, validation: run.validation.filter((_, i) => (last - i) % stride === 0) };
  });

/** Keeps the first `most` entries of every group. */
function firstOfEach<T>(entries: T[], group: (entry: T) => string, most: number): T[] {
  const seen = new Map<string, number>();
  const kept = entries.filter((entry) => {
    const count = (seen.get(group(entry)) ?? 0) + 1;
    seen.set(group(entry), count);
    return count <= most;
  });
  return kept.length < entries.length ? kept : entries;
}

/** Detailed analyses of the first few seeds (pairs) of every arm; the runs themselves stay. */
const fewerSeeds = (most: number) => (result: StudyResult) => {
  const landscape = firstOfEach(result.landscape, ({ arm, path, alignment }) => `${arm} ${path} ${alignment}`, most);
  const shapley = firstOfEach(result.shapley, ({ arm }) => arm, most);
  const pruning = firstOfEach(result.pruning, ({ arm }) => arm, most);
  const same = landscape === result.landscape && shapley === result.shapley && pruning === result.pruning;
  return same ? result : { ...result, landscape, shapley, pruning };
};

const TAPE: Reduction = {
  code: 1,
  text: 'the activation tape (which layer was active at which step)',
  apply: (result) => mapRuns(result, (run) => (run.gates === null ? run : { ...run, gates: null })),
};

const CLASS_NAMES: Reduction = {
  code: 2,
  text: 'the names of the classes, which are too many or too long',
  apply: (result) => {
    if (classNamesFit(result.task.classes)) return result;
    const classes = result.task.classes.map((_, i) => `class ${i + 1}`);
    return { ...result, task: { ...result.task, classes } };
  },
};

const STRAY: Reduction = {
  code: 3,
  text: 'results of arms that are not part of the configuration',
  apply: (result) => {
    const known = new Set(result.config.arms.map(({ id }) => id));
    const keep = <T extends { arm: string }>(entries: T[]) => entries.filter(({ arm }) => known.has(arm));
    const { runs, landscape, shapley, pruning } = result;
    const merging = result.merging?.filter(
      ({ arm, runs: merged }) => (arm === null || known.has(arm)) && keep(merged).length === merged.length,
    );
    const federated = result.federated && { ...result.federated, runs: keep(result.federated.runs) };
    const { multitask } = result;
    const ofTasks = multitask && { ...multitask, runs: keep(multitask.runs) };
    const planes = result.planes?.filter(
      ({ arm, trajectories }) => (arm === null || known.has(arm)) && keep(trajectories).length === trajectories.length,
    );
    const points = result.geometry?.points ?? [];
    const strayPoints = keep(points).length < points.length;
    if (
      [runs, landscape, shapley, pruning].every(
        (entries) => keep<{ arm: string }>(entries).length === entries.length,
      ) &&
      merging?.length === result.merging?.length &&
      federated?.runs.length === result.federated?.runs.length &&
      ofTasks?.runs.length === multitask?.runs.length &&
      planes?.length === result.planes?.length &&
      !strayPoints
    ) {
      return result;
    }
    const kept = { runs: keep(runs), landscape: keep(landscape), shapley: keep(shapley), pruning: keep(pruning) };
    const geometry =
      result.geometry &&
      keepPoints(
        result.geometry,
        indicesOf(points, ({ arm }) => known.has(arm)),
      );
    return {
      ...result,
      ...kept,
      ...(merging ? { merging } : {}),
      ...(federated ? { federated } : {}),
      ...(ofTasks ? { multitask: ofTasks } : {}),
      ...(planes ? { planes } : {}),
      ...(geometry ? { geometry } : {}),
    };
  },
};

/** A part that results may do without. */
const without =
  (part: 'merging' | 'planes' | 'geometry') =>
  (result: StudyResult): StudyResult => {
    if (!result[part]) return result;
    const rest = { ...result };
    delete rest[part];
    return rest;
  };

function onlyTrained(result: StudyResult): StudyResult {
  const { geometry } = result;
  if (!geometry) return result;
  const kept = indicesOf(geometry.points, ({ step }) => step === null);
  if (kept.length === geometry.points.length) return result;
  return { ...result, geometry: keepPoints(geometry, kept) };
}

const indicesOf = <T>(list: readonly T[], wanted: (item: T) => boolean): number[] =>
  list.flatMap((item, i) => (wanted(item) ? [i] : []));

const keepPoints = ({ points, factors, updates }: GeometryResult, kept: readonly number[]): GeometryResult => {
  const part = (cloud: GeometryResult['factors']) => {
    const { norms, distances } = subCloud(cloud, kept);
    return { norms: [...norms], distances: [...distances] };
  };
  return { points: kept.map((i) => points[i]), factors: part(factors), updates: part(updates) };
};

/** Applied to every link. */
export const ALWAYS: readonly Reduction[] = [
  TAPE,
  CLASS_NAMES,
  STRAY,
  { code: 4, text: 'loss curves in full detail (64 points are kept)', kind: 'losses', apply: pooled(64) },
];

/** Detail of curves, given up one after the other while a link is longer than it should be. */
export const TO_SHORTEN: readonly Reduction[] = [
  { code: 5, text: 'loss curves in full detail (32 points are kept)', kind: 'losses', apply: pooled(32) },
  { code: 6, text: 'loss curves in full detail (24 points are kept)', kind: 'losses', apply: pooled(24) },
  { code: 7, text: 'loss curves in full detail (16 points are kept)', kind: 'losses', apply: pooled(16) },
  { code: 13, text: 'most points of the validation curves', apply: fewerValidations(6) },
  { code: 14, text: 'loss curves in full detail (8 points are kept)', kind: 'losses', apply: pooled(8) },
];

/** Applied one after the other while a link is longer than it may be. */
export const TO_FIT: readonly Reduction[] = [
  { code: 15, text: 'the merges of all seeds', apply: without('merging') },
  { code: 18, text: 'adapters on the way through training, between which distances are known', apply: onlyTrained },
  {
    code: 19,
    text: 'paths with aligned factors and on training images',
    apply: (result) => {
      if (!result.landscape.some(({ alignment, train }) => alignment ?? train)) return result;
      const plain = result.landscape.filter(({ alignment }) => !alignment);
      return { ...result, landscape: plain.map((entry) => ({ ...entry, train: undefined })) };
    },
  },
  {
    code: 16,
    text: 'the aggregation errors of federated training',
    apply: (result) => {
      const { federated } = result;
      if (!federated?.runs.some(({ error }) => error.length > 0)) return result;
      return { ...result, federated: { ...federated, runs: federated.runs.map((run) => ({ ...run, error: [] })) } };
    },
  },
  { code: 20, text: 'the planes through three adapters', apply: without('planes') },
  { code: 21, text: 'the distances between adapters', apply: without('geometry') },
  {
    code: 24,
    text: 'the merges across tasks',
    apply: (result) => {
      if (!result.multitask) return result;
      const rest = { ...result };
      delete rest.multitask;
      return rest;
    },
  },
  { code: 8, text: 'analyses beyond four seeds (pairs) per arm', kind: 'seeds', apply: fewerSeeds(4) },
  { code: 9, text: 'analyses beyond two seeds (pairs) per arm', kind: 'seeds', apply: fewerSeeds(2) },
  { code: 10, text: 'analyses beyond one seed (pair) per arm', kind: 'seeds', apply: fewerSeeds(1) },
  {
    code: 11,
    text: 'the loss and validation curves',
    apply: (result) => mapRuns(result, (run) => ({ ...run, losses: [], lossSteps: [], validation: [] })),
  },
  {
    code: 17,
    text: 'the federated training',
    apply: (result) => {
      if (!result.federated) return result;
      const rest = { ...result };
      delete rest.federated;
      return rest;
    },
  },
  {
    code: 12,
    text: 'the landscapes, Shapley values and pruning curves',
    apply: (result) => ({ ...result, landscape: [], shapley: [], pruning: [] }),
  },
];

const TEXTS = new Map([...ALWAYS, ...TO_SHORTEN, ...TO_FIT].map(({ code, text }) => [code, text]));

/** What a stored code means; a code of a later version is still reported. */
export const leftOutText = (code: number): string => TEXTS.get(code) ?? 'something that this version does not know';
