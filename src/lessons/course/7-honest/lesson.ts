import { crossedInterval, imageVariance, type ScopedInterval } from '../../../core/crossed-interval.ts';
import { binomialStandardError, mean, standardDeviation } from '../../../core/statistics.ts';
import { TEST_ACCURACY } from '../../../study/result/measures/accuracy.ts';
import { armDifference } from '../../../study/result/measures/arm-difference.ts';
import type { Measure } from '../../../study/result/measures/measure.ts';
import { EVERY_OTHER_KEPT } from '../../../study/result/measures/pruning.ts';
import { controls } from '../../../study/presets/controls.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import {
  against,
  armFacts,
  bothArms,
  samplingError,
  sideOf,
  sideOfInterval,
  type Against,
  type ArmFacts,
} from '../../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../../lesson.ts';
import { mapFacts, type MapFacts } from '../../map-facts.ts';
import { hasRun, isUnderWay } from '../../run-settings.ts';
import { backbonesBeside } from '../backbones.ts';
import { COURSE_WORDS } from '../messages.ts';
import {
  HONEST_WORDS,
  type ArmBesideControl,
  type ArmBesideSampling,
  type ArmSpread,
  type OwnInterval,
} from './messages.ts';

const RUN: LessonRun = {
  label: () => HONEST_WORDS.run.button,
  settings: 'steps=60&validate-every=20&seeds=0-4&test-images=100',
};

/** What the map says of a measure, and its corners in words; null while no cell has it. */
function readMap(measure: Measure, { map }: LessonView) {
  const facts = mapFacts(map, measure);
  if (!map || !facts) return null;
  const [baseline, other] = map.config.study.arms;
  const names = { baseline: baseline.name, other: other.name, measure: measure.name };
  return { facts, names, corners: HONEST_WORDS.corners(names, facts) };
}

function regimesOutcome(view: LessonView): string {
  const read = readMap(TEST_ACCURACY, view);
  if (!read) return HONEST_WORDS.noCells;
  const behind = read.facts.corners.filter(({ cells, mean }) => cells > 0 && mean <= 0).map(({ words }) => words);
  return HONEST_WORDS.regimes.outcome(read.corners, read.names, behind, read.facts.column);
}

/** How the share of cells in which an arm is clearly better compares with that in another measure. Exact, since both are written as counts. */
function shareBeside(own: MapFacts['whole'], other: MapFacts['whole']): Against {
  const [one, beside] = [own.better * other.cells, other.better * own.cells];
  return one === beside ? 'same' : one > beside ? 'higher' : 'lower';
}

/** One of twenty 95 % intervals excludes 0 where there is no difference. */
const BY_CHANCE = 0.05;

function halfOutcome(view: LessonView): string {
  const read = readMap(EVERY_OTHER_KEPT, view);
  if (!read) return HONEST_WORDS.noCells;
  const { whole } = read.facts;
  const before = readMap(TEST_ACCURACY, view)?.facts.whole;
  return HONEST_WORDS.map.outcome(
    read.corners,
    whole,
    before ? { ...before, share: shareBeside(whole, before) } : null,
    BY_CHANCE * whole.cells,
  );
}

function sizes({ result }: LessonView): string | null {
  const lora = armFacts(result, 'lora');
  if (!result || !lora || lora.accuracies.length === 0) return null;
  const accuracy = mean(lora.accuracies);
  const sample = testSample(result);
  return HONEST_WORDS.pictures.outcome(sample, accuracy, {
    ofFormula: binomialStandardError(accuracy, sample.images),
    here: samplingError(result, accuracy),
    ofHundred: binomialStandardError(accuracy, 100),
  });
}

const spreads = (...arms: readonly ArmFacts[]): string =>
  arms
    .map(({ name, accuracies }) => {
      const deviation = accuracies.length > 1 ? standardDeviation(accuracies) : null;
      return `${name}: ${COURSE_WORDS.overSeeds(mean(accuracies), deviation, accuracies.length)}.`;
    })
    .join(' ');

/** Whether the seeds of every arm lie closer together than the sampling error of their accuracy. Null where an arm has one seed. */
function againstSampling(result: StudyResult, ...arms: readonly ArmFacts[]): readonly ArmBesideSampling[] | null {
  if (arms.some(({ accuracies }) => accuracies.length < 2)) return null;
  return arms.map(({ name, accuracies }) => ({
    name,
    isCloser: standardDeviation(accuracies) < samplingError(result, mean(accuracies)),
  }));
}

function seedsOutcome({ result }: LessonView): string | null {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!result || !lora || !copra || lora.accuracies.length === 0 || copra.accuracies.length === 0) return null;
  const { accuracies } = lora;
  const range = accuracies.length > 1 ? Math.max(...accuracies) - Math.min(...accuracies) : null;
  return HONEST_WORDS.seeds.outcome(spreads(lora, copra), range, againstSampling(result, lora, copra));
}

