/** The words of the figures of Shapley values that are loaded when they are shown. */
import { comparison, type ComparisonWords } from '../../../../study/readings/messages.ts';
import { listed } from '../../../../core/listed.ts';
import { countedAll } from '../../../../core/counted-all.ts';
import { catalogue } from '../../../../core/language/catalogue.ts';
import { counted } from '../../../../core/counted.ts';
import { integer } from '../../../../core/number-format.ts';

/** @param less what is said of the arm whose layers interact less, and of the other one */
const interaction = (less: (arm: string, other: string) => string): ComparisonWords => ({
  ...comparison('', '', 'the mean interaction of two layers'),
  clear: (arm, other) => `On average, ${less(arm, other)}.`,
});

export const SHAPLEY_FIGURE_WORDS = catalogue('shapleyFigures', {
  units: { accuracy: 'points', loss: 'nats' },
  measured: (value: string, error: string, unit: string): string => `${value} ± ${error} ${unit}`,
  layer: 'layer',
  /** Tables: a metric with its unit. */
  columns: { accuracy: 'Accuracy, points', loss: 'Loss, nats' },

  projections: {
    title: 'Shapley value of every projection',
    help: [
      'Every adapted projection of every layer is a player. A cell is what switching it on adds, averaged over all orders in which the projections can join; the cells add up to the whole gain over the model with every projection out.',
      'Strong colour means much credit, grey to black means harm. All panels share one scale. There are too many coalitions to try them all, so cells have an error over coalitions beside the one over images.',
    ],
    axis: (limit: string, unit: string): string => `layer (strongest: ±${limit} ${unit})`,
    /** Rows of a heat map where both towers have players. */
    inTower: {
      vision: (projection: string): string => `vision ${projection}`,
      text: (projection: string): string => `text ${projection}`,
    },
    cell: (panel: string, row: string, layer: number, measured: string): string =>
      `${panel}, ${row} of layer ${layer}: ${measured}`,
    towers: { vision: 'vision', text: 'text' },
    all: 'all',
    head: (column: string): string[] => ['Panel', 'Tower', 'Layer', 'Projection', column, '±', 'Seeds'],
  },

  evolution: {
    message: 'How much of the credit the layers near the output earn while training goes on.',
    title: 'Shapley values during training',
    help: [
      'The same analysis for the adapters as they were after the first and second third of the steps, beside the trained ones. Early in its training CopRA’s layers are rarely active together, so accuracies with all of them on say little about where it will end.',
    ],
    quantityShown: 'Shapley during training: quantity shown',
    awaited: 'The first values appear here when training is done.',
    panel: (arm: string, step: number): string => `${arm}, step ${step}`,
    narrowPanel: (arm: string, step: number): string => `${arm} ${step}`,
    bar: (panel: string, layer: string, measured: string): string => `${panel}, layer ${layer}: ${measured}`,
    caption: {
      shares: (arms: string): string => `Credit of the top third of layers over the steps: ${arms}`,
      none: (names: string): string => `No layer of ${names} carries credit at any step`,
    },
  },

  interactions: {
    help: [
      'A cell is how much more two layers add together than each on its own to the layers that joined before, averaged over all orders of joining: the Shapley interaction index. Below zero (violet) they are substitutes: each is worth less where the other is on. Above zero (green) each needs the other. Layers that do not meet have zero.',
      'All panels share one scale. ± is one standard deviation over seeds, or the standard error over the images where only one seed was analysed.',
    ],
    quantityShown: 'Interactions: quantity shown',
    cell: (arm: string, layer: string, other: string, measured: string): string =>
      `${arm}, layers ${layer} and ${other}: ${measured}`,
    head: (column: string): string[] => ['Arm', 'Layer', 'Other layer', column, '±', 'Seeds'],
    caption: {
      worth: (points: string, isLess: boolean, name: string, isFirst: boolean): string =>
        `${points} points ${isLess ? 'less' : 'more'}${isFirst ? ' than apart' : ''} for ${name}`,
      together: (worth: string, pairs: readonly number[], over: string): string =>
        `Two layers together are worth ${worth} (mean of ${countedAll(pairs, 'pair')}; ${over})`,
      tooFew: 'too few seeds to say whose mean interaction is lower',
      unclear: 'it is not clear whose mean interaction is lower',
      substitutes: (name: string, first: string, points: string, isMore: boolean): string =>
        `${name}’s layers substitute for one another ${isMore ? 'more' : 'less'} than ${first}’s, by ${points} points`,
      needs: (name: string, first: string, points: string, isMore: boolean): string =>
        `${name}’s layers need one another ${isMore ? 'more' : 'less'} than ${first}’s, by ${points} points`,
    },
    /** Where the means of both arms are below zero, and where one is not. */
    comparisons: {
      substitutes: interaction((arm, other) => `${arm}’s layers substitute for one another more than ${other}’s`),
      needs: interaction((arm, other) => `${arm}’s layers need one another less than ${other}’s`),
    },
  },
  /** In the place of figures of all coalitions. */
  needEvery: 'Known where every coalition of layers was evaluated.',

  sets: {
    message: 'What is left with some of the layers on: the first, the last, the best, or any.',
    help: [
      'Accuracy with only some layers on: those nearest the input, those nearest the output, or the best set of that many; all others are the frozen backbone’s. Layers of two towers are taken by their depth in their own tower.',
      'The best set is chosen on one half of the images and tested on the other, and the other way round: on the images it was chosen on it would look better than it is. All images of one motif are in one half; in earlier results they may be in both, and the best set looks a little better. The fine line is the mean of all sets. Bands are one standard deviation over seeds.',
    ],
    quantityShown: 'Sets of layers: quantity shown',
    panels: { first: 'First layers on', last: 'Last layers on', best: 'Best set; fine: mean' },
    kinds: { first: 'First layers', last: 'Last layers', best: 'Best set', mean: 'Mean of all sets' },
    /** After the name of an arm. */
    curves: { first: 'first layers', last: 'last layers', best: 'best set', mean: 'mean of all sets' },
    which: (layers: string): string => `layers ${layers}`,
    axis: 'layers on',
    /** @param all null: arms have different numbers of layers */
    layersOn: (size: string, all: number | null): string =>
      all === null ? `layers on: ${size}` : `${size} of ${counted(all, 'layer')} on`,
    values: { accuracy: 'accuracy, %', loss: 'loss, nats' },
    head: ['Arm', 'Set', 'Layers on', 'Accuracy %', 'sd', 'Loss', 'Seeds', 'Which'],
    caption: {
      /** @param any accuracy of any set on average */
      sets: (
        name: string,
        { first, last, best, any, all }: Readonly<Record<'first' | 'last' | 'best' | 'any' | 'all', string>>,
      ): string =>
        `${name} has ${first} with the first, ${last} with the last, ${best} with the best and ${any} with any set on average, and ${all} with all`,
      withHalf: (half: number, layers: number, sets: string, isFirst: boolean): string =>
        `${isFirst ? 'With' : 'with'} ${half} of ${counted(layers, 'layer')} on, ${sets}`,
      best: (name: string, best: string, all: string): string => `${name} ${best} of ${all}`,
      /** @param arms each with the accuracy of the best half and of all layers */
      bestHalf: (arms: readonly string[], over: string): string =>
        `With the best half of the layers on, of all: ${arms.join(', ')} (${over})`,
      chosen: (over: string): string =>
        `the best set is chosen on one half of the images and tested on the other (${over})`,
    },
  },

  comparison: {
    message: 'Sampled Shapley values come nearer the exact ones as more coalitions are tried.',
    title: 'Estimators against exact values',
    help: (seeds: number): string[] => [
      `All coalitions of this adapter were evaluated, so its Shapley values are known. Each estimator may evaluate as many coalitions as the horizontal axis says, and estimates the same values, with ${counted(seeds, 'seed')}; bars are standard errors over them. Errors should be low, correlations high.`,
    ],
    needsCoalitions:
      'Sampled estimators can be compared where every coalition is known: run a study on this device with the exact estimator and more than six layers. Results that were saved or came in a link do not carry the coalitions.',
    run: (arm: string, seed: number): string => `${arm}, seed ${seed}`,
    runAnalysed: 'Run whose adapter is analysed',
    known: (coalitions: number, images: number): string =>
      `${counted(coalitions, 'coalition')} known, ${counted(images, 'image')}`,
    stop: 'Stop',
    estimatesDone: 'Estimates done',
    estimates: (done: number, all: number): string => `${integer(done)} of ${integer(all)} estimates`,
    compare: 'Compare',
    compareAgain: 'Compare again',
    quantityCompared: 'Estimators: quantity compared',
    invitation: '“Compare” runs every estimator on the coalitions that are known already; no image is evaluated again.',
    nothingToEstimate:
      'Every set of layers is worth the same here: all Shapley values are zero, and there is nothing to estimate.',
    estimators: {
      'plain-permutation': 'permutation',
      permutation: 'permutation, antithetic',
      owen: 'Owen (multilinear)',
      kernel: 'KernelSHAP, paired',
      odd: 'paired + odd order 3',
    },
    quantities: { error: 'normalised mean squared error', spearman: 'Spearman rank correlation' },
    axis: 'coalitions evaluated',
    point: (estimator: string, coalitions: number, value: string): string =>
      `${estimator}, ${counted(coalitions, 'coalition')}: ${value}`,
    head: ['Estimator', 'Coalitions', 'Normalised MSE', '± standard error', 'Spearman', '± standard error'],
    caption: {
      random: (coalitions: number, seeds: number): string =>
        `With ${counted(coalitions, 'coalition')} random orders err least on this adapter (${counted(seeds, 'seed')}).`,
      best: (coalitions: number, name: string, times: string, seeds: number): string =>
        `With ${counted(coalitions, 'coalition')} ${name} errs least on this adapter: its squared error is ${times} times smaller than that of random orders (${counted(seeds, 'seed')}).`,
      exact: (coalitions: number, names: readonly string[], seeds: number): string =>
        `With ${counted(coalitions, 'coalition')} ${listed(names)} ${names.length > 1 ? 'are' : 'is'} exact on this adapter, but for rounding (${counted(seeds, 'seed')}).`,
    },
  },
});
