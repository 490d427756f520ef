/** The words of lesson 4. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import { listed } from '../../../core/listed.ts';
import { integer, percent } from '../../../core/number-format.ts';
import { evensOf, ofArms, type CreditExtremes, type Evenness, type OfArm } from '../../facts.ts';
import { COURSE_WORDS } from '../messages.ts';

const extremes = ({ name, highest, lowest }: CreditExtremes): string =>
  `${name}: most in layer ${highest.layer} (${COURSE_WORDS.points(highest.value)}), least in layer ${lowest.layer} (${COURSE_WORDS.points(lowest.value)})`;

const withinError = ({ layers, withinError }: CreditExtremes): string =>
  `the value of ${withinError} of ${counted(layers, 'layer')} is no larger than its error`;

const OTHER_SIDES =
  'The two shares do not lie on the same side of one even share, so that does not say who spreads the credit more evenly.';

/** @param isSaved docs/results.md has the result */
const SHARES: Record<Evenness, (isSaved: boolean) => string> = {
  'more even': () => 'Here it does: its share is clearly nearer to an even one.',
  'less even': () => 'Here its share is clearly **farther** from an even one: the opposite.',
  lower: () => `Here its share is clearly lower. ${OTHER_SIDES}`,
  higher: () => `Here its share is clearly higher. ${OTHER_SIDES}`,
  unclear: (isSaved) =>
    `Here the two shares do not clearly differ${isSaved ? ' (docs/results.md gives the difference with its error)' : ''}. A finding from large models need not appear in a small one, and this page does not pretend that it does.`,
  tooFew: () => 'Here it cannot be told: there are too few seeds.',
};

const coalitionsOf = (players: number): string => `2^{${players}} = ${integer(2 ** players).replaceAll(',', '{,}')}`;

export const SHAPLEY_LESSON_WORDS = catalogue('lessonShapley', {
  title: 'Who does the work?',
  summary: 'Shapley values: by hand on three layers, then on all of a model.',
  question: {
    title: 'A team of layers',
    text: `
An adapter sits on every layer. Switch some of them off and the accuracy changes. How much of the gain does each layer deserve?

Removing one layer and looking at what is lost is not enough: two layers may do the same job, so that either can go, but not both. Adding one layer alone is not enough either: it may
need another to be of use. The answer has to look at **every team**, called a coalition.`,
  },
  byHand: {
    title: 'Three layers, eight coalitions',
    text: String.raw`
Let the layers join one after the other and note what each adds when it joins. The **Shapley value** of a layer is the mean of what it adds over all orders. Three layers have six orders:

$$\varphi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!}\,\bigl(v(S \cup i) - v(S)\bigr)$$

$v(S)$ is the accuracy with the layers in $S$ switched on. The numbers below are made up, so that they are easy to work with. For every layer, find what it adds in each case, then
the mean weighted by the number of orders.`,
  },
  sum: {
    title: 'What always holds',
    text: String.raw`
Look at your three values:

- They add up to $v(\text{all}) - v(\text{none})$: the whole gain is given away, no more and no less.
- Two layers that are interchangeable get the same. A layer that never changes anything gets nothing.
- A value can be negative: then the layer does harm on average.

Once you have found all three, go back a step and change an accuracy in its table: the values that hold now stand beside yours. Which of them move?`,
  },
  allLayers: {
    title: 'All layers',
    /** @param players layers that play, of each arm; empty if none do */
    text: (players: readonly OfArm[]): string =>
      `${
        players.length === 0
          ? 'The model here has twelve layers that read pictures and four that read words.'
          : `The adapters of the result shown sit on ${listed(ofArms(players, (layers) => counted(layers, 'layer')))}, so there are ${listed(ofArms(players, (layers) => `$${coalitionsOf(layers)}$`))} coalitions.`
      } The page evaluates every one of them and shows the exact values, if there are at most sixteen layers, and at most twelve in one tower. (Exact for the pictures used. Other pictures would give somewhat
other values: the caption says by how much.)`,
    /** @param evens share of the top third of an even split, of each arm; empty while no layers play */
    question: (evens: readonly OfArm[]): string =>
      `The top third of the layers would get ${evens.length === 0 ? 'about a third' : listed(ofArms(evens, (even) => percent(even, 0)))} of the credit if all were equal. Which arm gives it more?`,
    choices: ['LoRA, clearly', 'No clear difference', 'CopRA, clearly'],
    /** @param evenness of CopRA beside LoRA @param isSaved docs/results.md has the result */
    outcome: (
      lora: CreditExtremes,
      copra: CreditExtremes,
      evenness: Evenness,
      isSaved: boolean,
    ): string => `In the result shown, the top third of the layers earns **${percent(lora.topThird)}** of LoRA’s credit and **${percent(copra.topThird)}** of CopRA’s; an even split would give ${listed(ofArms(evensOf(lora, copra), (even) => percent(even)))}.

- ${extremes(lora)}.
- ${extremes(copra)}.

The papers report that CopRA spreads the credit far more evenly. ${SHARES[evenness](isSaved)}`,
  },
  run: {
    title: 'Give credit yourself',
    button: 'Train one seed per arm, 200 steps, and give credit',
    text: `
A short run with few pictures: about a minute without a GPU. Look at the error bars before you compare any two layers.`,
    /** @param own pictures of this run @param saved of the saved study */
    question: (own: number, saved: number): string =>
      `One adapter, measured on ${own} pictures instead of ${saved}: how does the sampling error of its values change?`,
    choices: ['It is half as large', 'About the same', 'It is about twice as large'],
    /** @param own what is said of the learner's run */
    outcome: (own: string): string =>
      `**About twice as large.** A fourth of the pictures doubles the sampling error of one and the same adapter: it falls with the square root of their number. An adapter that changes few answers has small errors anyway. ${own}`,
    own: (lora: CreditExtremes, copra: CreditExtremes): string =>
      `Your run, one seed and ${counted(lora.images, 'picture')}:

- ${extremes(lora)}; ${withinError(lora)};
- ${extremes(copra)}; ${withinError(copra)}.

A value’s sampling error is ${COURSE_WORDS.points(lora.error)} on average with LoRA and ${COURSE_WORDS.points(copra.error)} with CopRA. With ${counted(lora.images, 'picture')}, one picture more or less
right is worth ${COURSE_WORDS.points(1 / lora.images)}.`,
  },
});
