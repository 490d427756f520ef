import { mean } from '../../../core/statistics.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import { EVERY_OTHER_KEPT, valuesAtSparsity } from '../../../study/result/measures/pruning.ts';
import { changesByRemoval } from '../../../study/result/measures/removal.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import { testedImages } from '../../../study/result/tested-images.ts';
import { armFacts, bothArms, ofSeedsOfAll, sideOf, sideOfInterval, type ArmFacts } from '../../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../../lesson.ts';
import { hasRun, isUnderWay } from '../../run-settings.ts';
import { COURSE_WORDS } from '../messages.ts';
import { PRUNING_LESSON_WORDS } from './messages.ts';

const RUN: LessonRun = {
  label: () => PRUNING_LESSON_WORDS.run.button,
  settings: 'steps=200&validate-every=50&seeds=0&pruning=on&sparsities=0,0.5,0.9&random-masks=2',
};

/** Mean over both halves of "every other layer". */
const halves = (arm: ArmFacts): number => mean([...arm.retained('even'), ...arm.retained('odd')]);

function layersOutcome({ result }: LessonView): string | null {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!lora || !copra || lora.retained('even').length === 0 || copra.retained('even').length === 0) return null;
  return PRUNING_LESSON_WORDS.layers.outcome(
    [halves(lora), halves(copra)],
    [mean(lora.accuracies), mean(copra.accuracies)],
    lora.retained('even').length,
    sideOf(result, EVERY_OTHER_KEPT),
  );
}

function weightsOutcome({ result }: LessonView): string | null {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!result || !lora || !copra) return null;
  const shared = ofSeedsOfAll(result);
  const images = testSample(shared);
  const at = (removed: number) => [lora, copra].map(({ arm }) => valuesAtSparsity(shared, arm, 'factors', removed));
  const [ofLora, ofCopra] = at(0.9);
  const difference = seedDifference(ofLora, ofCopra, images);
  if (!difference) return null;
  const [wholeLora, wholeCopra] = at(0);
  const start = seedDifference(wholeLora, wholeCopra, images);
  const [lostByLora, lostByCopra] = [lora, copra].map(({ arm }) => changesByRemoval(shared, arm, 'factors'));
  return PRUNING_LESSON_WORDS.weights.outcome(
    [mean(ofLora.map(({ value }) => value)), mean(ofCopra.map(({ value }) => value))],
    difference,
    sideOfInterval(difference),
    start && { difference: start.mean, kept: sideOfInterval(seedDifference(lostByLora, lostByCopra, images)) },
  );
}

function ownOutcome(view: LessonView): string {
  if (!hasRun(RUN, view)) return COURSE_WORDS.runFirst(isUnderWay(RUN, view));
  const arms = bothArms(view.result).flatMap((arm) => {
    if (arm.gain === null) return [];
    const kept = arm.retained('even').length > 0 && arm.retained('odd').length > 0 ? halves(arm) : null;
    return [{ name: arm.name, gain: arm.gain, kept }];
  });
  if (!view.result || arms.length < 2) return COURSE_WORDS.nothingToRead;
  return PRUNING_LESSON_WORDS.run.own(arms, testedImages(view.result));
}

export const PRUNING: Lesson = {
  id: 'pruning',
  words: () => PRUNING_LESSON_WORDS,
  minutes: 8,
  steps: [
    { id: 'gain', words: () => PRUNING_LESSON_WORDS.gain },
    {
      id: 'layers',
      words: () => PRUNING_LESSON_WORDS.layers,
      part: 'layers',
      needs: ['hand'],
      prediction: {
        words: () => PRUNING_LESSON_WORDS.layers,
        conceal: ['layers', 'hand', 'summary', 'pictures', 'domains'],
        outcome: layersOutcome,
      },
    },
    {
      id: 'weights',
      words: () => PRUNING_LESSON_WORDS.weights,
      part: 'weights',
      prediction: {
        version: 3,
        words: () => PRUNING_LESSON_WORDS.weights,
        conceal: ['weights'],
        outcome: weightsOutcome,
      },
    },
    {
      id: 'run',
      words: () => PRUNING_LESSON_WORDS.run,
      part: 'layers',
      run: RUN,
      prediction: {
        words: () => PRUNING_LESSON_WORDS.run,
        conceal: ['layers'],
        outcome: (view) => PRUNING_LESSON_WORDS.run.outcome(ownOutcome(view)),
      },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
  ],
};
