/** What a link drops to fit, least important first. Links store the codes: never reuse one. */
import { without } from '../../core/without.ts';
import { pointsThat } from '../../study/analyses/geometry/part.ts';
import { mapParts } from '../../study/result/result-parts.ts';
import type { RunResult, StudyResult } from '../../study/result/result.ts';
import { FINE, type Detail, type Fidelity } from './fidelity.ts';
import { LINK_WORDS, type ReductionCode } from './messages.ts';
import { confusionsThatFit } from './sections/confusions.ts';
import { classNamesFit } from './sections/meta.ts';

export interface Reduction {
  /** Its words for people: messages.ts. */
  readonly code: ReductionCode;
  /** Of several reductions of one kind, only the last is reported. */
  readonly kind?: 'losses' | 'seeds' | 'confusions' | Detail;
  /** The smaller result, or the same one if there is nothing to drop. */
  readonly apply?: (result: StudyResult, original: StudyResult) => StudyResult;
  /** How exactly numbers of its kind are stored. Nothing is missing: they are rounded. */
  readonly precision?: Partial<Fidelity[Detail]>;
  /** A whole figure is missing. The place of one that the study asks for stays empty on the page; others come with a result unasked. */
  readonly figure?: 'asked' | 'unasked';
}

/** @param kind the numbers that are rounded */
const rounded = (code: ReductionCode, kind: Detail, precision: Partial<Fidelity[Detail]>): Reduction => ({
  code,
  kind,
  precision,
});

/** Means over neighbouring windows, so that every value remains the mean loss of its steps. */
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

/** Pools the original curves: pooling twice would keep fewer points than possible. */
const pooled = (points: number) => (result: StudyResult, original: StudyResult) =>
  mapRuns(result, (run) => {
    const whole = original.runs.find(({ arm, seed }) => arm === run.arm && seed === run.seed) ?? run;
    const { lossSteps, losses } = poolLosses(whole, points);
    return losses.length < run.losses.length ? { ...run, lossSteps, losses } : run;
  });

/** Every n-th validation, always including the last. */
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

/** Detailed analyses only for the first few seeds (pairs) of every arm; the runs themselves stay. */
const fewerSeeds = (most: number) => (result: StudyResult) => {
  const landscape = firstOfEach(result.landscape, ({ arm, path, alignment }) => `${arm} ${path} ${alignment}`, most);
  const shapley = firstOfEach(result.shapley, ({ arm }) => arm, most);
  const pruning = firstOfEach(result.pruning, ({ arm }) => arm, most);
  const same = landscape === result.landscape && shapley === result.shapley && pruning === result.pruning;
  return same ? result : { ...result, landscape, shapley, pruning };
};

const TAPE: Reduction = {
  code: 1,
  apply: (result) => mapRuns(result, (run) => (run.gates === null ? run : { ...run, gates: null })),
};

const CLASS_NAMES: Reduction = {
  code: 2,
  apply: (result) => {
    if (classNamesFit(result.task.classes)) return result;
    const classes = result.task.classes.map((_, i) => `class ${i + 1}`);
    return { ...result, task: { ...result.task, classes } };
  },
};

const STRAY: Reduction = {
  code: 3,
  apply: (result) => {
    const arms = new Set(result.config.arms.map(({ id }) => id));
    return mapParts(result, (part, value) => part.ofArms(value, arms));
  },
};

function onlyTrained(result: StudyResult): StudyResult {
  const geometry = result.geometry && pointsThat(result.geometry, ({ step }) => step === null);
  return geometry === result.geometry ? result : { ...result, geometry };
}

/** Where there is no room for those of a single arm. */
const CONFUSIONS: Reduction = {
  code: 70,
  kind: 'confusions',
  figure: 'unasked',
  apply: (result) =>
    result.confusions && confusionsThatFit(result.task.classes) === 0 ? without(result, 'confusions') : result,
};

const FURTHER_CONFUSIONS: Reduction = {
  code: 80,
  kind: 'confusions',
  apply: (result) => {
    const most = confusionsThatFit(result.task.classes);
    const { confusions = [] } = result;
    return confusions.length > most ? { ...result, confusions: confusions.slice(0, most) } : result;
  },
};

/** Applied to every link. */
export const ALWAYS: readonly Reduction[] = [
  TAPE,
  CLASS_NAMES,
  STRAY,
  CONFUSIONS,
  FURTHER_CONFUSIONS,
  { code: 4, kind: 'losses', apply: pooled(64) },
];

