/** The accuracy landscape of every pair of seeds of every arm, on both paths. */
import {
  doubledLayout,
  factorPath,
  lambdas,
  landscapeMeasures,
  productPath,
  seedPairs,
} from '../../copra/landscape.ts';
import { allGates, type AdapterLayout } from '../../core/adapter-layout.ts';
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

/** @param zeroShot accuracy of the backbone, the base of retained gain; null where it has no classifier of its own. */
export async function runLandscape(
  context: StudyContext,
  runs: readonly TrainedRun[],
  zeroShot: number | null,
): Promise<void> {
  const { points, paths } = context.config.analyses.landscape;
  const at = lambdas(points);
  const jobs = context.config.arms.flatMap((arm) => {
    const ofArm = runs.filter((run) => run.arm.id === arm.id);
    const bySeed = (seed: number) => ofArm.find((run) => run.seed === seed)!;
    const pairs = seedPairs(ofArm.map((run) => run.seed));
    return paths.map((path) => ({ path, pairs: pairs.map(([a, b]) => [bySeed(a), bySeed(b)] as const) }));
  });
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
