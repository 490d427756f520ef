import { without } from '../../../core/without.ts';
import { keptSteps, keptTimelineVariances } from '../../result/measures/timeline.ts';
import {
  byArm,
  firstKnown,
  kept,
  runName,
  unitedRuns,
  type Lengths,
  type ResultPart,
} from '../../result/result-part.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import type { TimelineResult } from './result.ts';

type Run = TimelineResult['runs'][number];

const runLengths = (run: Run): Lengths[] =>
  [run, ...run.halves].map(({ accuracy, correct }) => {
    const expected = run.steps.length;
    return ['timeline.runs', runName(run), expected, accuracy.length, correct?.length ?? expected];
  });

/** Tests of runs, and of points between them, at steps of the training. */
export const TIMELINE_PART: ResultPart<TimelineResult> = {
  identity: ['arm', 'seed', 'seeds'],
  names: ({ runs, pairs, imageVariances = [] }) => [
    ['timeline.runs', runs.map(runName)],
    ['timeline.pairs', pairs.map(({ arm, seeds }) => RESULT_CHECKS.pair(arm, seeds))],
    [
      'timeline.imageVariances',
      imageVariances.map(({ figure, arm, baseline = '' }) => [RESULT_CHECKS.ofArm(arm), figure, baseline].join(', ')),
    ],
  ],
  runs: ({ runs, pairs }) => [...runs, ...pairs.flatMap(({ arm, seeds }) => seeds.map((seed) => ({ arm, seed })))],
  arms: ({ imageVariances = [] }) =>
    imageVariances.flatMap(({ arm, baseline }) => [arm, ...(baseline ? [baseline] : [])]),
  lengths: ({ runs, pairs, imageVariances = [] }) => [
    ...imageVariances.map(({ arm, variances }): Lengths => {
      const { length } = keptSteps({ timeline: { runs, pairs } }, arm);
      return ['timeline.imageVariances', RESULT_CHECKS.ofArm(arm), length, variances.length];
    }),
    ...runs.flatMap(runLengths),
    ...pairs.map(({ arm, steps, lambdas, accuracy, correct }): Lengths => {
      const expected = steps.length * lambdas.length;
      return ['timeline.pairs', RESULT_CHECKS.ofArm(arm), expected, accuracy.length, correct?.length ?? expected];
    }),
  ],
  ofArms(part, arms) {
    const isThere = ({ arm }: { readonly arm: string }): boolean => arms.has(arm);
    const runs = kept(part.runs, isThere);
    const pairs = kept(part.pairs, isThere);
    const variances =
      part.imageVariances &&
      kept(part.imageVariances, ({ arm, baseline }) => arms.has(arm) && (baseline === undefined || arms.has(baseline)));
    if (runs === part.runs && pairs === part.pairs && variances === part.imageVariances) return part;
    return { runs, pairs, ...(variances && { imageVariances: variances }) };
  },
  united: (first, second, added) => ({
    // With other seeds the images add other variances.
    ...(added.size > 0 ? {} : firstKnown(first, second)),
    runs: unitedRuns(first?.runs, second?.runs, added),
    pairs: [
      ...(first?.pairs ?? []),
      ...(second?.pairs ?? []).filter(({ seeds }) => seeds.some((seed) => added.has(seed))),
    ],
  }),
  ordered: ({ runs, pairs, ...part }, config) => ({
    ...part,
    runs: byArm(runs, config, ({ seed }) => [config.seeds.indexOf(seed)]),
    pairs: byArm(pairs, config, ({ seeds }) => seeds.map((seed) => config.seeds.indexOf(seed))),
  }),
  followsTraining: ({ analyses }) => analyses.timeline?.enabled ?? false,
  withoutAnswers({ runs, pairs }, answered) {
    const imageVariances = keptTimelineVariances(answered);
    return {
      runs: runs.map((run) => ({
        ...without(run, 'correct'),
        halves: run.halves.map((half) => without(half, 'correct')),
      })),
      pairs: pairs.map((pair) => without(pair, 'correct')),
      ...(imageVariances.length > 0 && { imageVariances }),
    };
  },
};