/** Drops one part of a result, if present. */
const withoutParts =
  (
    ...parts: readonly (
      | 'merging'
      | 'planes'
      | 'geometry'
      | 'multitask'
      | 'federated'
      | 'domains'
      | 'spectra'
      | 'sharpness'
      | 'timeline'
      | 'timing'
      | 'confusions'
    )[]
  ) =>
  (result: StudyResult): StudyResult => {
    if (parts.every((part) => result[part] === undefined)) return result;
    const rest = { ...result };
    for (const part of parts) delete rest[part];
    return rest;
  };

const withoutList =
  (part: 'landscape' | 'shapley' | 'pruning') =>
  (result: StudyResult): StudyResult =>
    result[part].length > 0 ? { ...result, [part]: [] } : result;

const alternate = <T>(list: readonly T[]): T[] => list.filter((_, i) => i % 2 === 0);

/** Drops every other point of paths that still have their ends and middle afterwards. */
function halvedPaths(result: StudyResult): StudyResult {
  const halved = result.landscape.map((path) => {
    if (path.lambdas.length <= 5 || path.lambdas.length % 4 !== 1) return path;
    const { lambdas, accuracy, loss, train } = path;
    const half = { lambdas: alternate(lambdas), accuracy: alternate(accuracy), loss: alternate(loss) };
    if (!train) return { ...path, ...half };
    return { ...path, ...half, train: { ...train, accuracy: alternate(train.accuracy), loss: alternate(train.loss) } };
  });
  return halved.some((path, i) => path !== result.landscape[i]) ? { ...result, landscape: halved } : result;
}

const withoutWeights = (result: StudyResult): StudyResult =>
  result.pruning.some(({ unstructured }) => unstructured.length > 0)
    ? { ...result, pruning: result.pruning.map((entry) => ({ ...entry, unstructured: [] })) }
    : result;

/** What all coalitions give beside Shapley values, of the first few seeds of every arm only: with two towers it is longer than all else. */
const everyCoalitionOf =
  (most: number) =>
  (result: StudyResult): StudyResult => {
    const whole = result.shapley.filter(({ everyCoalition }) => everyCoalition);
    const kept = firstOfEach(whole, ({ arm }) => arm, most);
    if (kept === whole) return result;
    const shapley = result.shapley.map((entry) => (kept.includes(entry) ? entry : without(entry, 'everyCoalition')));
    return { ...result, shapley };
  };

/** Keeps what every run reaches on other domains with everything on. */
function wholeRunsOnDomains(result: StudyResult): StudyResult {
  const { domains } = result;
  if (!domains || (domains.paths.length === 0 && domains.runs.every(({ subsets }) => subsets.length === 0)))
    return result;
  return { ...result, domains: { ...domains, paths: [], runs: domains.runs.map((run) => ({ ...run, subsets: [] })) } };
}

