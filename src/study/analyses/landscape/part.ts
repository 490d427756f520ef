import { without } from '../../../core/without.ts';
import { byArm, ofArms, type ResultPart } from '../../result/result-part.ts';
import { bitsAt } from '../../predictions/right.ts';
import { halfwayOf } from './halfway.ts';
import type { LandscapeResult } from './result.ts';
import { pairsWithPaths } from '../../result/seed-groups.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import type { StudyResult } from '../../result/result.ts';
import { isPairOf, type NamedRun } from '../../result/run-names.ts';

/** Paths, each between two runs of an arm. */
export const LANDSCAPE_PART: ResultPart<LandscapeResult[]> = {
  identity: ['arm', 'seeds', 'path', 'alignment'],
  names: (paths) => [
    [
      'landscape',
      paths.map(
        ({ arm, seeds, path, alignment }) =>
          `${RESULT_CHECKS.pair(arm, seeds)}, ${path}${alignment ? `, ${alignment}` : ''}`,
      ),
    ],
  ],
  runs: (paths) => paths.flatMap(({ arm, seeds }) => seeds.map((seed) => ({ arm, seed }))),
  lengths: (paths) =>
    paths.flatMap(({ arm, lambdas, accuracy, loss, keptCorrect = lambdas, train }) => [
      [
        'landscape',
        RESULT_CHECKS.ofArm(arm),
        lambdas.length,
        accuracy.length,
        loss.length,
        keptCorrect.length,
      ] as const,
      ...(train
        ? [
            [
              'landscape.train',
              RESULT_CHECKS.ofArm(arm),
              lambdas.length,
              train.accuracy.length,
              train.loss.length,
            ] as const,
          ]
        : []),
    ]),
  ofArms,
  // A path belongs to the second study alone when one of its ends does.
  united: (first = [], second = [], added) => [
    ...first,
    ...second.filter(({ seeds }) => seeds.some((seed) => added.has(seed))),
  ],
  ordered(paths, config) {
    const { paths: kinds, alignments = [] } = config.analyses.landscape;
    return byArm(paths, config, ({ path, alignment, seeds }) => [
      kinds.indexOf(path),
      alignment ? 1 + alignments.indexOf(alignment) : 0,
      ...seeds.map((seed) => config.seeds.indexOf(seed)),
    ]);
  },
  missing(result) {
    const { enabled, paths } = result.config.analyses.landscape;
    return enabled ? pairsWithPaths(result, paths).filter((pair) => !knowsPair(result, pair)).length : 0;
  },
  withoutAnswers: (paths) => paths.map((path) => without(without(without(path, 'correct'), 'keptCorrect'), 'halfway')),
  ofSomeImages: (paths, { places, tested }) =>
    paths.map((path) => {
      const { correct, ...bare } = path;
      if (!correct) return path;
      const halfway = halfwayOf(path, tested);
      return {
        ...bare,
        keptCorrect: correct.map((bits) => bitsAt(bits, tested, places)),
        ...(halfway && { halfway }),
      };
    }),
};

/** Whether the paths between two runs of an arm are known, in either direction. */
export const knowsPair = (known: StudyResult, pair: readonly [NamedRun, NamedRun]): boolean =>
  known.landscape.some((entry) => isPairOf(entry, pair));
