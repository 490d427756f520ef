/** The words of lesson 6. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { percent } from '../../../core/number-format.ts';
import { ENGLISH_NAMES } from '../../../data/bundled/task-names.ts';
import { against, type Against, type BetweenSeeds, type Side } from '../../facts.ts';
import { COURSE_WORDS } from '../messages.ts';

/** Mean accuracies of two adapters averaged by both rules. */
interface ByRule {
  readonly factors: number;
  readonly updates: number;
}

/** By what the choice of the rule costs CopRA against LoRA. */
const MATTERS: Record<Exclude<Side, 'tooFew'>, string> = {
  higher: '**It clearly matters more for CopRA.**',
  lower: '**It clearly matters more for LoRA.**',
  unclear: '**It does not clearly matter more for one of them.**',
};

/** By the accuracy of the average against the mean of its ends. */
const AVERAGED: Record<Against, (points: string) => string> = {
  lower: (points) => `lose **${points}** against the mean of both`,
  higher: (points) => `win **${points}** over the mean of both`,
  same: () => 'are as accurate as the mean of both',
};

export const MERGING_LESSON_WORDS = catalogue('lessonMerging', {
  title: 'Merging: many adapters into one',
  summary: 'Tasks and clients that never share pictures, only adapters.',
  clients: {
    title: 'Why merge?',
    text: String.raw`
Two situations lead to the same arithmetic:

- **Tasks.** You have one adapter for animals and one for food, and want one that does both.
- **Federated clients.** Several schools or hospitals train on their own pictures, which must not leave the institution. They send adapters to a server. It averages them, sends the average
back, and everybody trains on: a *round*.

A server that averages factors, $A = \sum_k p_k A_k$ and $B = \sum_k p_k B_k$, makes an error in every round:

$$\begin{aligned}E &= \sum_k p_k B_k A_k - B A\\ &= \sum_k p_k (B_k - B)(A_k - A)\end{aligned}$$

It vanishes when all clients agree in $A$, or all in $B$; otherwise hardly ever. It is the mixed terms of lesson 3 again.`,
  },
  rules: {
    title: 'Factors or updates?',
    text: String.raw`
A server has two simple rules. Averaging **factors** keeps rank $r$ and makes the error $E$. Averaging **updates** $B_kA_k$ makes no error, but $K$ clients give rank $K r$.`,
    question: 'For which arm does the rule matter more?',
    choices: ['Clearly for LoRA', 'Clearly for CopRA', 'No clear difference'],
    /** @param difference between what the choice of the rule costs CopRA and LoRA @param side of CopRA against LoRA */
    outcome: (
      lora: ByRule,
      copra: ByRule,
      difference: ScopedInterval,
      side: Side,
    ): string => `The landscape answers it for two adapters with equal weights, at λ = ½:

- averaging the factors: LoRA ${percent(lora.factors)}, CopRA ${percent(copra.factors)};
- averaging the updates: LoRA **${percent(lora.updates)}**, CopRA ${percent(copra.updates)}.

So with LoRA the two rules are ${COURSE_WORDS.points(Math.abs(lora.updates - lora.factors))} apart, with CopRA ${COURSE_WORDS.points(Math.abs(copra.updates - copra.factors))}. ${
      side === 'tooFew'
        ? 'For which of them the rule matters more, so few seeds do not tell.'
        : `The difference, pair by pair: ${COURSE_WORDS.signed(difference.mean)}, ${COURSE_WORDS.interval(difference)}. ${MATTERS[side]}`
    } Which of the four numbers is highest depends on the rule and on the ends.`,
  },
  train: {
    title: 'Three clients, one round',
    button: 'Train three clients per arm, 150 steps',
    /** @param adapters of runs that are there; null: fewer than two */
    text: (adapters: number | null): string => `
Play one round. Three seeds stand for three clients. They have the same pictures in another order, which is kinder than a real round: real clients have *different* pictures. They start from different adapters, which is harsher: a real server sends *one* adapter to all,
and different starts are what makes averaging factors fail in lesson 3. About a minute and a half without a GPU.

${adapters === null ? 'When the run is done, the adapters are listed in the **Adapters** panel.' : `The **Adapters** panel lists ${counted(adapters, 'adapter')} of runs.`}`,
  },
  merge: {
    title: 'Be the server',
    text: `
In the **Adapters** panel:

1. Tick the three LoRA adapters.
2. Choose a rule and equal weights, and press the button that merges them.
3. Tick the merged adapter and one of its sources, and evaluate them on the task.
4. Do the same with CopRA’s three, and with another rule.

Evaluating puts the study’s result aside; “Back to the study” brings it back.`,
    question: 'Before you evaluate: how will LoRA’s three, averaged by factors, compare with one of them?',
    choices: ['Better than one', 'About the same', 'Worse than one'],
    /** @param pairs LoRA's in the saved result; null while that is not there @param steps of the clients */
    outcome: (pairs: BetweenSeeds | null, steps: number): string =>
      `Now measure it. ${
        pairs === null
          ? ''
          : `In the saved result, two LoRA adapters, averaged by factors, ${AVERAGED[against(pairs.middle, pairs.ends)](COURSE_WORDS.points(Math.abs(pairs.ends - pairs.middle)))}. How three clients of ${counted(steps, 'step')} do is what you find out. `
      }It is one example, with the sampling error of its test pictures.`,
  },
  tasks: {
    title: 'Two tasks',
    text: `
To merge tasks, train one adapter on **${ENGLISH_NAMES.animals}**, download it, train another on **${ENGLISH_NAMES.food}**, open the first again in the Adapters panel, and merge. Evaluate the merge on either
task: the classes are those of the task that is chosen.

In class, everybody can train on another seed or task. Drop all study files on the page together: they are shown side by side, and all their adapters can be merged.`,
  },
});
