import { mean } from '../../../core/statistics.ts';
import { fewShots } from '../../../study/presets/few-shots.ts';
import { adapterFacts, armFacts, isOfSavedTask, samplingError } from '../../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../../lesson.ts';
import { hasRun, isUnderWay } from '../../run-settings.ts';
import { COURSE_WORDS } from '../messages.ts';
import { LORA_WORDS } from './messages.ts';

const RUN: LessonRun = {
  label: () => LORA_WORDS.train.button,
  settings: 'steps=100&validate-every=10&seeds=0',
};

/** Of the saved study, by the numbers of the result on the page where that has the same task. */
function backboneWords({ result, saved }: LessonView) {
  const { title, measured, unmeasured, text } = LORA_WORDS.backbone;
  const isShown = result !== null && isOfSavedTask(result);
  const task = (isShown ? result : saved)?.task;
  const zeroShot = task?.zeroShot?.accuracy ?? null;
  const numbers = task && zeroShot !== null ? measured(zeroShot, task.chance, isShown) : unmeasured;
  return { title: title(zeroShot), text: text(numbers, isShown) };
}

/** The adapter of the result on the page, or where that is of another kind, of the saved one. */
function factorsOutcome({ result }: LessonView): string | null {
  const shown = result && adapterFacts(result.config);
  const adapter = shown ?? adapterFacts(fewShots.config);
  return adapter ? LORA_WORDS.factors.outcome(adapter, shown !== null) : null;
}

function afterRun(view: LessonView): string {
  const lora = armFacts(view.result, 'lora');
  const { result } = view;
  if (!result?.task.zeroShot || !lora || lora.accuracies.length === 0)
    return hasRun(RUN, view) ? COURSE_WORDS.nothingToRead : COURSE_WORDS.runFirst(isUnderWay(RUN, view));
  const accuracy = mean(lora.accuracies);
  const { zeroShot } = result.task;
  return LORA_WORDS.train.outcome(hasRun(RUN, view), accuracy, zeroShot.accuracy, samplingError(result, accuracy));
}

export const LORA: Lesson = {
  id: 'lora',
  words: () => LORA_WORDS,
  minutes: 8,
  steps: [
    {
      id: 'backbone',
      words: backboneWords,
      part: 'task',
    },
    {
      id: 'factors',
      words: () => LORA_WORDS.factors,
      part: 'arms',
      prediction: {
        words: () => LORA_WORDS.factors,
        conceal: [],
        outcome: factorsOutcome,
      },
    },
    { id: 'start', words: () => LORA_WORDS.start, part: 'seeds' },
    {
      id: 'train',
      words: () => LORA_WORDS.train,
      part: 'run',
      run: RUN,
      // The saved curves pass the step at which the run ends.
      prediction: { words: () => LORA_WORDS.train, conceal: ['curves'], outcome: afterRun },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
    { id: 'carry', words: () => LORA_WORDS.carry, part: 'adapters', needs: ['adapters'] },
  ],
};
