/** The words of lesson 2. */
import { catalogue } from '../../../core/language/catalogue.ts';
import type { Projection } from '../../../core/adapter-layout.ts';
import { counted } from '../../../core/counted.ts';
import { integer, percent } from '../../../core/number-format.ts';
import type { AdapterFacts } from '../../facts.ts';
import { COURSE_WORDS } from '../messages.ts';

const PROJECTIONS: Readonly<Record<Projection, string>> = {
  q: 'query',
  k: 'key',
  v: 'value',
  o: 'output',
  fc1: 'into the MLP',
  fc2: 'out of the MLP',
};

function layersOf({ vision, text }: AdapterFacts['layers']): string {
  if (text === 0) return `the ${counted(vision, 'layer')} that read pictures`;
  if (vision === 0) return `the ${counted(text, 'layer')} that read words`;
  return `the ${counted(vision, 'layer')} that read pictures and the ${text} that read words`;
}

export const LORA_WORDS = catalogue('lessonLora', {
  title: 'What LoRA is and what it does',
  summary: 'Train 2 % as many numbers as the model has, and leave the model itself alone.',
  backbone: {
    /** @param zeroShot accuracy without training; null where none is known */
    title: (zeroShot: number | null): string =>
      zeroShot === null
        ? 'A model before any training'
        : `A model that is right in ${percent(zeroShot, 0)} of the cases`,
    /** @param zeroShot accuracy without training @param chance that of guessing @param shown they are of the result on the page; otherwise of the saved one */
    measured: (zeroShot: number, chance: number, shown: boolean): string =>
      `On the test pictures of the ${shown ? 'result shown' : 'saved result'} it is right in **${percent(zeroShot)}** of the cases; guessing would give ${percent(chance)}.`,
    unmeasured: 'How often it is right without any training is called its zero-shot accuracy.',
    /** @param shown the result on the page is of this task */
    text: (numbers: string, shown: boolean): string => `
${shown ? 'On this page' : 'In the saved study'} a small model of the CLIP family sorts emoji into nine groups, such as animals, food or flags. It was trained beforehand on emoji in
their ordinary colours. ${shown ? 'Here' : 'There'} it sees photographic **negatives**, which it has never seen.

${numbers} So it is neither blind nor good. That is the usual place to start: a model that knows something near your task.

The trained model is called the **backbone**. From here on it stays frozen: none of its weights changes.`,
  },
  factors: {
    title: 'Two thin matrices beside a thick one',
    text: String.raw`
A layer of the model multiplies its input by matrices. One of them, $W$, has 64 rows and 64 columns here. Training all of $W$ means storing and
moving 4,096 numbers, for this matrix alone.

LoRA (Hu et al. 2021) leaves $W$ as it is and adds a product of two thin matrices:

$$W' = W + s\,B A,\qquad A \in \mathbb{R}^{r \times 64},\quad B \in \mathbb{R}^{64 \times r}$$

Only $A$ and $B$ are trained. The **rank** $r$ says how thin they are, and the scale is $s = \alpha / r$. On this page $r = 4$ and $\alpha = 4$ unless you change them.`,
    question: 'How many numbers do A and B have together, for r = 4?',
    choices: ['256', '512', '1,024', '4,096'],
    /** @param shown the adapter is of the result on the page; otherwise of the saved one */
    outcome: ({ layers, projections, numbers, beside }: AdapterFacts, shown: boolean): string => String.raw`
**512**: $A$ has $4 \times 64 = 256$ and $B$ as many. That is an eighth of $W$.

LoRA’s adapter in the ${shown ? 'result shown' : 'saved result'} sits on ${counted(projections.length, 'matrix', 'matrices')} (${projections.map((id) => PROJECTIONS[id]).join(', ')}) in each of ${layersOf(layers)}. It has **${integer(numbers)}** numbers, beside
${integer(beside)} in the matrices of these layers. In larger models the share is smaller still, because it falls with the width.`,
  },
  start: {
    title: 'It starts by doing nothing',
    text: String.raw`
$A$ starts with small random numbers, $B$ with zeros. Then $BA = 0$, so the model with its new adapter answers exactly as before. Training
moves away from there.

The random numbers in $A$ come from a **seed**. Two seeds start in different places. That will matter in the next lesson.`,
  },
  train: {
    title: 'Train one',
    button: 'Train one adapter per arm, 100 steps',
    text: `
This step trains two small adapters, LoRA and CopRA, for 100 steps of 32 pictures on this device. It takes up to a minute or two without a GPU. Watch
the loss fall and the accuracy on the validation pictures rise. Zero-shot is measured on the test pictures, which are others: compare it with the test accuracy.

Before you start, guess.`,
    question: 'After 100 steps, where will LoRA’s test accuracy be?',
    choices: ['Below zero-shot', 'About at zero-shot', 'Clearly above zero-shot'],
    /** @param own whether the accuracy is that of the run of this step @param error sampling error */
    outcome: (own: boolean, accuracy: number, zeroShot: number, error: number): string =>
      `${own ? 'Your run' : 'The result on the page, which is not this run,'} ends at **${percent(accuracy)}** for LoRA, from ${percent(zeroShot)} zero-shot. The choice of test pictures alone makes such a number uncertain by about
${COURSE_WORDS.points(error)} (lesson 7 says why). ${
        own ? 'A hundred steps are few: the saved result trained for 2,000.' : 'Run the step to see your own.'
      }`,
  },
  carry: {
    title: 'What you can carry home',
    text: `
When a run ends, its adapter appears in the **Adapters** panel. It is a small file, in the format that the PEFT library uses. Anyone with the same
backbone can put it on, take it off, or swap it for another.

That is what LoRA is good at: one backbone, many small adapters. Whether two adapters can also be **combined** is the question of the next lesson.`,
  },
});
