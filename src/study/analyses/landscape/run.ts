/** The accuracy landscape between pairs of runs, on both paths, with the factors as they are and aligned. */
import { comingCode } from '../../../platform/coming-code.ts';
import { hasLowRankUpdates } from '../../../copra/adapter-kinds.ts';
import { barrier, lambdas, landscapeMeasures } from '../../../copra/landscape.ts';
import type { Alignment } from '../../../copra/merging/method-ids.ts';
import { allGates } from '../../../core/adapter-layout.ts';
import { keepPredictions } from '../../predictions/keep.ts';
import {
  reportPhase,
  scoreVariants,
  withEvaluator,
  type AnsweredScores,
  type StudyContext,
} from '../../run/context.ts';
import { patchifyImages, type Patchified } from '../../run/images.ts';
import type { RunPair } from '../../run/run-pairs.ts';
import { PATHS, type Path } from './path-points.ts';
import type { AnalysisContext } from '../analysis.ts';
import type { LandscapeResult } from './result.ts';
import { withoutDora } from '../without-dora.ts';
import { testSample } from '../../result/measures/sample.ts';
import { found } from '../../result/result-parts.ts';

/** Both ends of a path with aligned factors: different vectors, the same updates. */
async function alignedEnds([first, second]: RunPair, alignment: Alignment): Promise<readonly Float32Array[]> {
  const ends = [first.adapter, second.adapter];
  if (alignment === 'none') return ends;
  // Loaded on demand: it brings in a matrix library that the page and studies without alignment do not need.
  const { alignAdapterFactors } = await comingCode(import('../../../copra/align-factors.ts'));
  return alignAdapterFactors(first.layout, ends, alignment);
}

/** One kind of path between the two runs of every pair, which share layout and scale. */
interface Job {
  readonly path: Path;
  readonly alignment: Alignment;
  readonly pairs: readonly RunPair[];
}

/** Scores along the paths of all pairs on the given images, pair by pair. */
async function scorePaths(
  context: StudyContext,
  { path, pairs }: Job,
  { at, ends, images }: { at: readonly number[]; ends: readonly (readonly Float32Array[])[]; images: Patchified },
  onShare: (share: number) => void,
  onPair: (pair: number, scores: AnsweredScores) => void,
): Promise<void> {
  const [[{ layout, scale }]] = pairs;
  const { layout: layoutOf, point } = PATHS[path];
  const gates = allGates(layoutOf(layout));
  await withEvaluator(context, layoutOf(layout), scale, images, async (evaluator, set) => {
    for (const [pair, [first, second]] of ends.entries()) {
      const variants = at.map((lambda) => ({ adapter: point(layout, first, second, lambda), gates }));
      const scores = await scoreVariants(context, evaluator, set, images.labels, variants, (share) =>
        onShare((pair + share) / ends.length),
      );
      onPair(pair, scores);
    }
  });
}

/**
 * @param groups pairs that share layout and scale, and therefore an evaluator
 * @param frozen accuracy of the frozen backbone, the base of retained gain
 */
export async function runLandscape(
  context: AnalysisContext,
  groups: readonly (readonly RunPair[])[],
  frozen: number,
): Promise<void> {
  const { points, paths, alignments = [], trainImages = 0 } = context.config.analyses.landscape;
  const { test, emit } = context;
  const { effective } = testSample(context.found());
  const at = lambdas(points);
  const middle = at.indexOf(0.5);
  // Alignment changes factors but not updates: the product path would be the same.
  const ways = (path: Path): Alignment[] => (path === 'factor' ? ['none', ...new Set(alignments)] : ['none']);
  const compared = groups.filter((pairs) => pairs.length > 0);
  if (paths.includes('product')) withoutDora(context, compared.flat(2), 'product');
  const jobs = compared.flatMap((pairs) =>
    paths
      .filter((path) => path === 'factor' || hasLowRankUpdates(pairs[0][0].layout))
      .flatMap((path) => ways(path).map((alignment): Job => ({ path, alignment, pairs }))),
  );
  const train = trainImages > 0 ? patchifyImages(context.task.train, context.model, trainImages) : null;
  const images = test.count + (train?.count ?? 0);
  const total = images * jobs.reduce((sum, { pairs }) => sum + pairs.length, 0);
  let done = 0;
  for (const job of jobs) {
    const { path, alignment, pairs } = job;
    // Of several paths, the midpoints of the first are kept.
    const keepsMidpoints = path === jobs[0].path && alignment === 'none';
    const ends = await Promise.all(pairs.map((pair) => alignedEnds(pair, alignment)));
    const results: LandscapeResult[] = [];
    const score = async (set: Patchified, onPair: (pair: number, scores: AnsweredScores) => void): Promise<void> => {
      const work = set.count * pairs.length;
      const onShare = (share: number) => reportPhase(context, 'landscape', (done + share * work) / total);
      await scorePaths(context, job, { at, ends, images: set }, onShare, onPair);
      done += work;
    };
    await score(test, (pair, { accuracy, loss, correct, answersOf }) => {
      const [first, second] = pairs[pair];
      results[pair] = {
        arm: first.arm.id,
        seeds: [first.seed, second.seed],
        path,
        lambdas: at,
        accuracy,
        loss,
        correct,
        ...landscapeMeasures(at, accuracy, loss, frozen, effective),
        ...(alignment === 'none' ? {} : { alignment }),
      };
      emit(found('landscape', [results[pair]]));
      if (keepsMidpoints && middle >= 0)
        keepPredictions(context, [
          {
            of: 'midpoint',
            arm: first.arm.id,
            seeds: [first.seed, second.seed],
            name: path,
            answers: answersOf(middle),
          },
        ]);
    });
    if (!train) continue;
    await score(train, (pair, { accuracy, loss }) => {
      const barriers = {
        barrierAccuracy: barrier(at, accuracy, 'accuracy'),
        barrierLoss: barrier(at, loss, 'loss'),
      };
      const onTrain = { images: train.count, accuracy, loss, ...barriers };
      emit(found('landscape', [{ ...results[pair], train: onTrain }]));
    });
  }
}
