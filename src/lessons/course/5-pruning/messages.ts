/** The words of lesson 5. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { percent } from '../../../core/number-format.ts';
import type { Side } from '../../facts.ts';
import { PART_WORDS } from '../../part-words.ts';
import { COURSE_WORDS } from '../messages.ts';

/** By the accuracy with nine tenths of the entries removed. */
const AHEAD: Record<Exclude<Side, 'tooFew'>, string> = {
  higher: '**CopRA is clearly ahead.**',
  lower: '**LoRA is clearly ahead.**',
  unclear: '**Neither is clearly ahead.**',
};

/** By the accuracy averaged over all shares removed, less that with nothing removed. CopRA trains with whole layers off, never with single numbers at zero. */
const LOST: Record<Side, string> = {
  higher:
    'From there on CopRA loses clearly less, averaged over all shares removed, although it never trained without single numbers.',
  lower:
    'From there on CopRA loses clearly more, averaged over all shares removed: it trained without whole layers, never without single numbers.',
  unclear: 'From there on neither loses clearly more, averaged over all shares removed.',
  tooFew: 'There are too few seeds to tell who loses more from there on, averaged over all shares removed.',
};

/** What arms differ in before single numbers go, and who keeps more from there on. */
interface Start {
  readonly difference: number;
  readonly kept: Side;
}

/** By the gain that is kept without every other layer. */
const KEPT: Record<Side, string> = {
  higher: 'CopRA keeps clearly more. That is what it trains for: its layers met all kinds of company.',
  lower: 'CopRA keeps clearly less, although its layers met all kinds of company in training.',
  unclear: 'The two do not clearly differ, although CopRA’s layers met all kinds of company in training.',
  tooFew: 'There are too few seeds to tell who keeps more.',
};

/** A value of LoRA and one of CopRA. */
type Both = readonly [lora: number, copra: number];

/** An arm with half of its layers. */
export interface PrunedArm {
  readonly name: string;
  readonly gain: number;
  /** Share of the gain; null where that is too small for one. */
  readonly kept: number | null;
}

const ofArm = ({ name, gain, kept }: PrunedArm, images: number): string =>
  kept === null
    ? `${name} gains ${COURSE_WORDS.points(gain)}, too little for a share of it`
    : `${name} gains ${COURSE_WORDS.points(gain)} and keeps **${percent(kept)}** of them with half of the layers; with either half, a single picture is worth ${COURSE_WORDS.points(1 / images / gain)} of that half’s share`;

export const PRUNING_LESSON_WORDS = catalogue('lessonPruning', {
  title: 'Pruning: what can go?',
  summary: 'Remove layers, projections or single numbers, and count what is kept.',
  gain: {
    title: 'Measure what is kept',
    text: String.raw`
Pruning removes part of an adapter after training. Removing everything leaves the backbone, which already has some accuracy. So the fair measure is the **gain kept**:

$$\frac{\text{accuracy pruned} - \text{zero-shot}}{\text{accuracy whole} - \text{zero-shot}}$$

100 % means nothing was lost, 0 % that the adapter might as well be gone. Below 0 % it does harm.`,
  },
  layers: {
    title: 'Remove whole layers',
    text: `
The first chart removes the adapters of whole layers or, under “Show all”, keeps only those of one projection (q, k or v). “Layers 1, 3, 5 …” and “Layers 2, 4, 6 …” keep half of the layers.

Under **${PART_WORDS.hand}** you switch single layers off yourself. The bars below say what is left of each arm, and the test pictures that go wrong appear beside those that become right.`,
    question: 'Every other layer is switched off. Who keeps more of the gain?',
    choices: ['LoRA', 'CopRA', 'Both the same'],
    /** @param kept share of the gain @param accuracies with everything on @param side of CopRA against LoRA, in what is kept */
    outcome: (
      kept: Both,
      accuracies: Both,
      seeds: number,
      side: Side,
    ): string => `With every other layer switched off, LoRA keeps **${percent(kept[0])}** of its gain and CopRA **${percent(kept[1])}** (mean over both halves and ${counted(seeds, 'seed')}).

${KEPT[side]} But a share does not say how large the gain is. With everything on, LoRA has ${percent(accuracies[0])} and CopRA
${percent(accuracies[1])}. Keeping a large share of less is not the same as having more; compare the accuracies in the data table too.`,
  },
  weights: {
    title: 'Remove single numbers',
    text: String.raw`
The second chart sets the smallest entries to zero, in three ways: the smallest of all $A$ and $B$ together (the upper panel), of every $A$ and every $B$, and of the update $\Delta W = s\,BA$. The axis is the share removed.`,
    question: 'Nine tenths are removed, the smallest of all A and B together. Who is clearly ahead?',
    choices: ['CopRA', 'LoRA', 'Neither'],
    /** @param here side of CopRA against LoRA @param start null: nobody was tested with nothing removed */
    outcome: (accuracies: Both, difference: ScopedInterval, here: Side, start: Start | null): string =>
      `With 90 % set to zero, the smallest of all A and B together, LoRA has **${percent(accuracies[0])}** and CopRA **${percent(accuracies[1])}**. ${
        here === 'tooFew'
          ? 'There are too few seeds to tell who is ahead.'
          : `CopRA − LoRA: ${COURSE_WORDS.signed(difference.mean)}, ${COURSE_WORDS.interval(difference)}. ${AHEAD[here]}`
      }${start ? `\n\nWith nothing removed the difference is ${COURSE_WORDS.signed(start.difference)}. ${LOST[start.kept]}` : ''}`,
  },
  run: {
    title: 'Prune your own',
    button: 'Train one seed per arm, 200 steps, and prune',
    text: `
One seed per arm, 200 steps: about a minute without a GPU. Pruning itself needs no training, only evaluating.`,
    question: 'How sure can you be of the gain that a short run keeps?',
    choices: ['As sure as of the accuracy', 'Less sure, because it divides by the gain'],
    /** @param own what is said of the learner's run */
    outcome: (own: string): string =>
      `**Less sure.** The gain kept is a share: it divides by the gain. The smaller that is, the more a single test picture moves the share. ${own}`,
    /** @param images test pictures */
    own: (arms: readonly PrunedArm[], images: number): string => `Your run, one seed and ${images} test pictures:

${arms.map((arm) => `- ${ofArm(arm, images)}.`).join('\n')}`,
  },
});
