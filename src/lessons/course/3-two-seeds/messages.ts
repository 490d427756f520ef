/** The words of lesson 3. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import { integer, percent } from '../../../core/number-format.ts';
import type { Against, BetweenSeeds, Side } from '../../facts.ts';
import { PART_WORDS } from '../../part-words.ts';
import { COURSE_WORDS } from '../messages.ts';

const pairsOf = (count: number): string => counted(count, 'pair of seeds', 'pairs of seeds');

const SIDES: Record<Side, string> = {
  higher: '**clearly higher**',
  lower: '**clearly lower**',
  unclear: 'not clearly different',
  tooFew: 'known from too few seeds to compare',
};

/** What is lost on the product path, beside the factor path: close to nothing, less, or as much and more (the choices of the question). */
export type LossOfUpdates = 'little' | 'less' | 'no less';

const UPDATES: Record<LossOfUpdates, string> = {
  little:
    'So the two updates get along; what fails is averaging their *factors*. Remember this when you read that adapters “cannot be merged”: it depends on how.',
  less: 'So averaging the updates loses less than averaging the *factors*, and still something: the two updates get along only in part.',
  'no less': 'So in the result shown, averaging the updates loses about as much as averaging the factors, or more.',
};

/** How a mixture compares with its ends. */
function mixture({ ends, middle, pairs, worse }: BetweenSeeds): string {
  if (worse === pairs) return 'A mixture of two good adapters, and worse than either of them.';
  if (worse > 0)
    return `A mixture of two good adapters, in ${worse} of ${counted(pairs, 'pair')} worse than either of them.`;
  return middle < ends ? 'The mixture is less accurate than its ends are on average.' : 'The mixture holds up.';
}

const AGAINST: Record<Against, string> = {
  higher: '**higher**',
  lower: '**lower**',
  same: '**the same**',
};

interface Arms {
  readonly lora: BetweenSeeds;
  readonly copra: BetweenSeeds;
}

const listOf = ({ lora, copra }: Arms): string =>
  `- barrier: LoRA ${COURSE_WORDS.points(lora.barrier)}, CopRA ${COURSE_WORDS.points(copra.barrier)};
- accuracy at the ends: LoRA ${percent(lora.ends)}, CopRA ${percent(copra.ends)}.`;

