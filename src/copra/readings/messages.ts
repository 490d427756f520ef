/** The words that readings share, and those of the page's first screen and its training curves. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { integer } from '../../core/number-format.ts';

/** What is counted: runs by their seeds, and pairs of them. */
export type Unit = 'seed' | 'pair' | 'seed pair';

/** Sentences about a difference of two arms, without numbers. */
interface ComparisonWords {
  /** @param better the arm that does better */
  readonly clear: (better: string) => string;
  readonly unclear: (first: string, second: string) => string;
  readonly tooFew: (first: string, second: string) => string;
}

/** @param where under which condition: "With half of its layers off" @param better what the better arm does: "keeps more of what it learned" */
const comparison = (where: string, better: string): ComparisonWords => ({
  clear: (arm) => `${where}, ${arm} ${better}.`,
  unclear: (first, second) => `${where}, ${first} and ${second} do not clearly differ.`,
  tooFew: (first, second) => `${where}, too few seeds to say whether ${first} or ${second} ${better}.`,
});

/** "CopRA is 2.7 points behind LoRA" */
const apart =
  (more: string, less: string) =>
  (name: string, points: string, isMore: boolean, first: string): string =>
    `${name} is ${points} points ${isMore ? more : less} ${first}`;

export const READING_WORDS = catalogue('readings', {
  /** Caption before there are any results. */
  nothingYet: 'Nothing measured yet.',
  unknown: 'unknown',
  /** Around names that would run into the words beside them. */
  quoted: (name: string): string => `“${name}”`,
  range: (low: string, high: string): string => `${low} to ${high}`,
  seeds: (count: number): string => counted(count, 'seed'),
  testImages: (count: number): string => counted(count, 'test image'),
  /** "2 seeds each", or "1 to 3 seeds" when the arms differ. @param several whether there are several arms */
  each: (least: number, most: number, unit: Unit, several: boolean): string =>
    least === most ? `${counted(most, unit)}${several ? ' each' : ''}` : `${least} to ${counted(most, unit)}`,
  ofMotifs: (images: number, motifs: number): string =>
    `${counted(images, 'test image')} of ${counted(motifs, 'motif')}`,
  sampling: (images: string, points: string): string => `${images}, sampling error ${points} points`,
  /** "LoRA keeps 61 % of its gain", "CopRA 89 % (3 of 4 seeds; the others gained too little to say)". @param partly where some gained too little */
  keeps: (
    name: string,
    share: string,
    isFirst: boolean,
    partly: { readonly counted: number; readonly of: number; readonly unit: Unit } | null,
  ): string => {
    const some = partly
      ? ` (${partly.counted} of ${partly.of} ${partly.unit}s; the others gained too little to say)`
      : '';
    return `${name} ${isFirst ? `keeps ${share} of its gain` : share}${some}`;
  },
  gainedTooLittle: (names: string): string => `${names} gained too little to say`,
  /** Behind a difference: its interval, in points. */
  interval: (low: string, high: string, scope: string): string =>
    `95\u00a0% interval ${low} to ${high} points ${scope}`,
  /** Behind means of arms. @param scope what the intervals of their differences are over */
  differences: (differences: string, scope: string): string =>
    ` (95\u00a0% interval of the difference ${scope}: ${differences})`,
  /** Behind a difference that is not the one of the means beside it: one of the arms has more seeds. */
  shared: (seeds: number): string => `, over the ${counted(seeds, 'seed')} that both have`,
  tooFew: ', but the seeds are too few to tell',
  unclear: ', but the difference is not clear',
  same: (name: string, first: string): string => `${name} and ${first} do not differ here`,
  apart: {
    ahead: apart('ahead of', 'behind'),
    higher: apart('higher than', 'lower than'),
    above: apart('above', 'below'),
  },
  comparisons: {
    training: comparison('With every layer on', 'is right more often'),
    landscape: comparison('On the way between two seeds', 'loses less accuracy'),
    layers: comparison('With half of its layers off', 'keeps more of what it learned'),
    weights: comparison('With half of its numbers set to zero', 'is right more often'),
    credit: comparison('On the layers near the output', 'relies less'),
    interactions: comparison('When a layer is switched off', 'has more layers that stand in for it'),
    domains: comparison('On domains that no run was trained on', 'is right more often'),
    timeline: comparison('At the end of training, half-way between two seeds', 'is right more often'),
    timing: comparison('Trained on its own', 'takes less time a step'),
    sharpness: comparison('Pushed in random directions', 'gets worse by less'),
    tasks: comparison('With the adapters of all tasks averaged', 'is right more often'),
    clients: comparison('Trained by clients and averaged', 'is right more often'),
    averaging: comparison('When clients’ A and B are averaged', 'has the smaller error'),
  },
  cannotTell: (names: string): string => `This study cannot tell ${names} apart. More steps and more seeds may.`,
  /** The findings of the first screen; sizes and intervals in points. */
  findings: {
    points: (points: string): string => `${points} points`,
    keepsMore: (name: string, size: string, low: string, high: string): string =>
      `${name} keeps ${size} points more (${low} to ${high}).`,
    losesLess: (name: string, size: string, low: string, high: string): string =>
      `${name} loses ${size} points less (${low} to ${high}).`,
    reachesMore: (name: string, size: string, low: string, high: string): string =>
      `${name} is ${size} points ahead (${low} to ${high}).`,
    errsLess: (name: string, size: string, low: string, high: string): string =>
      `${name} errs ${size} points less (${low} to ${high}).`,
    ahead: (name: string, size: string, low: string, high: string): string =>
      `Nothing: ${name} is ${size} points ahead (${low} to ${high}).`,
    behind: (name: string, size: string, low: string, high: string): string =>
      `${name} is ${size} points behind (${low} to ${high}).`,
    unclear: (low: string, high: string): string => `No clear difference (${low} to ${high} points).`,
    tooFew: (seeds: number): string => `Too few seeds to say: ${seeds} each.`,
  },
  /** @param what in which figure or analysis */
  leftOut: (arms: string, count: number, what: string): string =>
    `${arms} ${count > 1 ? 'are' : 'is'} left out of ${what}: the updates of DoRA adapters are not of low rank.`,
  /** What training curves say. */
  training: {
    /** @param first absent: all after the same number of steps @param whole seeds tested as they were in the end */
    taken: (name: string, first: number | null, last: number, whole: number): string =>
      `${name} is tested as it was after ${first === null ? '' : `${integer(first)} to `}${counted(last, 'step')}${whole > 0 ? `, ${counted(whole, 'seed after all of its steps', 'seeds after all of their steps')}` : ''}`,
    reaches: (name: string, accuracy: string, isFirst: boolean): string =>
      `${name} ${isFirst ? 'reaches ' : ''}${accuracy}`,
    /** @param steps 0: nothing was trained here */
    after: (steps: number, arms: string, over: string): string =>
      `${steps > 0 ? `After ${counted(steps, 'step')}` : 'Without further training'} ${arms} test accuracy (${over})`,
    zeroShot: (accuracy: string): string => `without training it is ${accuracy}`,
    headOnly: (accuracy: string): string => `with the head alone it is ${accuracy}`,
    divergedRun: (seed: number, step: number): string => `seed ${seed} at step ${step}`,
    /** "1 of 3 runs of LoRA diverged (seed 4 at step 20) and is left out of every mean and figure: lower the learning rate of LoRA" */
    diverged: (name: string, diverged: number, runs: number, which: string): string =>
      `${diverged === runs && runs > 1 ? 'all' : diverged} of ${counted(runs, 'run')} of ${name} diverged (${which}) and ${diverged === 1 ? 'is' : 'are'} left out of every mean and figure: lower the learning rate of ${name}`,
    belowChance: (name: string, chance: string): string =>
      `${name} ends below chance (${chance}): try a tenth of its learning rate, and look whether the classes are what their names say`,
    belowZeroShot: (name: string, points: string): string =>
      `${name} ends ${points} points below the backbone without training, so it lost more than it learnt: try a lower learning rate, fewer steps or more training images`,
    belowHead: (name: string, points: string): string =>
      `${name} ends ${points} points below a head trained alone on the frozen backbone, so its adapter does harm or was trained too little: try another learning rate, more steps or more training images`,
  },
});
