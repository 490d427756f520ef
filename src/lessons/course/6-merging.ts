import { percent } from '../../core/number-format.ts';
import { counted } from '../../core/counted.ts';
import { mean } from '../../core/statistics.ts';
import { armFacts, NOTHING_TO_READ, points } from '../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../lesson.ts';
import { hasRun } from '../run-settings.ts';

const RUN: LessonRun = {
  label: 'Train three clients per arm, 150 steps',
  settings: 'steps=150&validate-every=50&seeds=0-2&test-images=200&landscape=off&shapley=off&pruning=off',
};

function rulesOutcome({ result }: LessonView): string {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!lora || !copra || lora.midpoints.factor.length === 0 || copra.midpoints.factor.length === 0)
    return NOTHING_TO_READ;
  if (lora.midpoints.product.length === 0 || copra.midpoints.product.length === 0) return NOTHING_TO_READ;
  return `The landscape answers it for two adapters with equal weights, at λ = ½:

- averaging the factors: LoRA ${percent(mean(lora.midpoints.factor))}, CopRA ${percent(mean(copra.midpoints.factor))};
- averaging the updates: LoRA **${percent(mean(lora.midpoints.product))}**, CopRA ${percent(mean(copra.midpoints.product))}.

So with LoRA the choice of the rule costs ${points(mean(lora.midpoints.product) - mean(lora.midpoints.factor))}, with CopRA ${points(mean(copra.midpoints.product) - mean(copra.midpoints.factor))}. CopRA is less sensitive to it; the best single number of the four
is decided by the rule and the ends together.`;
}

const clients = (view: LessonView): string =>
  view.adapters.runs >= 2
    ? `${counted(view.adapters.runs, 'adapter')} of runs in the **Adapters** panel.`
    : 'When the run is done, the adapters are listed in the **Adapters** panel.';

export const MERGING: Lesson = {
  id: 'merging',
  title: 'Merging: many adapters into one',
  summary: 'Tasks and clients that never share pictures, only adapters.',
  minutes: 10,
  steps: [
    {
      id: 'clients',
      title: 'Why merge?',
      text: String.raw`
Two situations lead to the same arithmetic:

- **Tasks.** You have one adapter for animals and one for food, and want one that does both.
- **Federated clients.** Several schools or hospitals train on their own pictures, which must not leave the house. They send adapters to a server. It averages them, sends the average
back, and everybody trains on: a *round*.

A server that averages factors, $A = \sum_k p_k A_k$ and $B = \sum_k p_k B_k$, makes an error in every round:

$$E = \sum_k p_k B_k A_k - B A = \sum_k p_k (B_k - B)(A_k - A)$$

It vanishes only when the clients agree in $A$ or in $B$. It is the mixed terms of lesson 3 again.`,
    },
    {
      id: 'rules',
      title: 'Factors or updates?',
      part: 'landscape',
      text: String.raw`
A server has two simple rules. Averaging **factors** keeps rank $r$ and makes the error $E$. Averaging **updates** $B_kA_k$ makes no error, but $K$ clients give rank $K r$.`,
      prediction: {
        question: 'For which arm does the rule matter more?',
        choices: ['LoRA', 'CopRA', 'Equally for both'],
        conceal: ['landscape', 'summary'],
        outcome: rulesOutcome,
      },
    },
    {
      id: 'train',
      title: 'Three clients, one round',
      part: 'run',
      run: RUN,
      text: (view) => `
Play one round. Three seeds stand for three clients: the same pictures in another order, from another start. That is the kindest case, because real clients also have *different*
pictures. About a minute and a half without a GPU.

${clients(view)}`,
      done: (view) => hasRun(RUN, view),
    },
    {
      id: 'merge',
      title: 'Be the server',
      part: 'adapters',
      text: `
In the **Adapters** panel:

1. Tick the three LoRA adapters.
2. Choose a rule and equal weights, and press the button that merges them.
3. Tick the merged adapter and one of its sources, and evaluate them on the task.
4. Do the same with CopRA’s three, and with another rule.

Evaluating puts the study’s result aside; “Back to the study” brings it back.`,
      prediction: {
        question: 'Before you evaluate: how will LoRA’s three, averaged by factors, compare with one of them?',
        choices: ['Better than one', 'About the same', 'Worse than one'],
        conceal: [],
        outcome: () =>
          'Now measure it. After so few steps the clients have not moved far apart, so expect a smaller loss than in the saved result. What you find is one example, with the sampling error of 200 pictures.',
      },
      done: ({ adapters }, { choice }) => choice !== null && adapters.merged > 0,
    },
    {
      id: 'tasks',
      title: 'Two tasks',
      part: 'task',
      text: `
To merge tasks, train one adapter on **Animals and plants**, download it, train another on **Food and drink**, open the first again in the Adapters panel, and merge. Evaluate the merge on either
task: the classes are those of the task that is chosen.

In class, everybody can train on another seed or task. Drop all study files on the page together: they are shown side by side, and all their adapters can be merged.`,
    },
  ],
};
