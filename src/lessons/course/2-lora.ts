import { percent } from '../../core/number-format.ts';
import { mean } from '../../core/statistics.ts';
import { armFacts, NOTHING_TO_READ, samplingError, points } from '../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../lesson.ts';
import { hasRun } from '../run-settings.ts';

const RUN: LessonRun = {
  label: 'Train one adapter per arm, 100 steps',
  settings: 'steps=100&validate-every=10&seeds=0&test-images=200&landscape=off&shapley=off&pruning=off',
};

function start({ result }: LessonView): string {
  const zeroShot = result?.task.zeroShot;
  const numbers =
    result && zeroShot
      ? `On the test pictures of the result shown it is right in **${percent(zeroShot.accuracy)}** of the cases; guessing would give ${percent(result.task.chance)}.`
      : 'How often it is right without any training is called its zero-shot accuracy.';
  return String.raw`
On this page a small model of the CLIP family sorts emoji into nine groups, such as animals, food or flags. It was trained beforehand on emoji in
their ordinary colours. Here it sees photographic **negatives**, which it has never seen.

${numbers} So it is neither blind nor good. That is the usual place to start: a model that knows something near your task.

The trained model is called the **backbone**. From here on it stays frozen: none of its weights changes.`;
}

function afterRun(view: LessonView): string {
  const lora = armFacts(view.result, 'lora');
  const { result } = view;
  if (!result?.task.zeroShot || !lora || lora.accuracies.length === 0) return NOTHING_TO_READ;
  const accuracy = mean(lora.accuracies);
  const zero = result.task.zeroShot.accuracy;
  const own = hasRun(RUN, view) ? 'Your run' : 'The result on the page, which is not this run,';
  return `${own} ends at **${percent(accuracy)}** for LoRA, from ${percent(zero)} zero-shot. The choice of test pictures alone makes such a number uncertain by about
${points(samplingError(result, accuracy))} (lesson 7 says why). ${
    hasRun(RUN, view) ? 'A hundred steps are few: the saved result trained for 2,000.' : 'Run the step to see your own.'
  }`;
}

export const LORA: Lesson = {
  id: 'lora',
  title: 'What LoRA is and what it does',
  summary: 'Train 3 % as many numbers as the model has, and leave the model itself alone.',
  minutes: 8,
  steps: [
    { id: 'backbone', title: 'A model that is half right', part: 'task', text: start },
    {
      id: 'factors',
      title: 'Two thin matrices beside a thick one',
      part: 'arms',
      text: String.raw`
A layer of the model multiplies its input by matrices. One of them, $W$, has 64 rows and 64 columns here. Training all of $W$ means storing and
moving 4,096 numbers, for this matrix alone.

LoRA (Hu et al. 2021) leaves $W$ as it is and adds a product of two thin matrices:

$$W' = W + s\,B A,\qquad A \in \mathbb{R}^{r \times 64},\quad B \in \mathbb{R}^{64 \times r}$$

Only $A$ and $B$ are trained. The **rank** $r$ says how thin they are, and the scale is $s = \alpha / r$. On this page $r = 4$ and $\alpha = 4$ unless you change them.`,
      prediction: {
        question: 'How many numbers do A and B have together, for r = 4?',
        choices: ['256', '512', '1,024', '4,096'],
        conceal: [],
        outcome: () => String.raw`
**512**: $A$ has $4 \times 64 = 256$ and $B$ as many. That is an eighth of $W$.

The adapter of this page sits on three matrices (query, key, value) in each of the twelve layers that read pictures: $12 \times 3 \times 512 = 18{,}432$ numbers, beside
about 590,000 in the matrices of these layers. In larger models the share is smaller still, because it falls with the width.`,
      },
    },
    {
      id: 'start',
      title: 'It starts by doing nothing',
      part: 'curves',
      text: String.raw`
$A$ starts with small random numbers, $B$ with zeros. Then $BA = 0$, so the model with its new adapter answers exactly as before. Training
moves away from there: look for the dashed zero-shot line in the accuracy chart.

The random numbers in $A$ come from a **seed**. Two seeds start in different places. That will matter in the next lesson.`,
    },
    {
      id: 'train',
      title: 'Train one',
      part: 'run',
      run: RUN,
      text: `
The button below trains two small adapters, LoRA and CopRA, for 100 steps of 32 pictures on this device. It takes up to a minute or two without a GPU. Watch
the loss fall and the accuracy on the validation pictures rise.

Before you start, guess.`,
      prediction: {
        question: 'After 100 steps, where will LoRA’s test accuracy be?',
        choices: ['Below zero-shot', 'About at zero-shot', 'Clearly above zero-shot'],
        conceal: [],
        outcome: afterRun,
      },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
    {
      id: 'carry',
      title: 'What you can carry home',
      part: 'adapters',
      text: `
When a run ends, its adapter appears in the **Adapters** panel. It is a small file, in the format that the PEFT library uses. Anyone with the same
backbone can put it on, take it off, or swap it for another.

That is what LoRA is good at: one backbone, many small adapters. Whether two adapters can also be **combined** is the question of the next lesson.`,
    },
  ],
};
