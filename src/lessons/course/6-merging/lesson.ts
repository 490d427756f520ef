import { mean } from '../../../core/statistics.ts';
import { armFacts, bothArms, betweenSeeds } from '../../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../../lesson.ts';
import { hasRun, runConfig } from '../../run-settings.ts';
import { MERGING_LESSON_WORDS } from './messages.ts';

const RUN: LessonRun = {
  label: () => MERGING_LESSON_WORDS.train.button,
  settings: 'steps=150&validate-every=50&seeds=0-2',
};

/** Points less that the choice of the rule must cost one arm than the other. */
const CLEARLY = 0.001;

function rulesOutcome({ result }: LessonView): string | null {
  const arms = bothArms(result).flatMap((arm) => {
    if (arm.midpoints.factor.length === 0 || arm.midpoints.product.length === 0) return [];
    return [{ factors: mean(arm.midpoints.factor), updates: mean(arm.midpoints.product) }];
  });
  if (arms.length < 2) return null;
  const [lora, copra] = arms;
  const [ofLora, ofCopra] = arms.map(({ factors, updates }) => Math.abs(updates - factors));
  const steadier = ofLora - ofCopra > CLEARLY ? 'copra' : ofCopra - ofLora > CLEARLY ? 'lora' : 'neither';
  return MERGING_LESSON_WORDS.rules.outcome(lora, copra, steadier);
}

function mergeOutcome({ saved }: LessonView): string {
  const pairs = betweenSeeds(armFacts(saved, 'lora'));
  return MERGING_LESSON_WORDS.merge.outcome(pairs, runConfig(RUN).training.steps);
}

export const MERGING: Lesson = {
  id: 'merging',
  words: () => MERGING_LESSON_WORDS,
  minutes: 10,
  steps: [
    { id: 'clients', words: () => MERGING_LESSON_WORDS.clients },
    {
      id: 'rules',
      words: () => MERGING_LESSON_WORDS.rules,
      part: 'landscape',
      prediction: {
        words: () => MERGING_LESSON_WORDS.rules,
        conceal: ['landscape', 'summary'],
        outcome: rulesOutcome,
      },
    },
    {
      id: 'train',
      words: ({ adapters }) => {
        const { title, text } = MERGING_LESSON_WORDS.train;
        return { title, text: text(adapters.runs >= 2 ? adapters.runs : null) };
      },
      part: 'run',
      needs: ['adapters'],
      run: RUN,
      done: (view) => hasRun(RUN, view),
    },
    {
      id: 'merge',
      words: () => MERGING_LESSON_WORDS.merge,
      part: 'adapters',
      needs: ['adapters'],
      prediction: {
        words: () => MERGING_LESSON_WORDS.merge,
        conceal: [],
        outcome: mergeOutcome,
      },
      done: ({ adapters }, { choice }) => choice !== null && adapters.merged > 0,
    },
    { id: 'tasks', words: () => MERGING_LESSON_WORDS.tasks, part: 'task', needs: ['task', 'adapters'] },
  ],
};
