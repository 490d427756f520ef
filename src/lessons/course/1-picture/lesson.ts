import { mean } from '../../../core/statistics.ts';
import { armFacts } from '../../facts.ts';
import type { Lesson, LessonView } from '../../lesson.ts';
import { classFacts, turnedByTraining } from '../../picture-facts.ts';
import { COURSE_WORDS } from '../messages.ts';
import { PICTURE_LESSON_WORDS } from './messages.ts';

function decideOutcome({ result }: LessonView): string {
  const zeroShot = result?.task.zeroShot;
  if (!result || !zeroShot) return COURSE_WORDS.nothingToRead;
  const { test, classes, chance } = result.task;
  return PICTURE_LESSON_WORDS.decide.outcome(zeroShot.accuracy, test, classes.length, chance);
}

function learnedOutcome({ result }: LessonView): string {
  const turned = turnedByTraining(result, 'lora');
  const lora = armFacts(result, 'lora');
  if (!result?.task.zeroShot || !turned || !lora || lora.accuracies.length === 0) return COURSE_WORDS.nothingToRead;
  const { zeroShot, test } = result.task;
  return PICTURE_LESSON_WORDS.learned.outcome(turned, zeroShot.accuracy, mean(lora.accuracies), test);
}

function mistakesOutcome({ result }: LessonView): string {
  const lora = armFacts(result, 'lora');
  const [before, after] = [classFacts(result, null), classFacts(result, 'lora')];
  if (!lora || !before || !after) return COURSE_WORDS.nothingToRead;
  return PICTURE_LESSON_WORDS.mistakes.outcome(lora.name, after, before);
}

export const PICTURE: Lesson = {
  id: 'picture',
  words: () => PICTURE_LESSON_WORDS,
  minutes: 6,
  steps: [
    {
      id: 'decide',
      words: () => PICTURE_LESSON_WORDS.decide,
      part: 'pictures',
      prediction: {
        words: () => PICTURE_LESSON_WORDS.decide,
        conceal: ['pictures', 'confusion', 'summary', 'curves'],
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
      words: () => PICTURE_LESSON_WORDS.mistakes,
      part: 'confusion',
      prediction: {
        words: () => PICTURE_LESSON_WORDS.mistakes,
        conceal: ['confusion'],
        outcome: mistakesOutcome,
      },
    },
    {
      id: 'camera',
      words: () => PICTURE_LESSON_WORDS.camera,
      part: 'own',
      prediction: {
        words: () => PICTURE_LESSON_WORDS.camera,
        conceal: [],
        outcome: () => PICTURE_LESSON_WORDS.camera.outcome,
      },
    },
  ],
};
