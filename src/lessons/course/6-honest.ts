import { percent } from '../../core/number-format.ts';
import { crossedInterval } from '../../core/crossed-interval.ts';
import { mean } from '../../core/statistics.ts';
import { clearSide, SCOPE_WORDS } from '../../copra/seed-differences.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import { armFacts, NOTHING_TO_READ, points, samplingError, spreadOf, type ArmFacts } from '../facts.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import type { Lesson, LessonRun, LessonView } from '../lesson.ts';
import { hasRun } from '../run-settings.ts';

const RUN: LessonRun = {
  label: 'Train five seeds per arm, 60 steps',
  settings: 'steps=60&validate-every=20&seeds=0-4&test-images=100&landscape=off&shapley=off&pruning=off',
};

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${points(Math.abs(value))}`;

function sizes({ result }: LessonView): string {
  const lora = armFacts(result, 'lora');
  if (!result || !lora || lora.accuracies.length === 0) return NOTHING_TO_READ;
  const accuracy = mean(lora.accuracies);
  return `The result shown tests on **${testedImages(result)} pictures**. For LoRA’s ${percent(accuracy)} that gives $\\sqrt{a(1-a)/n}$ = **${points(samplingError(result, accuracy))}**. With 100 pictures it would be about 5 points.
A difference of two points between two methods, each tested once on 100 pictures, says next to nothing.`;
}

const spreads = (...arms: readonly ArmFacts[]): string =>
  arms.map(({ name, accuracies }) => `${name}: ${spreadOf(accuracies, 'seed', 'seeds')}.`).join(' ');

function seedsOutcome({ result }: LessonView): string {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!lora || !copra || lora.accuracies.length === 0 || copra.accuracies.length === 0) return NOTHING_TO_READ;
  return `${spreads(lora, copra)} The seeds lie closer together than the sampling error of the pictures would suggest, because all of them are tested on the *same* pictures:
a hard picture is hard for every seed.`;
}

function pairedOutcome({ result }: LessonView): string {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  const difference = result && lora && copra && armDifference(result, TEST_ACCURACY, lora.arm, copra.arm);
  const side = difference && clearSide(difference);
  if (!difference || side === null) return NOTHING_TO_READ;
  const alone = crossedInterval(TEST_ACCURACY.values(result, lora.arm), testedImages(result));
  return `CopRA − LoRA, seed by seed: **${signed(difference.mean)}**, 95 % interval ${signed(difference.low)} to ${signed(difference.high)} ${SCOPE_WORDS[difference.scope ?? 'seeds']}. ${
    side !== 0
      ? 'It excludes zero: the difference is real for this task and these settings.'
      : 'It includes zero: these seeds do not settle it.'
  }

For comparison, the 95 % interval of LoRA’s own mean runs from ${percent(alone.low)} to ${percent(alone.high)}. The page shows a difference that speaks against CopRA as plainly as one that speaks for it: **Plenty of data** among the presets is a study in which LoRA is the more accurate of the two.`;
}

function ownOutcome(view: LessonView): string {
  if (!hasRun(RUN, view)) return 'Run the step: your own numbers appear here when it is done.';
  const [lora, copra] = [armFacts(view.result, 'lora'), armFacts(view.result, 'copra')];
  if (!lora || !copra) return NOTHING_TO_READ;
  return `${spreads(lora, copra)}

${pairedOutcome(view)}`;
}

export const HONEST: Lesson = {
  id: 'honest',
  title: 'How honest is this plot?',
  summary: 'Seeds, the number of pictures, and error bars.',
  minutes: 9,
  steps: [
    {
      id: 'pictures',
      title: 'How many pictures?',
      part: 'summary',
      text: String.raw`
An accuracy is a share of test pictures. Other test pictures would have given another share. For $n$ pictures and accuracy $a$, the sampling error is about

$$\sqrt{\frac{a(1-a)}{n}}$$

Every chart says under its picture how many images and seeds it rests on.`,
      prediction: {
        question: 'At about 60 % accuracy and 100 pictures, how large is the sampling error?',
        choices: ['0.5 points', '1.5 points', '5 points'],
        conceal: [],
        outcome: sizes,
      },
    },
    {
      id: 'seeds',
      title: 'How many seeds?',
      part: 'curves',
      text: `
Training depends on luck: the initial numbers and the order of the pictures. Both come from the seed. One seed shows one draw; the **spread over seeds** shows how much of it is luck.

Bands and ± on this page are standard deviations over seeds (or over pairs of seeds). They describe how single runs differ. The error of the *mean* is smaller, by the square root of the number of seeds.`,
      prediction: {
        question: 'How far apart are the accuracies of single seeds in the result shown?',
        choices: ['About 2 points or less', 'About 5 points', 'More than 10 points'],
        conceal: ['summary'],
        outcome: seedsOutcome,
      },
    },
    {
      id: 'paired',
      title: 'Compare in pairs',
      part: 'summary',
      text: `
Both arms use the same seeds: equal seeds share initial numbers, pictures and their order. So compare seed by seed and look at the differences. What both share cancels.`,
      prediction: {
        question: 'With every layer on, which arm is more accurate in the saved result?',
        choices: ['CopRA', 'LoRA', 'It cannot be told'],
        conceal: ['summary'],
        outcome: pairedOutcome,
      },
    },
    {
      id: 'run',
      title: 'Make an unclear plot',
      part: 'curves',
      run: RUN,
      text: `
Five seeds per arm, but only 60 steps and 100 test pictures: about a minute without a GPU. Read what it can tell and what it cannot.`,
      prediction: {
        question: 'Will the seeds lie closer together or farther apart than in the saved result?',
        choices: ['Closer', 'Farther apart'],
        conceal: [],
        outcome: ownOutcome,
      },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
    {
      id: 'checklist',
      title: 'Five questions for any plot',
      text: `
1. How many seeds, and is their spread shown?
2. How many test pictures, and what sampling error follows?
3. Were all methods given the same steps, data and seeds?
4. Which numbers are *not* shown? Look for the measure in which the favoured method loses.
5. What would have had to happen for the author to conclude the opposite?

Ask them of this page too. Every number of the saved result, with its error, is in docs/results.md.`,
    },
  ],
};
