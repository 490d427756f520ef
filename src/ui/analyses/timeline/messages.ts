/** The words of the figure along training, and of comparisons at equal budgets. */
import { comparison } from '../../../study/readings/messages.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import { integer } from '../../../core/number-format.ts';

const barrierOver = (points: number): string =>
  points === 3 ? 'at the midpoint' : `over ${counted(points, 'value')} of λ`;

export const TIMELINE_WORDS = catalogue('timeline', {
  help: [
    'Adapters are kept on the way through training and tested as the trained ones are: with everything on, with every other layer on (mean of both halves), and half-way between two seeds on the factor path. The steps lie closer together early. Bands are one standard deviation over seeds, half-way between two seeds over pairs of them.',
    'A step of CopRA trains fewer adapters and computes less, so equal steps are not equal budgets. Updates counts the adapters that were active, all layers together as 1 a step. Compute counts the multiplications and additions of the matrix products of a run on its own: every image passes all layers, the backward pass ends at the lowest active layer. Both follow exactly from the gates of every step. In the study arms train together, where their times cannot be told apart; with Time of a step under Analyses each run is timed on its own, and Time counts the seconds.',
  ],
  measureShown: 'Along training: measure shown',
  countedIn: 'Along training: counted in',
  awaited: 'What adapters are worth on the way through training appears here when training is done.',
  off: 'Switch on Along training under Analyses to see how early two seeds can be merged.',
  measures: {
    midpoint: 'Midpoint',
    barrier: 'Barrier',
    'every other': 'Every other layer',
    accuracy: 'Everything on',
  },
  axes: {
    midpoint: 'accuracy at the midpoint, %',
    'every other': 'gain kept, % (better ↑)',
    accuracy: 'test accuracy, %',
  },
  /** What a barrier is taken over, ends included: a path of three points has one between its ends. */
  barrier: {
    axis: (points: number): string => `barrier ${barrierOver(points)}, points`,
    label: (points: number): string => `Barrier ${barrierOver(points)}, points`,
  },
  /** After a value. */
  units: { midpoint: ' %', barrier: ' points', 'every other': ' %', accuracy: ' %' },
  step: (step: string): string => `step ${step}`,
  head: ['Arm', 'Step', 'Everything on, %', 'Every other layer: gain kept, %', 'Midpoint, %'],
  spent: { updates: 'Adapter updates', work: 'Compute', time: 'Seconds of a run on its own' },
  missingSteps: (asked: number, known: number): string =>
    `Of ${counted(asked, 'step')} to test ${known} ${known === 1 ? 'is' : 'are'} known: the other adapters were not kept, or went with an interruption of the training.`,

  /** @param budget as in "after equal compute" */
  equal: (other: string, baseline: string, budget: string): string =>
    `${other} against ${baseline} after equal ${budget}`,
  /** @param scope what the intervals are over, e.g. "over seeds" @param validated whether those of validation accuracy are over seeds alone @param wider whether intervals over more may be narrower */
  equalCaption: (scope: string | null, validated: boolean, wider: boolean): string =>
    `Means over seeds; between two seeds, over pairs of them. Differences are paired by seed, with their 95 % interval${scope === null ? '' : ` ${scope}`}${validated ? ', of validation accuracy over seeds' : ''}; strong where that leaves 0 out.${wider ? ' An interval over seeds alone can be wider than one over seeds and images, because fewer values estimate its width (fewer degrees of freedom).' : ''} Between two tested steps values lie on a straight line. An arm that is read early has not come to the end of its learning rate schedule.`,
  measure: 'Measure',
  readAt: (step: number): string => `step ${integer(step)}`,
  difference: 'Difference',
  rows: {
    accuracy: 'Everything on, %',
    'every other': 'Every other layer, gain kept, %',
    midpoint: 'Midpoint, %',
    validation: 'Validation accuracy, %',
  },
  caption: {
    everyStep: 'at every tested step',
    fromStep: (step: number): string => `from step ${integer(step)} on`,
    gap: (points: string, isBelow: boolean): string => `${points} points ${isBelow ? 'below' : 'above'}`,
    tooFew: (name: string, gap: string): string => `${name} has too few seeds to say (${gap} at the last step)`,
    worse: (name: string, gap: string): string => `${name} is clearly worse than its ends at the last step, ${gap}`,
    neverWorse: (name: string, gap: string): string =>
      `${name} is at no tested step clearly worse than its ends, ${gap} at the last`,
    /** @param gaps there and at the last step */
    noLongerWorse: (name: string, step: number, gaps: string): string =>
      `${name} is no longer clearly worse than its ends from step ${integer(step)} on, ${gaps}`,
    untoldFrom: (name: string, step: number, gaps: string): string =>
      `whether ${name} is worse than its ends cannot be told from step ${integer(step)} on, ${gaps}`,
    gapThere: (gap: string): string => `${gap} there`,
    gapLast: (gap: string): string => `${gap} at the last`,
    measures: { midpoint: 'its midpoint', everyOther: 'its gain kept with every other layer on' },
    since: (what: string, isAhead: boolean, since: string): string =>
      `${what} is clearly ${isAhead ? 'ahead' : 'behind'} ${since}`,
    passing: (what: string, steps: readonly string[]): string =>
      `${what} is clearly ahead at ${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')}, but not in the end`,
    notAhead: (what: string): string => `${what} is not clearly ahead in the end`,
    /** @param scopes what the intervals are over */
    against: (name: string, first: string, scopes: string, parts: string): string =>
      `${name} against ${first} after equal steps (${scopes}): ${parts}`,
    visible: (ends: string): string =>
      `How early is mergeability visible? Half-way between two seeds on the factor path ${ends}`,
    needsTwo: 'Two seeds of an arm are needed to see when they can be merged',
    pairs: (count: number): string => counted(count, 'pair'),
    steps: (count: number): string => counted(count, 'step'),
  },
  /** What both arms have spent, and how accurate they are where that is equal. */
  budget: {
    spends: (other: string, first: string, share: string, budget: string): string =>
      `${other} spends ${share} of the ${budget} of ${first}`,
    where: (first: string, step: string, other: string, otherStep: string): string =>
      `where both have spent the same, ${first} at step ${step} and ${other} at step ${otherStep}`,
    nothingTested: 'nothing was tested',
    measured: {
      'accuracy with everything on': 'accuracy with everything on',
      'validation accuracy': 'validation accuracy',
    },
    same: (measured: string): string => `they do not differ in ${measured}`,
    apart: (other: string, points: string, isAhead: boolean, measured: string): string =>
      `${other} is ${points} points ${isAhead ? 'ahead' : 'behind'} in ${measured}`,
  },
  comparison: comparison(
    'At the end of training, half-way between two seeds',
    'is right more often',
    'test accuracy half-way between two seeds at the end of training',
  ),
});
