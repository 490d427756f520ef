/** The accuracy landscape between pairs of runs, on both paths. */
import {
  doubledLayout,
  factorPath,
  lambdas,
  landscapeMeasures,
  productPath,
  seedPairs,
} from '../../copra/landscape.ts';
import { allGates, type AdapterLayout } from '../../core/adapter-layout.ts';
import type { ArmConfig } from '../config.ts';
import { reportPhase, scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from '../context.ts';
import type { LandscapeResult } from '../result.ts';

type Path = LandscapeResult['path'];

const PATHS: Record<
  Path,
  {
    layout: (layout: AdapterLayout) => AdapterLayout;
    point: (layout: AdapterLayout, first: Float32Array, second: Float32Array, lambda: number) => Float32Array;
  }
> = {
  factor: { layout: (layout) => layout, point: (_layout, first, second, lambda) => factorPath(first, second, lambda) },
  product: { layout: doubledLayout, point: productPath },
};

/** Two runs of one layout and scale. */
export type RunPair = readonly [TrainedRun, TrainedRun];

/** Every pair of seeds of every arm, arm by arm. */
export function pairsOfSeeds(arms: readonly ArmConfig[], runs: readonly TrainedRun[]): RunPair[][] {
  return arms.map((arm) => {
    const ofArm = runs.filter((run) => run.arm.id === arm.id);
    const bySeed = (seed: number) => ofArm.find((run) => run.seed === seed)!;
    return seedPairs(ofArm.map((run) => run.seed)).map(([a, b]): RunPair => [bySeed(a), bySeed(b)]);
  });
}

/**
 * @param groups pairs that share layout and scale, and so an evaluator
 * @param zeroShot accuracy of the backbone, the base of retained gain; null where it has no classifier of its own.
 */
export async function runLandscape(
  context: StudyContext,
  groups: readonly (readonly RunPair[])[],
  zeroShot: number | null,
): Promise<void> {
  const { points, paths } = context.config.analyses.landscape;
  const at = lambdas(points);
  const jobs = groups.flatMap((pairs) => paths.map((path) => ({ path, pairs })));
  const total = jobs.reduce((sum, { pairs }) => sum + pairs.length, 0);
  let done = 0;
  for (const { path, pairs } of jobs) {
    if (pairs.length === 0) continue;
    const { layout, scale } = pairs[0][0];
    await withEvaluator(context, PATHS[path].layout(layout), scale, context.test, async (evaluator, set) => {
      const gates = allGates(PATHS[path].layout(layout));
      for (const [first, second] of pairs) {
        const variants = at.map((lambda) => ({
          adapter: PATHS[path].point(layout, first.adapter, second.adapter, lambda),
          gates,
        }));
        const { accuracy, loss } = await scoreVariants(
          context,
          evaluator,
          set,
          context.test.labels,
          variants,
          (share) => reportPhase(context, 'landscape', (done + share) / total),
        );
        done++;
        context.emit({
          type: 'landscape',
          landscape: {
            arm: first.arm.id,
            seeds: [first.seed, second.seed],
            path,
            lambdas: at,
            accuracy,
            loss,
            ...landscapeMeasures(at, accuracy, loss, zeroShot),
          },
        });
      }
    });
  }
}
