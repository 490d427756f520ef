import { counted } from '../../core/counted.ts';
import { percent, signedPoints } from '../../core/number-format.ts';
import { crossedInterval } from '../../core/crossed-interval.ts';
import { mean } from '../../core/statistics.ts';
import { clearSide, SCOPE_WORDS } from '../../copra/seed-differences.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { EVERY_OTHER_KEPT } from '../../study/result/measures/pruning.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import {
  armFacts,
  NOTHING_TO_READ,
  points,
  samplingError,
  sideOf,
  spreadOf,
  type ArmFacts,
  type Side,
} from '../facts.ts';
import { mapFacts } from '../map-facts.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import type { Lesson, LessonRun, LessonView } from '../lesson.ts';
import { hasRun } from '../run-settings.ts';

const RUN: LessonRun = {
  label: 'Train five seeds per arm, 60 steps',
  settings: 'steps=60&validate-every=20&seeds=0-4&test-images=100&landscape=off&shapley=off&pruning=off',
};

const signed = (value: number): string => `${signedPoints(value)} points`;

/** Shown while no cell of the map is done. */
export const NO_CELLS =
  'No cell of the map is done yet, and none came with the page. **Run … cells here** under the map computes them one after the other, some minutes each; or go on, and come back to this step later.';

const intervalsBy = (chance: number): string =>
  chance < 1 ? 'fewer than one' : `about ${counted(Math.round(chance), 'interval')}`;

/** What the corners of the map say of a measure; of everything but the means, a star is what counts. */
function mapOutcome(measure: Measure, { map }: LessonView): string | null {
  const facts = mapFacts(map, measure);
  if (!map || !facts) return null;
  const { whole, corners } = facts;
  const [baseline, other] = map.config.study.arms;
  const rows = corners
    .filter(({ cells }) => cells > 0)
    .map(
      ({ words, mean, better, worse, cells }) =>
        `- ${words}: mean **${signed(mean)}**; ${other.name} clearly better in ${better} of ${counted(cells, 'cell')}, clearly worse in ${worse}`,
    );
  return `${other.name} − ${baseline.name}, ${measure.name}, corner by corner:

${rows.join('\n')}

*Clearly* means: the cell has a star, because its 95 % interval excludes 0. Of all ${counted(whole.cells, 'cell')} that are done, ${other.name} is clearly better in **${whole.better}** and clearly worse in **${whole.worse}**.`;
}

const regimesOutcome = (view: LessonView): string => mapOutcome(TEST_ACCURACY, view) ?? NO_CELLS;

function halfOutcome(view: LessonView): string {
  const half = mapOutcome(EVERY_OTHER_KEPT, view);
  const facts = mapFacts(view.map, EVERY_OTHER_KEPT);
  if (half === null || !facts) return NO_CELLS;
  return `${half}

Compare the two readings. “CopRA helps” has no answer without *in what* and *where*. And of ${counted(facts.whole.cells, 'interval')}, ${intervalsBy(facts.whole.cells / 20)} would exclude 0 even if the arms never differed:
one star alone says little, neighbours that agree say more.`;
}

const SIDES: Record<Side, string> = {
  higher: 'the difference is real for this task and these settings, in favour of CopRA',
  lower: 'the difference is real for this task and these settings, in favour of LoRA',
  unclear: 'these seeds do not settle it',
};

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
  return `CopRA − LoRA, seed by seed: **${signed(difference.mean)}**, 95 % interval ${signed(difference.low)} to ${signed(difference.high)} ${SCOPE_WORDS[difference.scope ?? 'seeds']}. It ${
    side === 0 ? 'includes' : 'excludes'
  } zero: ${SIDES[sideOf(result, TEST_ACCURACY)]}.

For comparison, the 95 % interval of LoRA’s own mean runs from ${percent(alone.low)} to ${percent(alone.high)}. Every cell of the map is such a paired difference. The page shows one that speaks against CopRA as plainly as one that speaks for it: **Plenty of data** among the presets is a study in which LoRA is the more accurate of the two.`;
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
  title: 'Where does CopRA help?',
  summary: 'A map of regimes, and how to tell a pattern from luck.',
  minutes: 10,
  steps: [
    {
      id: 'regimes',
      title: 'Predict the map',
      part: 'map',
      map: 'regime-map',
      text: String.raw`
“CopRA is better” and “CopRA is worse” can both be true, of different **regimes**. The map runs the same comparison at several numbers of training images (upwards) and learning rates (across).

Two things to think with. CopRA’s layers are off at random until three quarters of the steps are over, so on average each learns in about

$$1 - \tfrac12 \cdot 0.75 = 62.5\,\%$$

of the steps: at a low learning rate it may not get far enough. And switching layers off is a kind of dropout, which holds back learning by heart: a danger that grows as pictures get few.`,
      prediction: {
        question: 'Where is CopRA’s test accuracy higher than LoRA’s?',
        choices: [
          'Few pictures, low rate',
          'Few pictures, high rate',
          'Many pictures, low rate',
          'Many pictures, high rate',
        ],
        conceal: ['map'],
        outcome: regimesOutcome,
      },
    },
    {
      id: 'map',
      title: 'Ask the map something else',
      part: 'map',
      map: 'regime-map',
      text: `
Accuracy with every layer on is one measure. Another: with every other layer switched off after training, what share of the gain over the untouched model is kept? Choose “retained gain, every other layer kept” in the menu over the map once you have answered.`,
      prediction: {
        question: 'In how many cells does CopRA keep clearly more?',
        choices: ['In the same as before', 'In more', 'In fewer'],
        conceal: ['map'],
        outcome: halfOutcome,
      },
    },
    {
      id: 'pictures',
      title: 'How many pictures?',
      part: 'summary',
      text: String.raw`
An accuracy is a share of test pictures. Other test pictures would have given another share. For $n$ pictures and accuracy $a$, the sampling error is about

$$\sqrt{\frac{a(1-a)}{n}}$$

Every chart says under its picture how many images and seeds it rests on, and so does the map.`,
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
Both arms use the same seeds, in every study and in every cell of the map: equal seeds share initial numbers, pictures and their order. So compare seed by seed and look at the differences. What both share cancels.`,
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
      title: 'Six questions for any plot',
      text: `
1. In which regime? How many pictures, steps, which learning rate; and who chose them, on what?
2. How many seeds, and is their spread shown?
3. How many test pictures, and what sampling error follows?
4. Were all methods given the same steps, data and seeds?
5. Which numbers are *not* shown? Look for the measure, and for the regime, in which the favoured method loses.
6. What would have had to happen for the author to conclude the opposite?

Ask them of this page too. Every number of the saved result, with its error, is in docs/results.md.`,
    },
  ],
};
