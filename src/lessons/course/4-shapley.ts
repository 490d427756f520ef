import { counted } from '../../core/counted.ts';
import { percent } from '../../core/number-format.ts';
import { mean } from '../../core/statistics.ts';
import { TOP_THIRD_SHARE } from '../../study/result/measures/credit.ts';
import { armFacts, NOTHING_TO_READ, points, sideOf, type ArmFacts, type Side } from '../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../lesson.ts';
import { hasRun } from '../run-settings.ts';
import { isSolved } from '../three-layers.ts';

const RUN: LessonRun = {
  label: 'Train one seed per arm, 200 steps, and give credit',
  settings:
    'steps=200&validate-every=50&seeds=0&test-images=100&landscape=off&pruning=off&shapley-images=32&shapley-seeds=1',
};

function extremes({ name, shapley, layers }: ArmFacts): string {
  const highest = shapley.indexOf(Math.max(...shapley));
  const lowest = shapley.indexOf(Math.min(...shapley));
  return `${name}: most in layer ${layers[highest]} (${points(shapley[highest])}), least in layer ${layers[lowest]} (${points(shapley[lowest])})`;
}

const SHARES: Record<Side, string> = {
  lower: 'Here it does: its share is clearly lower.',
  higher: 'Here its share is clearly **higher**: the opposite.',
  unclear:
    'Here the two shares do not clearly differ (docs/results.md gives the difference with its error). A finding from large models need not appear in a small one, and this page does not pretend that it does.',
};

/** 4096 → "4{,}096": a thousands separator that TeX sets without a space. */
const groupedTex = (value: number): string => value.toLocaleString('en').replaceAll(',', '{,}');

function coalitions({ result }: LessonView): string {
  const players = armFacts(result, 'lora')?.layers.length ?? 0;
  const count =
    players > 0
      ? String.raw`The adapters of the result shown sit on ${counted(players, 'layer')}, so there are $2^{${players}} = ${groupedTex(2 ** players)}$ coalitions.`
      : 'The model here has twelve layers that read pictures and four that read words.';
  return `${count} The page evaluates every one of them and shows the exact values, if there are at most sixteen layers. (Exact for the pictures used. Other pictures would give somewhat
other values; that is what the error bars tell.)`;
}

function layersOutcome({ result }: LessonView): string {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!lora || !copra || lora.topThird.length === 0 || copra.topThird.length === 0) return NOTHING_TO_READ;
  return `In the result shown, the top third of the layers earns **${percent(mean(lora.topThird))}** of LoRA’s credit and **${percent(mean(copra.topThird))}** of CopRA’s; an even split would give 33.3 %.

- ${extremes(lora)}.
- ${extremes(copra)}.

The papers report that CopRA spreads the credit far more evenly. ${SHARES[sideOf(result, TOP_THIRD_SHARE)]}`;
}

function ownOutcome(view: LessonView): string {
  if (!hasRun(RUN, view)) return 'Run the step: your own numbers appear here when it is done.';
  const [lora, copra] = [armFacts(view.result, 'lora'), armFacts(view.result, 'copra')];
  if (!lora || !copra || lora.shapley.length === 0 || copra.shapley.length === 0) return NOTHING_TO_READ;
  return `Your run, one seed and 32 pictures: ${extremes(lora)}; ${extremes(copra)}. The bars with their error bars overlap zero in many layers. With 32 pictures, one picture more or less
right is worth 3.1 points.`;
}

export const SHAPLEY: Lesson = {
  id: 'shapley',
  title: 'Who does the work?',
  summary: 'Shapley values: by hand on three layers, then on all of a model.',
  minutes: 10,
  steps: [
    {
      id: 'question',
      title: 'A team of layers',
      text: `
An adapter sits on every layer. Switch some of them off and the accuracy changes. How much of the gain does each layer deserve?

Removing one layer and looking at the loss is not enough: two layers may do the same job, so that either can go, but not both. Adding one layer alone is not enough either: it may
need another to be of use. The answer has to look at **every team**, called a coalition.`,
    },
    {
      id: 'by-hand',
      title: 'Three layers, eight coalitions',
      exercise: 'three-layers',
      text: String.raw`
Let the layers join one after the other and note what each adds when it joins. The **Shapley value** of a layer is the mean of what it adds over all orders. Three layers have six orders:

$$\varphi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!}\,\bigl(v(S \cup i) - v(S)\bigr)$$

$v(S)$ is the accuracy with the layers in $S$ switched on. The numbers below are made up, so that they are easy to work with. For every layer, find what it adds in each case, then
the mean weighted by the number of orders.`,
      done: (_, { fields }) => isSolved(fields),
    },
    {
      id: 'sum',
      title: 'What always holds',
      text: String.raw`
Look at your three values:

- They add up to $v(\text{all}) - v(\text{none})$: the whole gain is given away, no more and no less.
- Two layers that are interchangeable get the same. A layer that never changes anything gets nothing.
- A value can be negative: then the layer does harm on average.

Change an accuracy in the table of the last step and see which values move.`,
    },
    {
      id: 'twelve',
      title: 'All layers',
      part: 'shapley',
      text: coalitions,
      prediction: {
        question: 'The top third of the layers would get 33 % if all were equal. What do LoRA and CopRA give it?',
        choices: ['LoRA far more than CopRA', 'Both about 40 %, no clear difference', 'CopRA far more than LoRA'],
        conceal: ['shapley', 'summary'],
        outcome: layersOutcome,
      },
    },
    {
      id: 'run',
      title: 'Give credit yourself',
      part: 'shapley',
      run: RUN,
      text: `
A short run with few pictures: about a minute without a GPU. Look at the error bars before you compare any two layers.`,
      prediction: {
        question: 'With 32 pictures instead of 128, how do the error bars change?',
        choices: ['They are half as long', 'About the same', 'They are about twice as long'],
        conceal: ['shapley'],
        outcome: (view) =>
          `Four times fewer pictures make the sampling error **twice as large**: it falls with the square root of the number. ${ownOutcome(view)}`,
      },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
  ],
};
