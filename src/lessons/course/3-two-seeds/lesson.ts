import { mean } from '../../../core/statistics.ts';
import { TEST_ACCURACY } from '../../../study/result/measures/accuracy.ts';
import { barrierMeasure, midpointMeasure } from '../../../study/result/measures/paths.ts';
import { fewShots } from '../../../study/presets/few-shots.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { against, armFacts, betweenSeeds, sideOf } from '../../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../../lesson.ts';
import { hasRun, isUnderWay, runConfig } from '../../run-settings.ts';
import { backbonesBeside } from '../backbones.ts';
import { COURSE_WORDS } from '../messages.ts';
import { TWO_SEEDS_WORDS, type LossOfUpdates } from './messages.ts';

const RUN: LessonRun = {
  label: () => TWO_SEEDS_WORDS.run.button,
  settings: 'steps=200&validate-every=50&seeds=0,1&landscape=on',
};

const bothBetweenSeeds = (result: StudyResult | null) => {
  const [lora, copra] = [betweenSeeds(armFacts(result, 'lora')), betweenSeeds(armFacts(result, 'copra'))];
  return lora && copra ? { lora, copra } : null;
};

function factorOutcome({ result }: LessonView): string | null {
  const lora = betweenSeeds(armFacts(result, 'lora'));
  return lora ? TWO_SEEDS_WORDS.average.outcome(lora) : null;
}

/** Up to a quarter of the barrier of factors is close to nothing, from three quarters on it is as much. */
function lossOfUpdates(product: number, factor: number): LossOfUpdates {
  if (product >= 0.75 * factor) return 'no less';
  return product > 0.25 * factor ? 'less' : 'little';
}

function productOutcome({ result }: LessonView): string | null {
  const lora = armFacts(result, 'lora');
  if (!lora || lora.barriers.product.length === 0 || lora.barriers.factor.length === 0) return null;
  const [product, factor] = [mean(lora.barriers.product), mean(lora.barriers.factor)];
  return TWO_SEEDS_WORDS.why.outcome(product, factor, lossOfUpdates(product, factor));
}

function copraOutcome({ result }: LessonView): string | null {
  const arms = bothBetweenSeeds(result);
  if (!arms) return null;
  return TWO_SEEDS_WORDS.compare.outcome(arms.lora, arms.copra, {
    barrier: sideOf(result, barrierMeasure('factor')),
    middle: sideOf(result, midpointMeasure('factor')),
    ends: sideOf(result, TEST_ACCURACY),
  });
}

function ownOutcome(view: LessonView): string {
  if (!hasRun(RUN, view)) return COURSE_WORDS.runFirst(isUnderWay(RUN, view));
  const [own, saved] = [bothBetweenSeeds(view.result), bothBetweenSeeds(view.saved)];
  if (!own) return COURSE_WORDS.nothingToRead;
  const { outcome, compared } = TWO_SEEDS_WORDS.run;
  const side = (arm: 'lora' | 'copra', beside: typeof own) => against(own[arm].barrier, beside[arm].barrier);
  const backbones = backbonesBeside(view);
  return outcome(
    own,
    saved ? compared(saved, { lora: side('lora', saved), copra: side('copra', saved) }, backbones) : '',
  );
}

function ownQuestion() {
  const { question, choices } = TWO_SEEDS_WORDS.run;
  return { question: question(runConfig(RUN).training.steps, fewShots.config.training.steps), choices };
}

export const TWO_SEEDS: Lesson = {
  id: 'two-seeds',
  words: () => TWO_SEEDS_WORDS,
  minutes: 10,
  steps: [
    {
      id: 'average',
      words: () => TWO_SEEDS_WORDS.average,
      part: 'path-pictures',
      prediction: {
        words: () => TWO_SEEDS_WORDS.average,
        conceal: ['path-pictures', 'pictures', 'summary'],
        outcome: factorOutcome,
      },
    },
    {
      id: 'why',
      words: () => TWO_SEEDS_WORDS.why,
      part: 'landscape',
      prediction: {
        words: () => TWO_SEEDS_WORDS.why,
        conceal: ['landscape', 'path-pictures'],
        outcome: productOutcome,
      },
    },
    { id: 'copra', words: () => TWO_SEEDS_WORDS.copra, part: 'tape' },
    {
      id: 'compare',
      words: () => TWO_SEEDS_WORDS.compare,
      part: 'landscape',
      needs: ['path-pictures'],
      prediction: {
        words: () => TWO_SEEDS_WORDS.compare,
        conceal: ['landscape', 'path-pictures', 'pictures', 'summary', 'curves', 'domains'],
        outcome: copraOutcome,
      },
    },
    {
      id: 'run',
      words: () => TWO_SEEDS_WORDS.run,
      part: 'run',
      run: RUN,
      prediction: { words: ownQuestion, conceal: [], outcome: ownOutcome },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
  ],
};
