import { TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import type { StudyConfig } from '../../../study/config/config.ts';
import { fewShots } from '../../../study/presets/few-shots.ts';
import { armFacts, bothArms, creditExtremes, evennessOf, sideOf } from '../../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../../lesson.ts';
import { hasRun, isUnderWay, runConfig } from '../../run-settings.ts';
import { isSolved } from '../../three-layers/three-layers.ts';
import { COURSE_WORDS } from '../messages.ts';
import { SHAPLEY_LESSON_WORDS } from './messages.ts';

const RUN: LessonRun = {
  label: () => SHAPLEY_LESSON_WORDS.run.button,
  settings: 'steps=200&validate-every=50&seeds=0&shapley=on&shapley-images=16&shapley-seeds=1',
};

function layersOutcome({ result, isSaved }: LessonView): string | null {
  const [lora, copra] = [creditExtremes(armFacts(result, 'lora')), creditExtremes(armFacts(result, 'copra'))];
  if (!lora || !copra || lora.topThird === null || copra.topThird === null) return null;
  return SHAPLEY_LESSON_WORDS.allLayers.outcome(
    lora,
    copra,
    evennessOf(lora, copra, sideOf(result, TOP_THIRD_SHARE)),
    isSaved,
  );
}

function ownOutcome(view: LessonView): string {
  if (!hasRun(RUN, view)) return COURSE_WORDS.runFirst(isUnderWay(RUN, view));
  const [lora, copra] = [creditExtremes(armFacts(view.result, 'lora')), creditExtremes(armFacts(view.result, 'copra'))];
  return lora && copra ? SHAPLEY_LESSON_WORDS.run.own(lora, copra) : COURSE_WORDS.nothingToRead;
}

function layersQuestion({ result }: LessonView) {
  const { question, choices } = SHAPLEY_LESSON_WORDS.allLayers;
  const evens = bothArms(result).flatMap(({ name, evenTopThird }) =>
    evenTopThird === null ? [] : [{ name, value: evenTopThird }],
  );
  return { question: question(evens), choices };
}

const imagesOf = ({ analyses }: StudyConfig): number => analyses.shapley.images;

function ownQuestion() {
  const { question, choices } = SHAPLEY_LESSON_WORDS.run;
  return { question: question(imagesOf(runConfig(RUN)), imagesOf(fewShots.config)), choices };
}

export const SHAPLEY: Lesson = {
  id: 'shapley',
  words: () => SHAPLEY_LESSON_WORDS,
  minutes: 10,
  steps: [
    { id: 'question', words: () => SHAPLEY_LESSON_WORDS.question },
    {
      id: 'by-hand',
      words: () => SHAPLEY_LESSON_WORDS.byHand,
      exercise: 'three-layers',
      done: (_, { fields }) => isSolved(fields),
    },
    { id: 'sum', words: () => SHAPLEY_LESSON_WORDS.sum },
    {
      id: 'twelve',
      words: ({ result }) => {
        const { title, text } = SHAPLEY_LESSON_WORDS.allLayers;
        const players = bothArms(result).flatMap(({ name, layers }) =>
          layers.length > 0 ? [{ name, value: layers.length }] : [],
        );
        return { title, text: text(players) };
      },
      part: 'shapley',
      prediction: {
        words: layersQuestion,
        conceal: ['shapley', 'image-layers', 'summary'],
        outcome: layersOutcome,
      },
    },
    {
      id: 'run',
      words: () => SHAPLEY_LESSON_WORDS.run,
      part: 'shapley',
      run: RUN,
      prediction: {
        words: ownQuestion,
        conceal: ['shapley'],
        outcome: (view) => SHAPLEY_LESSON_WORDS.run.outcome(ownOutcome(view)),
      },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
  ],
};
