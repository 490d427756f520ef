/** The sentences of captions, by reading. Texts passed in are numbers with their units, names, or lists of both. */
import { countedAll } from '../../../core/counted-all.ts';
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { listed } from '../../../core/listed.ts';
import { integer } from '../../../core/number-format.ts';

const NBSP = '\u00a0';

/** An arm's name with its value, behind a verb that only the first one has: "LoRA loses 3 %", "CopRA 2 %". */
const told =
  (verb: string) =>
  (name: string, value: string, isFirst: boolean): string =>
    `${name} ${isFirst ? `${verb} ` : ''}${value}`;

/** Of an arm with more of a measure than the first one. */
const frontier = (best: string, one: string, several: string) => ({
  best: (arm: string): string => `${best}: ${arm}`,
  tooFew: (first: string): string => `Too few seeds to say which arms ${several.replace('…', () => first)}.`,
  none: (first: string): string => `No arm clearly ${one.replace('…', () => first)}.`,
  priced: (first: string): string =>
    `Every arm that clearly ${one.replace('…', () => first)} is less accurate with every layer on.`,
  free: (first: string): string =>
    `Some arms clearly ${several.replace('…', () => first)}, and are not clearly less accurate.`,
});

export const CAPTION_WORDS = catalogue('captions', {
  coalitions: {
    worth: (points: string, isLess: boolean, name: string, isFirst: boolean): string =>
      `${points} points ${isLess ? 'less' : 'more'}${isFirst ? ' than apart' : ''} for ${name}`,
    together: (worth: string, pairs: readonly number[], over: string): string =>
      `Two layers together are worth ${worth} (mean of ${countedAll(pairs, 'pair')}; ${over})`,
    tooFew: 'too few seeds to say whose layers substitute for one another more',
    unclear: 'it is not clear whose layers substitute for one another more',
    substitutes: (name: string, first: string, points: string, isMore: boolean): string =>
      `${name}’s layers substitute for one another ${isMore ? 'more' : 'less'} than ${first}’s, by ${points} points`,
    /** @param any accuracy of any set on average */
    sets: (
      name: string,
      { first, last, best, any, all }: Readonly<Record<'first' | 'last' | 'best' | 'any' | 'all', string>>,
    ): string =>
      `${name} has ${first} with the first, ${last} with the last, ${best} with the best and ${any} with any set on average, and ${all} with all`,
    withHalf: (half: number, layers: number, sets: string, isFirst: boolean): string =>
      `${isFirst ? 'With' : 'with'} ${half} of ${counted(layers, 'layer')} on, ${sets}`,
    chosen: (over: string): string =>
      `the best set is chosen on one half of the images and tested on the other (${over})`,
  },
  comparison: {
    highest: (name: string, arms: number, accuracy: string): string =>
      `With every layer on, “${name}” is highest of ${counted(arms, 'arm')}, at ${accuracy}`,
    change: (name: string, points: string, isGain: boolean): string =>
      `“${name}” ${isGain ? 'gains' : 'loses'} ${points} points`,
    ends: (least: string, most: string): string =>
      `half-way between two seeds ${least} and ${most}, the ends of the range`,
    luck: (over: string): string => `${over}, and the highest of many is partly luck`,
  },
  confusion: {
    most: (name: string, of: string, as: string, share: string, images: number): string =>
      `${name} most often takes ${of} for ${as} (${share} of its ${counted(images, 'picture')})`,
    none: (name: string): string => `${name} takes no class for another`,
    least: (at: string): string => ` and is least accurate on ${at}`,
    /** The easiest and the hardest class, each with its accuracy and interval. */
    range: (name: string, easiest: string, hardest: string): string =>
      `${name} is most accurate on ${easiest}, and least on ${hardest}`,
    at: (of: string, accuracy: string, low: string, high: string): string =>
      `${of}, ${accuracy} (${low} to${NBSP}${high})`,
    even: (name: string, accuracy: string): string => `${name} reaches ${accuracy} on every class`,
    means: 'Means over the seeds, with 95 % intervals over the choice of the class’s test pictures.',
    intervals: 'In brackets: 95 % intervals over the choice of the class’s test pictures.',
  },
  domains: {
    compared: (domains: number, verdicts: string): string =>
      `${domains === 1 ? 'On the other domain' : `On ${domains} other domains`} ${verdicts}`,
    levels: (domains: number, reached: string): string =>
      `${domains === 1 ? 'On the other domain' : `On ${domains} other domains`}: ${reached}`,
    reached: (arms: string, backbone: string): string => `${arms}, the backbone alone ${backbone}`,
    /** Which halves they are is the same for every run and arm. */
    half: (arms: string, halves: number): string =>
      `with ${counted(halves, 'fixed half', 'fixed halves')} of the layers on ${arms}`,
    own: (arms: string): string => `on the domain they were trained on ${arms}`,
    /** @param pictures that the images show: some domains show the same ones, transformed */
    over: (seeds: string, images: number, pictures: number): string =>
      `${seeds}, ${counted(images, 'test image')} of ${pictures < images ? `${counted(pictures, 'picture')} in ` : ''}other domains`,
    changed: (name: string, points: string, isLoss: boolean, isFirst: boolean): string =>
      `${name} ${isLoss ? 'loses' : 'gains'} ${points}${isFirst ? ' points' : ''}`,
    against: (arms: string): string => `Against the backbone alone, over the other domains ${arms}`,
    lower: (domains: string): string => `clearly lower on ${domains}`,
    higher: (domains: string): string => `clearly higher on ${domains}`,
    none: 'none',
  },
  estimators: {
    random: (coalitions: number, seeds: number): string =>
      `With ${counted(coalitions, 'coalition')} random orders err least on this adapter (${counted(seeds, 'seed')}).`,
    best: (coalitions: number, name: string, times: string, seeds: number): string =>
      `With ${counted(coalitions, 'coalition')} ${name} errs least on this adapter: its squared error is ${times} times smaller than that of random orders (${counted(seeds, 'seed')}).`,
    exact: (coalitions: number, names: readonly string[], seeds: number): string =>
      `With ${counted(coalitions, 'coalition')} ${listed(names)} ${names.length > 1 ? 'are' : 'is'} exact on this adapter, but for rounding (${counted(seeds, 'seed')}).`,
  },
  federated: {
    after: (arms: string, rounds: number, ofRounds: number, rules: string): string =>
      `${arms} after ${rounds < ofRounds ? `${rounds} of ${counted(ofRounds, 'round')}` : counted(rounds, 'round')}: ${rules}`,
    central: (accuracies: string): string => `ordinary runs of as many steps on all images ${accuracies}`,
    divergedIn: (rule: string, seed: number, round: number): string => `${rule} in round ${round} of seed ${seed}`,
    /**
     * "1 of 4 federated trainings of LoRA diverged (FedIT in round 3 of seed 4) and is left out of these numbers: lower the learning rate of LoRA"
     * @param place of the words: beside the numbers of other trainings, or without any, at the beginning of the sentence or later
     */
    diverged: (
      name: string,
      diverged: number,
      trainings: number,
      which: string,
      place: 'beside numbers' | 'first' | 'later',
    ): string => {
      const all = place === 'first' ? 'All' : 'all';
      const leftOut = `${diverged === 1 ? 'is' : 'are'} left out of these numbers`;
      return `${diverged === trainings && trainings > 1 ? all : diverged} of ${counted(trainings, 'federated training')} of ${name} diverged (${which})${place === 'beside numbers' ? ` and ${leftOut}` : ''}: lower the learning rate of ${name}`;
    },
    noRanking: 'with one seed, no ranking of rules',
    errorIn: (values: string, round: number): string => `${values} in round ${round}`,
    errorsCross: (round: number): string => `they cross in round ${round}`,
    errorsOf: (arms: string, rules: string): string =>
      `Mean over layers, ${arms}: ${rules}. Exact rules have no error.`,
    errorOverall: (values: string): string => `${values} over all rounds`,
    shareOf:
      'These are shares of the average update of all rounds so far: beside a longer update the same error is a smaller share, and clients that move little err little.',
    /**
     * @param alike the rounds in which arms are compared, of so many @param errors of the arms, in per cent of how far clients move @param updates their lengths
     */
    errorsCompared: (alike: number, rounds: number, arms: string, errors: string, updates: string): string =>
      `So arms are compared in the error itself, over the ${alike} of ${counted(rounds, 'round')} in which clients of all arms move about equally far: by how far they move, ${arms} ${errors}, with average updates ${updates} long.`,
    neverAlike: 'In no round do clients of all arms move about equally far, so the arms are not compared.',
    lengthsUnknown: 'So arms are not compared in them, and this result does not keep how long errors and updates are.',
  },
  frontier: {
    gain: frontier(
      'Highest gain kept',
      'keeps more of its gain than … with every other layer off',
      'keep more of their gain than … with every other layer off',
    ),
    barrier: frontier('Lowest barrier', 'loses less than … between two seeds', 'lose less than … between two seeds'),
    midpoint: frontier(
      'Highest accuracy at the midpoint',
      'does better than … half-way between two seeds',
      'do better than … half-way between two seeds',
    ),
    points: (points: string): string => `${points}${NBSP}points`,
    more: (names: string, count: number): string => `${names} and ${count} more`,
    at: (name: string, value: string, accuracy: string): string => `${name}, ${value} at an accuracy of ${accuracy}`,
    mostAccurate: 'it is the most accurate arm, too',
    accurate: (arm: string): string => `highest accuracy: ${arm}`,
    unbeaten: (arms: number, names: string): string => `none of ${counted(arms, 'arm')} beats ${names} in both`,
    clear: (first: string, scope: string, count: number, arms: number, names: string): string =>
      `the 95${NBSP}% interval of the difference to ${first}, ${scope}, lies on the better side of 0 for ${count} of ${counted(arms, 'arm')} (${names})`,
    over: (seeds: string, images: string): string => `means over ${seeds}, ${images}`,
  },
  geometry: {
    /** What the vectors are of. */
    spaces: { updates: 'ΔW', factors: 'A and B' },
    /** The same, of a length: A does not begin at 0. */
    starts: { updates: 'ΔW', factors: 'A and B, their random start included' },
    seeds: (space: string, cosines: string): string =>
      `Cosine between trained adapters in ${space}: of one method and different seeds ${cosines}`,
    methods: (cosines: string): string => `of one seed and different methods ${cosines}`,
    distances: (space: string, distances: string, seeds: string): string =>
      `distance from the pretrained model in ${space}: ${distances} (${seeds}; mean ± standard deviation)`,
  },
  inside: {
    patch: (row: number, column: number): string => `row ${row}, column ${column}`,
    look: (
      name: string,
      { held, count, of, most, times }: { held: string; count: number; of: number; most: string; times: string },
    ): string => `${name}: ${held} on ${count} of ${of} patches, most on ${most} (${times} times an even share)`,
    moved: (first: string, arms: string): string =>
      `share of the attention on other patches than that of ${first}: ${arms}`,
    onePicture: 'one picture, one run of each arm: it says nothing of others',
  },
  landscape: {
    paths: { factor: 'factor path', product: 'product path' },
    aligned: { orthogonal: ' after rotating the factors', invertible: ' with the best P for the factors' },
    /** @param path with its alignment */
    midpoint: (path: string, gains: string, over: string): string =>
      `At the midpoint of the ${path} ${gains} (${over})`,
    /** @param values of λ that were tested: more of them find deeper places */
    barriers: (points: string, arms: number, values: number): string =>
      `${arms > 1 ? 'barriers' : 'barrier'} ${points} points (largest of ${counted(values, 'value')} of λ)`,
    onTraining: (images: number, points: string): string => `on ${counted(images, 'training image')} ${points}`,
  },
  map: {
    half: (setting: string, first: string, last: string): string =>
      `${setting} ${first === last ? first : `${first} to ${last}`}`,
    where: (
      high: { better: number; of: number; words: string },
      low: { better: number; of: number; words: string },
    ): string =>
      `it is better in ${high.better} of ${counted(high.of, 'cell')} with ${high.words}, and in ${low.better} of ${low.of} with ${low.words}`,
    tooFew: (measure: string, other: string, first: string): string =>
      `${measure}: too few seeds to say where ${other} and ${first} differ.`,
    counts: (
      measure: string,
      other: string,
      first: string,
      { better, worse, unclear, of }: Readonly<Record<'better' | 'worse' | 'unclear' | 'of', number>>,
    ): string =>
      `${measure}: ${other} is better than ${first} in ${better} of ${counted(of, 'cell')}, worse in ${worse}, and in ${unclear} the interval contains 0`,
    /** @param cells that are done, and are none of those that are counted */
    untold: (cells: number): string =>
      `${counted(cells, 'further cell')} ${cells === 1 ? 'has' : 'have'} too few seeds to say`,
    chance: 'without any difference about one interval in twenty would exclude 0',
  },
  merging: {
    kinds: {
      single: 'a single run',
      factors: 'A and B averaged',
      rotated: 'rotated onto one another first',
      updates: 'updates averaged',
      ensemble: 'ensemble of logits',
    },
    level: (counts: string, merges: number, over: string): string =>
      `${counts} of ${counted(merges, 'merge')} come within the sampling error of a single run (${over})`,
  },
  multitask: {
    accuracies: (
      arms: string,
      tasks: number,
      {
        single,
        average,
        ofOwn,
        arithmetic,
        ensemble,
        none,
      }: Readonly<Record<'single' | 'average' | 'ofOwn' | 'arithmetic' | 'ensemble' | 'none', string>>,
    ): string =>
      `${arms}, mean over ${counted(tasks, 'task')}: own adapters ${single}, updates averaged ${average} (${ofOwn} of own), task arithmetic ${arithmetic}, ensemble of logits ${ensemble}, without adapters ${none}`,
    joint: (accuracies: string): string =>
      `with the classes of all tasks as candidates, updates averaged ${accuracies}`,
  },
  pathPictures: {
    loses: told('loses'),
    wins: told('wins'),
    /** @param arms empty: none of them loses any; null: there are no such pictures */
    lost: (path: string, arms: string | null, over: string): string =>
      arms === null
        ? `No picture is right with both seeds, so the midpoint of the ${path} has none to lose (${over})`
        : `Of the pictures that both seeds get right, the midpoint of the ${path} loses ${arms ? `some: ${arms}` : 'none'} (${over})`,
    /** @param arms empty: none of them wins any */
    won: (arms: string): string => `of those that both get wrong, ${arms || 'none is right there'}`,
  },
  pictureLayers: {
    thisPicture: 'this picture',
    /** @param ofClass the class that they are of; null: of all */
    kept: (pictures: number, ofClass: string | null): string =>
      `${counted(pictures, 'picture')}${ofClass === null ? '' : ` of ${ofClass}`} ${pictures === 1 ? 'is' : 'are'} kept${ofClass === null ? ', some of every kind' : ''}, so their means are not those of all`,
    most: (name: string, what: string, layers: string): string =>
      `${name}: the layers that add most to ${what} are ${layers}`,
    none: (name: string): string => `${name}: no layer helps`,
    accuracy: (seeds: string): string => `points: 100 turn a picture from wrong to right, means over ${seeds}`,
    loss: (seeds: string): string => `nats of loss saved, means over ${seeds}`,
  },
  picturePath: {
    arm: (name: string, ends: string, halfway: string): string => `${name}: ${ends} at the ends, ${halfway} half-way`,
    pairs: (pairs: string): string =>
      `probability of the true class, mean ± one standard deviation over pairs of seeds (${pairs}): one picture says nothing of others`,
    onePair: 'probability of the true class, from one pair of seeds: one picture says nothing of others',
  },
  pictures: {
    kept: (kept: number, tested: number): string =>
      `${kept} of ${tested} test pictures are kept, some of every kind, so their numbers are no shares of all. Of these, `,
    tested: (tested: number): string => `Of ${tested} test pictures, `,
    alone: (name: string, count: number, isFirst: boolean): string =>
      `${name} alone gets ${count}${isFirst ? ' wrong' : ''}`,
    everyone: (arms: number, count: number): string => `${arms > 2 ? 'all get' : 'both get'} ${count}`,
    wrong: (name: string, count: number): string => `${name} gets ${count} wrong`,
    untested: 'No arm has been tested yet.',
    majority: (seeds: number): string =>
      ` (most of ${counted(seeds, 'seed')} decide${seeds % 2 === 0 ? `; ${seeds / 2} right and ${seeds / 2} wrong is neither` : ''})`,
    loses: told('loses'),
    between: (arms: string): string => `half-way between at least one pair of seeds ${arms}`,
    without: (arms: string): string => `with every other layer off ${arms}`,
    lost: (lost: string): string => ` Of those they get right, ${lost}.`,
  },
  plane: {
    levels: (name: string, corners: string, middle: string, isFirst: boolean): string =>
      isFirst
        ? `${name} ${corners} at the adapters, ${middle} in their middle, read off the grid`
        : `${name} ${corners} and ${middle}`,
    grid: (arms: string, over: string): string => `${arms} (one plane per arm, ${over})`,
    offPlane: (shares: string): string =>
      `training began off the plane by ${shares} of the length of its way, so its lines are projections`,
  },
  pruning: {
    everyOther: (gains: string, over: string): string => `With every other layer removed ${gains} (${over})`,
    thirds: (gains: string): string => `with only a third of the layers left ${gains}`,
    cost: (name: string, first: string, isLess: boolean): string =>
      `removing layers costs ${name} ${isLess ? 'less' : 'more'} of its gain than ${first}`,
    entries: {
      factors: 'the entries of A and B',
      tensors: 'the entries of every A and every B',
      update: 'the entries of ΔW',
    },
    has: told('has'),
    removed: (share: string, entries: string, arms: string, over: string): string =>
      `With ${share} of ${entries} removed ${arms} accuracy (${over})`,
    averaged: (from: string, to: string, accuracies: string): string =>
      `averaged over sparsities of ${from === to ? from : `${from} to ${to}`}${NBSP}%: ${accuracies}`,
  },
  shapley: {
    topThird: (name: string, share: string, isFirst: boolean): string =>
      isFirst ? `${name}’s top third of layers carries ${share} of the credit` : `${name}’s ${share}`,
    whole: (arms: string, even: string, over: string): string => `${arms} (equal layers would carry ${even}; ${over})`,
    tooFew: 'too few seeds to say which spreads it more evenly',
    unclear: 'it is not clear which spreads it more evenly',
    /** The shares lie on both sides of the even one. */
    carries: (name: string, first: string, isMore: boolean): string =>
      `the top third of ${name} carries ${isMore ? 'more' : 'less'} of it than that of ${first}`,
    evenly: (name: string, first: string, isMore: boolean): string =>
      `${name} spreads it ${isMore ? 'more' : 'less'} evenly than ${first}`,
    noCredit: (names: string): string => `no layer of ${names} carries credit`,
    noneAtAll: (names: string, over: string): string => `No layer of ${names} carries credit (${over})`,
    noneEver: (names: string): string => `No layer of ${names} carries credit at any step`,
    players: { layer: 'layer', projection: 'projection' },
    error: (player: string, points: string): string => `standard error of a ${player} up to ${points} points`,
    errors: (player: string, images: string, coalitions: string): string =>
      `standard error of a ${player} up to ${images} points over images and ${coalitions} over coalitions`,
    evolution: (arms: string): string => `Credit of the top third of layers over the steps: ${arms}`,
  },
  /** Behind means of arms: intervals of their differences. */
  /** @param scope what the intervals are over */
  differences: (differences: string, scope: string): string =>
    ` (95${NBSP}% interval of the difference ${scope}: ${differences})`,
  sharpness: {
    on: (images: string, arms: string): string => `on ${images} ${arms}`,
    rises: (radius: string, parts: string): string =>
      `With every factor perturbed by ${radius} of its length, the loss rises by (in nats): ${parts}`,
    over: (directions: number, seeds: string): string =>
      `means over ${counted(directions, 'direction')}, ± standard deviation over ${seeds}`,
  },
  spectra: {
    over: (projections: readonly number[], seeds: string): string =>
      `means over ${countedAll(projections, 'projection')}, ± standard deviation over ${seeds}`,
  },
  sweep: {
    measures: {
      accuracy: 'with every layer on',
      merged: 'merged 1:1',
      everyOther: 'with every other layer off',
    },
    /** Of means, without intervals. */
    higher: (name: string, first: string, count: number, values: number): string =>
      `${name} has a higher mean than ${first} at ${count} of ${counted(values, 'value')}`,
    /** @param seeds "2 seeds each" */
    start: (setting: string, first: string, last: string, seeds: string, measure: string): string =>
      `${setting} ${first} to ${last}, ${seeds}: ${measure}`,
  },
  timeline: {
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
  timing: {
    step: (arms: string): string => `A step of a run on its own takes, in milliseconds: ${arms}`,
    differences: (differences: string): string => `95${NBSP}% interval of the difference over seeds: ${differences}`,
    over: (steps: number, seeds: string, device: string): string =>
      `means over ${counted(steps, 'step')} from all of the training, ± standard deviation over ${seeds}, on ${device}`,
  },
});