/** Applied one after the other while a link is too long; undone if there is room after all. */
export const TO_FIT: readonly Reduction[] = [
  rounded(30, 'table', { levels: 100 }),
  rounded(31, 'error', { levels: 30 }),
  { code: 5, kind: 'losses', apply: pooled(32) },
  rounded(32, 'curve', { levels: 100 }),
  rounded(33, 'path', { levels: 100 }),
  rounded(34, 'bar', { levels: 250 }),
  rounded(54, 'distance', { levels: 400 }),
  rounded(35, 'table', { levels: 25 }),
  rounded(36, 'error', { levels: 12 }),
  { code: 76, apply: everyCoalitionOf(3) },
  { code: 6, kind: 'losses', apply: pooled(24) },
  rounded(37, 'bar', { levels: 100 }),
  rounded(38, 'path', { levels: 50 }),
  { code: 7, kind: 'losses', apply: pooled(16) },
  rounded(39, 'table', { levels: 12 }),
  rounded(40, 'curve', { levels: 50 }),
  rounded(41, 'path', { levels: 25 }),
  rounded(42, 'bar', { levels: 50 }),
  rounded(55, 'distance', { levels: 50 }),
  rounded(43, 'curve', { levels: 25 }),
  rounded(44, 'curve', { images: 2 }),
  { ...CONFUSIONS, apply: withoutParts('confusions') },
  { code: 13, apply: fewerValidations(6) },
  { code: 14, kind: 'losses', apply: pooled(8) },
  rounded(50, 'path', { images: 2 }),
  rounded(51, 'curve', { images: 4 }),
  rounded(52, 'path', { images: 4 }),
  { code: 56, figure: 'unasked', apply: everyCoalitionOf(0) },
  { code: 61, apply: wholeRunsOnDomains },
  { code: 18, apply: onlyTrained },
  { code: 77, kind: 'seeds', apply: fewerSeeds(4) },
  { code: 45, apply: halvedPaths },
  { code: 78, kind: 'seeds', apply: fewerSeeds(2) },
  {
    code: 16,
    figure: 'asked',
    apply: (result) => {
      const { federated } = result;
      if (!federated?.runs.some(({ error }) => error.length > 0)) return result;
      return { ...result, federated: { ...federated, runs: federated.runs.map((run) => ({ ...run, error: [] })) } };
    },
  },
  {
    code: 19,
    figure: 'asked',
    apply: (result) => {
      if (!result.landscape.some(({ alignment, train }) => alignment ?? train)) return result;
      const plain = result.landscape.filter(({ alignment }) => !alignment);
      return { ...result, landscape: plain.map((entry) => ({ ...entry, train: undefined })) };
    },
  },
  rounded(53, 'merge', { images: 2 }),
  { code: 79, kind: 'seeds', apply: fewerSeeds(1) },
  { code: 74, figure: 'asked', apply: withoutParts('timing') },
  { code: 66, figure: 'asked', apply: withoutParts('spectra') },
  { code: 68, figure: 'asked', apply: withoutParts('timeline') },
  { code: 67, figure: 'asked', apply: withoutParts('sharpness') },
  { code: 21, figure: 'asked', apply: withoutParts('geometry') },
  { code: 20, figure: 'asked', apply: withoutParts('planes') },
  {
    code: 11,
    figure: 'asked',
    apply: (result) =>
      mapRuns(result, (run) =>
        run.losses.length + run.validation.length > 0 ? { ...run, losses: [], lossSteps: [], validation: [] } : run,
      ),
  },
  { code: 46, figure: 'asked', apply: withoutWeights },
  { code: 60, figure: 'asked', apply: withoutParts('domains') },
  { code: 24, figure: 'asked', apply: withoutParts('multitask') },
  { code: 15, figure: 'asked', apply: withoutParts('merging') },
  { code: 17, figure: 'asked', apply: withoutParts('federated') },
  { code: 47, figure: 'asked', apply: withoutList('pruning') },
  { code: 48, figure: 'asked', apply: withoutList('shapley') },
  { code: 49, figure: 'asked', apply: withoutList('landscape') },
];

const ROUNDED = new Set<number>(TO_FIT.filter(({ precision }) => precision).map(({ code }) => code));

/** The meaning of a stored code; an unknown code of a later version is reported too. */
export function leftOutText(code: number): string {
  const texts: Readonly<Record<number, string | undefined>> = LINK_WORDS.reductions;
  return texts[code] ?? LINK_WORDS.unknownReduction;
}

/** Landscapes, Shapley values and pruning curves at once, in links of the first days. */
const OLD_FIGURES = 12;

const OF_FIGURES = new Set<number>([
  OLD_FIGURES,
  ...[...ALWAYS, ...TO_FIT].filter(({ figure }) => figure).map(({ code }) => code),
]);

/** Whether a whole figure may be missing; one of a later version may. */
export const emptiesFigure = (code: number): boolean => OF_FIGURES.has(code) || !(code in LINK_WORDS.reductions);

/** Of links that kept fewer seeds, but the variances over images of all of them. */
const OF_OTHER_SEEDS = new Set([8, 9, 10]);

/** Whether variances over images that are stored beside these codes need not hold for the seeds that are left. */
export const doubtVariances = (codes: readonly number[]): boolean => codes.some((code) => OF_OTHER_SEEDS.has(code));

/** Curves of which less is kept. */
const THINNED = new Set<number>(
  [...ALWAYS, ...TO_FIT].filter(({ kind, code }) => kind === 'losses' || code === 13).map(({ code }) => code),
);
/** All of those curves. */
const CURVES = 11;

/**
 * What is worth a word of what a link lacks. The tape is drawn again from the seeds, so it is not missing; if curves are left out, their detail need not
 * be mentioned.
 */
export const worthTelling = (codes: readonly number[]): readonly number[] =>
  codes.filter((code) => code !== TAPE.code && !(codes.includes(CURVES) && THINNED.has(code)));

/** Whether a code means that something is rounded, not missing. */
export const isRounding = (code: number): boolean => ROUNDED.has(code);

/** How exactly numbers are stored under these reductions. */
export const fidelityOf = (reductions: readonly Reduction[]): Fidelity =>
  reductions.reduce<Fidelity>(
    (fidelity, { kind, precision }) =>
      precision && kind && kind !== 'losses' && kind !== 'seeds' && kind !== 'confusions'
        ? { ...fidelity, [kind]: { ...fidelity[kind], ...precision } }
        : fidelity,
    FINE,
  );
