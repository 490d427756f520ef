import { percent } from '../../core/number-format.ts';
import { counted } from '../../core/counted.ts';
import { mean } from '../../core/statistics.ts';
import { areaMeasure } from '../../study/result/measures/pruning.ts';
import { armFacts, NOTHING_TO_READ, sideOf, type ArmFacts, type Side } from '../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../lesson.ts';
import { hasRun } from '../run-settings.ts';

const RUN: LessonRun = {
  label: 'Train one seed per arm, 200 steps, and prune',
  settings:
    'steps=200&validate-every=50&seeds=0&test-images=200&landscape=off&shapley=off&sparsities=0,0.5,0.9&random-masks=2',
};

/** Mean over both halves of "every other layer". */
const halves = (arm: ArmFacts): number => mean([...arm.retained('even'), ...arm.retained('odd')]);

function layersOutcome({ result }: LessonView): string {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!lora || !copra || lora.retained('even').length === 0 || copra.retained('even').length === 0)
    return NOTHING_TO_READ;
  return `With every other layer switched off, LoRA keeps **${percent(halves(lora))}** of its gain and CopRA **${percent(halves(copra))}** (mean over both halves and ${counted(lora.retained('even').length, 'seed')}).

That is what CopRA trains for: its layers met all kinds of company. But the gains are not equal. With everything on, LoRA has ${percent(mean(lora.accuracies))} and CopRA
${percent(mean(copra.accuracies))}. Keeping a large share of less is not the same as having more; compare the accuracies in the data table too.`;
}

function weightsOutcome({ result }: LessonView): string {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!lora || !copra || lora.nineTenthsRemoved.length === 0 || copra.nineTenthsRemoved.length === 0)
    return NOTHING_TO_READ;
  return `With 90 % of the entries of A and B set to zero, LoRA has **${percent(mean(lora.nineTenthsRemoved))}** and CopRA **${percent(mean(copra.nineTenthsRemoved))}**. ${WEIGHTS[sideOf(result, areaMeasure('factors'))]}`;
}

/** By the accuracy averaged over all shares removed. */
const WEIGHTS: Record<Side, string> = {
  higher: 'Averaged over all shares removed, CopRA is clearly ahead: it can spare single numbers too.',
  lower:
    'Averaged over all shares removed, CopRA is clearly behind: it learned to live without whole layers, not without single numbers.',
  unclear:
    'Averaged over all shares removed, the two do not clearly differ: CopRA learned to live without whole layers, not without single numbers.',
};

function ownOutcome(view: LessonView): string {
  if (!hasRun(RUN, view)) return 'Run the step: your own numbers appear here when it is done.';
  const [lora, copra] = [armFacts(view.result, 'lora'), armFacts(view.result, 'copra')];
  if (!lora || !copra || lora.retained('even').length === 0 || copra.retained('even').length === 0)
    return NOTHING_TO_READ;
  return `Your run, one seed and 200 test pictures: with half of the layers LoRA keeps ${percent(halves(lora))} of its gain, CopRA ${percent(halves(copra))}. After 200 steps the gain itself is small, so a picture
or two change these shares by several points.`;
}

export const PRUNING: Lesson = {
  id: 'pruning',
  title: 'Pruning: what can go?',
  summary: 'Remove layers, projections or single numbers, and count what is kept.',
  minutes: 8,
  steps: [
    {
      id: 'gain',
      title: 'Measure what is kept',
      text: String.raw`
Pruning removes part of an adapter after training. Removing everything leaves the backbone, which already has some accuracy. So the fair measure is the **retained gain**:

$$\frac{\text{accuracy pruned} - \text{accuracy zero-shot}}{\text{accuracy whole} - \text{accuracy zero-shot}}$$

100 % means nothing was lost, 0 % that the adapter might as well be gone. Below 0 % it does harm.`,
    },
    {
      id: 'layers',
      title: 'Remove whole layers',
      part: 'layers',
      text: `
The first chart removes the adapters of whole layers, or keeps only those of one projection (q, k or v). “Every other layer” removes half of them.

Under **Prune by hand** you switch single layers off yourself. The bars below say what is left of each arm, and the test pictures that go wrong appear beside those that become right.`,
      prediction: {
        question: 'Every other layer is switched off. Who keeps more of the gain?',
        choices: ['LoRA', 'CopRA', 'Both the same'],
        conceal: ['layers', 'hand', 'summary'],
        outcome: layersOutcome,
      },
    },
    {
      id: 'weights',
      title: 'Remove single numbers',
      part: 'weights',
      text: String.raw`
The second chart sets the smallest entries to zero: of $A$ and $B$, or of the update $\Delta W = s\,BA$. The axis is the share removed.`,
      prediction: {
        question: 'Nine tenths of the entries of A and B are removed. Is CopRA ahead again?',
        choices: ['Yes, clearly', 'No', 'LoRA is far ahead'],
        conceal: ['weights'],
        outcome: weightsOutcome,
      },
    },
    {
      id: 'run',
      title: 'Prune your own',
      part: 'layers',
      run: RUN,
      text: `
One seed per arm, 200 steps: about a minute without a GPU. Pruning itself needs no training, only evaluating.`,
      prediction: {
        question: 'After only 200 steps, how sure can you be of a retained gain?',
        choices: ['As sure as of the accuracy', 'Less sure, because the gain is small'],
        conceal: ['layers'],
        outcome: (view) =>
          `**Less sure.** The retained gain divides by the gain. The smaller that is, the more a single test picture moves the share. ${ownOutcome(view)}`,
      },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
  ],
};