/** The interval of an arm's own mean over what that of a difference is over: another scope would make it narrower or wider by itself. Null where there is none. */
function intervalLike({ scope }: ScopedInterval, result: StudyResult, arm: string): OwnInterval | null {
  const values = TEST_ACCURACY.values(result, arm);
  const known = scope === 'seeds' ? null : imageVariance(values);
  // Saved results lack the answers to single images. The sampling error of one run holds the chance of single answers too, which is in the spread over seeds
  // already: the interval is no wider than with it.
  const isAtMost = scope !== 'seeds' && known === null;
  const ofImages = isAtMost ? samplingError(result, mean(values.map(({ value }) => value))) ** 2 : known;
  const interval = crossedInterval(values, scope === 'seeds' ? null : testSample(result), ofImages);
  return interval.scope === scope ? { ...interval, isAtMost } : null;
}

function pairedOutcome({ result }: LessonView): string | null {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  const difference = result && lora && copra && armDifference(result, TEST_ACCURACY, lora.arm, copra.arm);
  const side = sideOf(result, TEST_ACCURACY);
  if (!difference || side === 'tooFew') return null;
  const alone = intervalLike(difference, result, lora.arm);
  return HONEST_WORDS.paired.outcome(difference, side, alone);
}

/** How the seeds of a run lie, compared with those of another result. */
const spreadsBeside = (own: readonly ArmFacts[], saved: readonly ArmFacts[]): readonly ArmSpread[] =>
  own.map(({ name, accuracies }, i) => ({
    name,
    spread: against(standardDeviation(accuracies), standardDeviation(saved[i].accuracies)),
  }));

const severalSeeds = (result: StudyResult | null): readonly ArmFacts[] | null => {
  const arms = bothArms(result);
  return arms.length === 2 && arms.every(({ accuracies }) => accuracies.length > 1) ? arms : null;
};

function ownOutcome(view: LessonView): string {
  if (!hasRun(RUN, view)) return COURSE_WORDS.runFirst(isUnderWay(RUN, view));
  const [own, saved] = [severalSeeds(view.result), severalSeeds(view.saved)];
  if (!own) return COURSE_WORDS.nothingToRead;
  const compared = saved && HONEST_WORDS.run.compared(spreads(...saved), spreadsBeside(own, saved));
  return [spreads(...own), compared, saved && backbonesBeside(view), pairedOutcome(view)]
    .filter((text) => text !== null)
    .join('\n\n');
}

/** CopRA and LoRA beside the arm that drops layers at one rate. Null where there is none, or too few seeds to compare. */
function controlOutcome({ result }: LessonView): string | null {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  const control = result?.config.arms.find(({ method }) => method === 'layer-drop');
  if (!result || !lora || !copra || !control) return null;
  const difference = armDifference(result, EVERY_OTHER_KEPT, control.id, copra.arm);
  const side = sideOfInterval(difference);
  const ofControl = sideOfInterval(armDifference(result, EVERY_OTHER_KEPT, lora.arm, control.id));
  if (!difference || side === 'tooFew') return null;
  const arms = [lora, copra, { arm: control.id, name: control.name }].map(({ arm, name }): ArmBesideControl => {
    const meanOf = (measure: Measure): number => mean(measure.values(result, arm).map(({ value }) => value));
    return { name, kept: meanOf(EVERY_OTHER_KEPT), accuracy: meanOf(TEST_ACCURACY) };
  });
  return HONEST_WORDS.control.outcome(arms, difference, side, ofControl === 'higher');
}

export const HONEST: Lesson = {
  id: 'honest',
  words: () => HONEST_WORDS,
  minutes: 10,
  steps: [
    {
      id: 'regimes',
      words: () => HONEST_WORDS.regimes,
      part: 'map',
      map: { id: 'regime-map', measure: TEST_ACCURACY.id },
      prediction: { version: 2, words: () => HONEST_WORDS.regimes, conceal: ['map'], outcome: regimesOutcome },
    },
    {
      id: 'map',
      words: () => HONEST_WORDS.map,
      part: 'map',
      map: { id: 'regime-map', measure: EVERY_OTHER_KEPT.id },
      prediction: { words: () => HONEST_WORDS.map, conceal: ['map'], outcome: halfOutcome },
    },
    {
      id: 'pictures',
      words: () => HONEST_WORDS.pictures,
      part: 'landscape',
      prediction: { words: () => HONEST_WORDS.pictures, conceal: [], outcome: sizes },
    },
    {
      id: 'seeds',
      words: () => HONEST_WORDS.seeds,
      part: 'curves',
      prediction: { words: () => HONEST_WORDS.seeds, conceal: ['summary', 'curves', 'domains'], outcome: seedsOutcome },
    },
    {
      id: 'paired',
      words: () => HONEST_WORDS.paired,
      part: 'summary',
      prediction: { version: 2, words: () => HONEST_WORDS.paired, conceal: ['summary'], outcome: pairedOutcome },
    },
    {
      id: 'control',
      words: () => HONEST_WORDS.control,
      part: 'layers',
      study: controls,
      prediction: {
        words: () => HONEST_WORDS.control,
        conceal: ['summary', 'layers', 'hand'],
        outcome: controlOutcome,
      },
    },
    {
      id: 'run',
      words: () => HONEST_WORDS.run,
      part: 'curves',
      run: RUN,
      prediction: { words: () => HONEST_WORDS.run, conceal: [], outcome: ownOutcome },
      done: (view, { choice }) => choice !== null && hasRun(RUN, view),
    },
    { id: 'checklist', words: () => HONEST_WORDS.checklist },
  ],
};
