/** The words of the method shown step by step. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { fixed, integer, percent } from '../../../core/number-format.ts';

export const STRATEGY_WORDS = catalogue('strategy', {
  summary: 'dropping layers, merging seeds: step by step',
  seed: (seed: number) => `seed ${seed}`,
  dropping: {
    title: 'Progressive dropping',
    seedShown: 'Seed of the strategy shown',
    note: 'A block is a frozen layer, the bar beside it its adapter: coloured while it learns, grey while it is dropped and the frozen layer works alone.',
    active: (active: number, layers: number, probability: number) =>
      `${active} of ${counted(layers, 'layer')} active, p = ${fixed(probability, 2)}`,
    pause: 'Pause',
    play: 'Play the training',
    step: 'Training step',
    /** @param arms what each of them does */
    atStep: (step: number, arms: readonly string[]) => `step ${integer(step)}: ${arms.join('; ')}`,
    stepOf: (step: number, steps: number) => `step ${integer(step)} / ${integer(steps)}`,
    firstStep: 'step 1',
    speed: 'Speed',
  },
  merging: {
    title: 'Merging two seeds',
    paths: { factor: 'A and B averaged', product: 'B·A averaged' },
    pairShown: 'Seeds that are merged',
    pair: (seeds: string) => `seeds ${seeds}`,
    empty: 'Two adapters become one here when the landscape between two seeds is measured.',
    note: (left: number, right: number, testImages: number) =>
      `Left seed ${left}, right seed ${right}, between them their weighted mean: nothing is retrained. Accuracies on ${counted(testImages, 'test image')}.`,
    merged: 'merged',
    share: 'Share of the second seed, λ',
    how: 'How seeds are merged',
    /** @param below points under the straight line between the accuracies of both seeds */
    at: (lambda: number, accuracy: number, below: number, first: number, last: number) =>
      `λ = ${fixed(lambda, 2)}: ${percent(accuracy)}, ${fixed(Math.abs(below), 1)} points ${below >= 0 ? 'below' : 'above'} the line between ${percent(first)} and ${percent(last)}`,
    ofArm: (arm: string, text: string) => `${arm}, ${text}`,
  },
});
