import { without } from '../../../core/without.ts';
import { byArm, kept, runName, unitedRuns, type Lengths, type ResultPart } from '../../result/result-part.ts';
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
  names: ({ runs, pairs }) => [
    ['timeline.runs', runs.map(runName)],
    ['timeline.pairs', pairs.map(({ arm, seeds }) => RESULT_CHECKS.pair(arm, seeds))],
  ],
  runs: ({ runs, pairs }) => [...runs, ...pairs.flatMap(({ arm, seeds }) => seeds.map((seed) => ({ arm, seed })))],
  lengths: ({ runs, pairs }) => [
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
    return runs === part.runs && pairs === part.pairs ? part : { runs, pairs };
  },
  united: (first, second, added) => ({
    runs: unitedRuns(first?.runs, second?.runs, added),
    pairs: [
      ...(first?.pairs ?? []),
      ...(second?.pairs ?? []).filter(({ seeds }) => seeds.some((seed) => added.has(seed))),
    ],
  }),
  ordered: ({ runs, pairs }, config) => ({
    runs: byArm(runs, config, ({ seed }) => [config.seeds.indexOf(seed)]),
    pairs: byArm(pairs, config, ({ seeds }) => seeds.map((seed) => config.seeds.indexOf(seed))),
  }),
  followsTraining: ({ analyses }) => analyses.timeline?.enabled ?? false,
  withoutAnswers: ({ runs, pairs }) => ({
    runs: runs.map((run) => ({
      ...without(run, 'correct'),
      halves: run.halves.map((half) => without(half, 'correct')),
    })),
    pairs: pairs.map((pair) => without(pair, 'correct')),
  }),
};
