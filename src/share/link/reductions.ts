/** What links drop or round to fit, in order, and what the codes of it mean that links store. */
import { mapParts } from '../../study/result/result-parts.ts';
import { SECTIONS } from './all-sections.ts';
import { FINE, type Coarser, type Detail, type Fidelity } from './fidelity.ts';
import { LINK_WORDS } from './messages.ts';
import { mapRuns, type Reduction } from './reduction.ts';
import { classNamesFit, numberedClass } from './sections/meta.ts';

const TAPE: Reduction = {
  code: 1,
  worth: 0,
  apply: (result) => mapRuns(result, (run) => (run.gates === null ? run : { ...run, gates: null })),
};

const CLASS_NAMES: Reduction = {
  code: 2,
  worth: 0,
  apply(result) {
    if (classNamesFit(result.task.classes)) return result;
    const classes = result.task.classes.map((_, i) => numberedClass(i));
    return { ...result, task: { ...result.task, classes } };
  },
};

const STRAY: Reduction = {
  code: 3,
  worth: 0,
  apply(result) {
    const arms = new Set(result.config.arms.map(({ id }) => id));
    return mapParts(result, (part, value) => part.ofArms(value, arms));
  },
};

/** Numbers of one purpose, in whichever section they lie. */
const rounded = (code: Reduction['code'], worth: number, detail: Detail, coarser: Coarser[Detail]): Reduction => ({
  code,
  worth,
  kind: detail,
  precision: { [detail]: coarser },
});

/** Detailed analyses only of the first few seeds (pairs) of every arm; the runs themselves stay. */
const fewerSeeds = (code: Reduction['code'], worth: number, most: number): Reduction => ({
  code,
  worth,
  kind: 'seeds',
  apply: (result) => SECTIONS.reduce((rest, { ofFirstSeeds }) => ofFirstSeeds?.(rest, most) ?? rest, result),
});

/** What is of no section, or of several. */
const GENERAL: readonly Reduction[] = [
  TAPE,
  CLASS_NAMES,
  STRAY,
  rounded(30, 10, 'table', { levels: 100 }),
  rounded(31, 20, 'error', { levels: 30 }),
  rounded(32, 40, 'curve', { levels: 100 }),
  rounded(33, 50, 'path', { levels: 100 }),
  rounded(34, 60, 'bar', { levels: 250 }),
  rounded(54, 70, 'distance', { levels: 400 }),
  rounded(35, 80, 'table', { levels: 25 }),
  rounded(36, 90, 'error', { levels: 12 }),
  rounded(37, 120, 'bar', { levels: 100 }),
  rounded(38, 130, 'path', { levels: 50 }),
  rounded(39, 150, 'table', { levels: 12 }),
  rounded(40, 160, 'curve', { levels: 50 }),
  rounded(41, 170, 'path', { levels: 25 }),
  rounded(42, 180, 'bar', { levels: 50 }),
  rounded(55, 190, 'distance', { levels: 50 }),
  rounded(43, 200, 'curve', { levels: 25 }),
  rounded(44, 210, 'curve', { images: 2 }),
  rounded(50, 250, 'path', { images: 2 }),
  rounded(51, 260, 'curve', { images: 4 }),
  rounded(52, 270, 'path', { images: 4 }),
  fewerSeeds(77, 310, 4),
  fewerSeeds(78, 330, 2),
  rounded(53, 360, 'merge', { images: 2 }),
  fewerSeeds(79, 370, 1),
];

const REDUCTIONS: readonly Reduction[] = [...GENERAL, ...SECTIONS.flatMap(({ reductions }) => reductions)];

/** Applied to every link. */
export const ALWAYS: readonly Reduction[] = REDUCTIONS.filter(({ worth }) => worth === 0);

/** Applied one after the other while a link is too long; undone if there is room after all. */
export const TO_FIT: readonly Reduction[] = REDUCTIONS.filter(({ worth }) => worth > 0).toSorted(
  (a, b) => a.worth - b.worth,
);

const ROUNDED = new Set<number>(REDUCTIONS.filter(({ precision }) => precision).map(({ code }) => code));

/** The meaning of a stored code; an unknown code of a later version is reported too. */
export function leftOutText(code: number): string {
  const texts: Readonly<Record<number, string | undefined>> = LINK_WORDS.reductions;
  return texts[code] ?? LINK_WORDS.unknownReduction;
}

/** Landscapes, Shapley values and pruning curves at once, in links of the first days. */
const OLD_FIGURES = 12;

const OF_FIGURES = new Set<number>([OLD_FIGURES, ...REDUCTIONS.filter(({ figure }) => figure).map(({ code }) => code)]);

/** Whether a whole figure may be missing; one of a later version may. */
export const emptiesFigure = (code: number): boolean => OF_FIGURES.has(code) || !(code in LINK_WORDS.reductions);

/** Of links that kept fewer seeds, but the variances over images of all of them. */
const OF_OTHER_SEEDS = new Set([8, 9, 10]);

/** Whether variances over images that are stored beside these codes need not hold for the seeds that are left. */
export const doubtVariances = (codes: readonly number[]): boolean => codes.some((code) => OF_OTHER_SEEDS.has(code));

/** Curves of which less is kept. */
const THINNED = new Set<number>(
  REDUCTIONS.filter(({ kind, code }) => kind === 'losses' || code === 13).map(({ code }) => code),
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
export function fidelityOf(reductions: readonly Reduction[]): Fidelity {
  const fidelity = { ...FINE };
  for (const { precision = {} } of reductions)
    for (const [detail, coarser] of Object.entries(precision) as [Detail, Coarser[Detail]][])
      fidelity[detail] = { ...fidelity[detail], ...coarser };
  return fidelity;
}