export const TWO_SEEDS_WORDS = catalogue('lessonTwoSeeds', {
  title: 'Two seeds, one task',
  summary: 'Why averaging two good adapters can give a bad one, and what CopRA changes.',
  average: {
    title: 'Average two good adapters',
    text: String.raw`
Two people train LoRA on the same task with different seeds. Both adapters are about equally good. They average them, entry by entry:

$$A = \tfrac12 (A_1 + A_2),\qquad B = \tfrac12 (B_1 + B_2)$$

More generally, walk from the first to the second: $A_\lambda = (1-\lambda) A_1 + \lambda A_2$, and $B_\lambda$ likewise. λ = 0 and λ = 1 are the two adapters themselves.

**${PART_WORDS['path-pictures']}** lets you walk: pull the slider from λ = 0 to 1, and watch which test pictures turn wrong and right. The curve above it is the test accuracy on the way.`,
    question: 'How good is the adapter half-way, compared with the two ends?',
    choices: ['Better: averaging removes noise', 'About the same', 'Clearly worse'],
    outcome: (
      lora: BetweenSeeds,
    ): string => `In the result shown, LoRA’s ends reach ${percent(lora.ends)} on average and the half-way adapter **${percent(lora.middle)}**: mean of ${pairsOf(lora.pairs)}. ${mixture(lora)} How far the path falls below the straight line between its ends
is the **barrier**: ${COURSE_WORDS.points(lora.barrier)} here.`,
  },
  why: {
    title: 'Why it fails',
    text: String.raw`
What counts for the model is the product $BA$. Averaging factors does not average products:

$$\begin{aligned}&\tfrac12(B_1 + B_2)\cdot\tfrac12(A_1 + A_2)\\ &= \tfrac14\left(B_1A_1 + B_2A_2 + B_1A_2 + B_2A_1\right)\end{aligned}$$

Each update counts only a quarter, and two mixed terms appear that nobody trained. And the same update can be written in many ways: for any invertible $M$,
$BA = (BM)(M^{-1}A)$. Two seeds may find similar updates, written in different ways.

Averaging the **products** avoids both: $\tfrac12(B_1A_1 + B_2A_2)$. The chart calls this the *product path*, beside the *factor path* of before.`,
    question: 'On the product path, how high is LoRA’s barrier?',
    choices: ['As high as on the factor path, or higher', 'About half as high', 'Close to nothing'],
    /** @param product barrier on the product path @param factor on the factor path */
    outcome: (
      product: number,
      factor: number,
      loss: LossOfUpdates,
    ): string => `On the product path LoRA’s barrier is **${COURSE_WORDS.points(product)}**, against ${COURSE_WORDS.points(factor)} on the factor path. ${UPDATES[loss]}

The price of the product path: $\\tfrac12(B_1A_1 + B_2A_2)$ has rank up to $2r$, so the merged adapter is twice as large unless it is cut down again.`,
  },
  copra: {
    title: 'What CopRA does differently',
    text: String.raw`
CopRA is LoRA with one change in training. In every step each layer’s adapter is switched on with probability $p$ and off otherwise. $p$ starts at 0 and rises to 1
over the first three quarters of the steps:

$$p(t) = \min\!\left(1, \frac{t}{0.75\,T}\right)$$

The **activation tape** shows it: a column is a step, a row a layer, grey means off. (A step in which every layer would be off switches on one at random.) An adapter that is off
does nothing and learns nothing.

The idea: a layer that cannot rely on the others must be useful in any company.`,
  },
  compare: {
    title: 'Does it help?',
    text: `
Now compare both arms. They were trained on the same pictures in the same order, from the same initial numbers. Nothing but the switching differs.

When you have read the chart, choose CopRA above the pictures between two seeds and pull λ to the middle: are fewer pictures lost than with LoRA?`,
    question: 'What does CopRA clearly have, compared with LoRA on the factor path?',
    choices: [
      'A lower barrier and higher ends',
      'A lower barrier, but no higher ends',
      'Neither',
      'Higher ends, but no lower barrier',
    ],
    /** @param sides of CopRA against LoRA */
    outcome: (
      lora: BetweenSeeds,
      copra: BetweenSeeds,
      sides: Readonly<Record<'barrier' | 'middle' | 'ends', Side>>,
    ): string => `Factor path, mean over ${pairsOf(copra.pairs)}, as the result shown has it:

- barrier: LoRA ${COURSE_WORDS.points(lora.barrier)}, CopRA **${COURSE_WORDS.points(copra.barrier)}**;
- accuracy half-way: LoRA ${percent(lora.middle)}, CopRA ${percent(copra.middle)};
- accuracy at the ends: LoRA ${percent(lora.ends)}, CopRA ${percent(copra.ends)}.

Read all three lines. A smaller barrier says that CopRA loses less on the way; it does not say that the half-way adapter is better, because CopRA’s ends may
start lower. In the result shown CopRA’s barrier is ${SIDES[sides.barrier]}, its half-way accuracy ${SIDES[sides.middle]}, and the accuracy at its ends ${SIDES[sides.ends]}.`,
  },
  run: {
    title: 'Try it yourself',
    button: 'Train two seeds per arm, 200 steps',
    text: `
Train two seeds per arm for 200 steps: a small version of the saved study, with the same training pictures and learning rate. Expect one to two minutes without a GPU.`,
    /** @param own steps of this run @param saved steps of the saved study */
    question: (own: number, saved: number): string =>
      `With ${counted(own, 'step')} instead of ${integer(saved)}, what happens to LoRA’s barrier?`,
    choices: ['It is higher', 'It is lower', 'It stays the same'],
    /** @param compared with the saved result; empty while that is not there */
    outcome: (own: Arms, compared: string): string => `Your run, ${pairsOf(own.lora.pairs)}:

${listOf(own)}
${compared}
One pair of seeds and 200 pictures prove nothing either way. Lesson 7 puts numbers on that.`,
    /** @param sides of the run against the saved result @param backbones what they test on; null: not known */
    compared: (saved: Arms, sides: Readonly<Record<'lora' | 'copra', Against>>, backbones: string | null): string => `
The saved result, mean over ${pairsOf(saved.lora.pairs)}:

${listOf(saved)}

Compared with the saved ones, LoRA’s barrier is ${AGAINST[sides.lora]} and CopRA’s is ${AGAINST[sides.copra]}. How much a barrier means depends on what the ends have gained: compare them, too.${backbones === null ? '' : ` ${backbones}`}
`,
  },
});
