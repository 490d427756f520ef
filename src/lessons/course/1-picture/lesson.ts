import { shownTask } from '../../../data/bundled/task-names.ts';
import { mean } from '../../../core/statistics.ts';
import { shownClass } from '../../../data/bundled/shown-classes.ts';
import { testedImages } from '../../../study/result/tested-images.ts';
import { armFacts, isOfSavedTask, SAVED_TASK } from '../../facts.ts';
import type { Lesson, LessonView } from '../../lesson.ts';
import { classFacts, someClasses, turnedByTraining } from '../../picture-facts.ts';
import { PICTURE_LESSON_WORDS } from './messages.ts';

/** The words about the task of the result on the page; those of the saved one while there is none. */
function decideWords({ result, saved }: LessonView) {
  const { title, text, question, choices } = PICTURE_LESSON_WORDS.decide;
  const shown = result ?? saved;
  const task = shown && {
    name: shownTask(shown.config.task, shown.task.name),
    classes: shown.task.classes.length,
    isSaved: isOfSavedTask(shown),
  };
  return { title, text: text(task), question, choices: choices(task?.classes ?? null) };
}

/** Classes of the saved result, as its task names them. */
const USUAL_CLASSES = ['flags', 'food drink', 'people body', 'symbols'];

const offeredClasses = ({ result }: LessonView): readonly string[] =>
  result ? someClasses(result, 'lora', USUAL_CLASSES) : USUAL_CLASSES;

function mistakesWords(view: LessonView) {
  const { title, text, question } = PICTURE_LESSON_WORDS.mistakes;
  const taskId = view.result?.config.task ?? SAVED_TASK;
  return { title, text, question, choices: offeredClasses(view).map((name) => shownClass(taskId, name)) };
}

function decideOutcome({ result }: LessonView): string | null {
  const zeroShot = result?.task.zeroShot;
  if (!result || !zeroShot) return null;
  const { classes, chance } = result.task;
  return PICTURE_LESSON_WORDS.decide.outcome(zeroShot.accuracy, testedImages(result), classes.length, chance);
}

function learnedOutcome({ result }: LessonView): string | null {
  const turned = turnedByTraining(result, 'lora');
  const lora = armFacts(result, 'lora');
  if (!result?.task.zeroShot || !turned || !lora || lora.accuracies.length === 0) return null;
  const { zeroShot } = result.task;
  const after = mean(lora.accuracies);
  return PICTURE_LESSON_WORDS.learned.outcome(turned, zeroShot.accuracy, after, testedImages(result));
}

function mistakesOutcome({ result }: LessonView): string | null {
  // Until all runs are tested, another class may become the answer, which is not among the choices.
  if (result?.status === 'running') return null;
  const lora = armFacts(result, 'lora');
  const [before, after] = [classFacts(result, null), classFacts(result, 'lora')];
  if (!lora || !before || !after) return null;
  return PICTURE_LESSON_WORDS.mistakes.outcome(lora.name, after, before);
}

/** Charts with a line of what the backbone gets right, of all or of some test images. */
const WITH_BACKBONE = [
  ...(['landscape', 'path-pictures', 'layer-sets', 'layers', 'weights', 'along-training', 'merging'] as const),
  ...(['federated', 'sweep', 'many-tasks', 'domains'] as const),
];

export const PICTURE: Lesson = {
  id: 'picture',
  words: () => PICTURE_LESSON_WORDS,
  minutes: 6,
  steps: [
    {
      id: 'decide',
      words: decideWords,
      part: 'pictures',
      prediction: {
        words: decideWords,
        conceal: ['pictures', 'confusion', 'summary', 'curves', ...WITH_BACKBONE],
        outcome: decideOutcome,
      },
    },
    {
      id: 'learned',
      words: () => PICTURE_LESSON_WORDS.learned,
      part: 'pictures',
      prediction: {
        words: () => PICTURE_LESSON_WORDS.learned,
        conceal: ['pictures', 'confusion'],
        outcome: learnedOutcome,
      },
    },
    {
      id: 'mistakes',
      words: mistakesWords,
      part: 'confusion',
      needs: ['pictures'],
      prediction: {
        words: mistakesWords,
        names: offeredClasses,
        conceal: ['confusion'],
        outcome: mistakesOutcome,
      },
    },
    {
      id: 'camera',
      words: () => PICTURE_LESSON_WORDS.camera,
      part: 'own',
      needs: ['own'],
      prediction: {
        words: () => PICTURE_LESSON_WORDS.camera,
        conceal: [],
        outcome: () => PICTURE_LESSON_WORDS.camera.outcome,
      },
    },
  ],
};
