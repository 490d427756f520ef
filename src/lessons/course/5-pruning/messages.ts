/** The words of lesson 5. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import { percent } from '../../../core/number-format.ts';
import type { Side } from '../../facts.ts';

/** By the accuracy averaged over all shares removed. */
const SIDES: Record<Side, string> = {
  higher: 'Averaged over all shares removed, CopRA is clearly ahead: it can spare single numbers too.',
  lower:
    'Averaged over all shares removed, CopRA is clearly behind: it learned to live without whole layers, not without single numbers.',
  unclear:
    'Averaged over all shares removed, the two do not clearly differ: CopRA learned to live without whole layers, not without single numbers.',
};

/** A value of LoRA and one of CopRA. */
type Both = readonly [lora: number, copra: number];

export const PRUNING_LESSON_WORDS = catalogue('lesson-pruning', {
  title: 'Pruning: what can go?',
  summary: 'Remove layers, projections or single numbers, and count what is kept.',
  gain: {
    title: 'Measure what is kept',
    text: String.raw`
Pruning removes part of an adapter after training. Removing everything leaves the backbone, which already has some accuracy. So the fair measure is the **retained gain**:

$$\frac{\text{accuracy pruned} - \text{accuracy zero-shot}}{\text{accuracy whole} - \text{accuracy zero-shot}}$$

100 % means nothing was lost, 0 % that the adapter might as well be gone. Below 0 % it does harm.`,
  },
  layers: {
    title: 'Remove whole layers',
    text: `
The first chart removes the adapters of whole layers, or keeps only those of one projection (q, k or v). “Every other layer” removes half of them.

Under **Prune by hand** you switch single layers off yourself. The bars below say what is left of each arm, and the test pictures that go wrong appear beside those that become right.`,
    question: 'Every other layer is switched off. Who keeps more of the gain?',
    choices: ['LoRA', 'CopRA', 'Both the same'],
    /** @param kept share of the gain @param accuracies with everything on */
    outcome: (
      kept: Both,
      accuracies: Both,
      seeds: number,
    ): string => `With every other layer switched off, LoRA keeps **${percent(kept[0])}** of its gain and CopRA **${percent(kept[1])}** (mean over both halves and ${counted(seeds, 'seed')}).

That is what CopRA trains for: its layers met all kinds of company. But the gains are not equal. With everything on, LoRA has ${percent(accuracies[0])} and CopRA
${percent(accuracies[1])}. Keeping a large share of less is not the same as having more; compare the accuracies in the data table too.`,
  },
  weights: {
    title: 'Remove single numbers',
    text: String.raw`
The second chart sets the smallest entries to zero: of $A$ and $B$, or of the update $\Delta W = s\,BA$. The axis is the share removed.`,
    question: 'Nine tenths of the entries of A and B are removed. Is CopRA ahead again?',
    choices: ['Yes, clearly', 'No', 'LoRA is far ahead'],
    /** @param side of CopRA against LoRA, in the accuracy averaged over all shares removed */
    outcome: (accuracies: Both, side: Side): string =>
      `With 90 % of the entries of A and B set to zero, LoRA has **${percent(accuracies[0])}** and CopRA **${percent(accuracies[1])}**. ${SIDES[side]}`,
  },
  run: {
    title: 'Prune your own',
    button: 'Train one seed per arm, 200 steps, and prune',
    text: `
One seed per arm, 200 steps: about a minute without a GPU. Pruning itself needs no training, only evaluating.`,
    question: 'After only 200 steps, how sure can you be of a retained gain?',
    choices: ['As sure as of the accuracy', 'Less sure, because the gain is small'],
    /** @param own what is said of the learner's run */
    outcome: (own: string): string =>
      `**Less sure.** The retained gain divides by the gain. The smaller that is, the more a single test picture moves the share. ${own}`,
    own: (
      kept: Both,
    ): string => `Your run, one seed and 200 test pictures: with half of the layers LoRA keeps ${percent(kept[0])} of its gain, CopRA ${percent(kept[1])}. After 200 steps the gain itself is small, so a picture
or two change these shares by several points.`,
  },
});
