/** Distances between the adapters of all runs, as factors and as updates. */
import { significant } from '../../../core/number-format.ts';
import { alignAdapters } from '../../../copra/align.ts';
import { cloudOfGram, type PointCloud } from '../../../copra/geometry/distances.ts';
import { factorInner, updateInner } from '../../../copra/geometry/inner-products.ts';
import { reportPhase, type StudyContext, type TrainedRun } from '../../run/context.ts';
import { distancesWork, MAX_POINTS } from './work.ts';
import type { GeometryResult } from './result.ts';
import { withoutDora } from '../without-dora.ts';
import { found } from '../../result/result-parts.ts';

interface Point {
  readonly run: TrainedRun;
  /** Null means the trained adapter. */
  readonly step: number | null;
  readonly adapter: Float32Array;
}

function pointsOf(runs: readonly TrainedRun[]): Point[] {
  const all = runs.flatMap((run): Point[] => [
    ...(run.snapshots ?? []).map(({ step, adapter }) => ({ run, step, adapter })),
    { run, step: null, adapter: run.adapter },
  ]);
  if (all.length <= MAX_POINTS) return all;
  const ends = all.filter(({ step }) => step === null || step === 0);
  return ends.length <= MAX_POINTS ? ends : ends.filter(({ step }) => step === null);
}

const rounded = ({ norms, distances }: PointCloud): GeometryResult['factors'] => ({
  norms: norms.map(significant),
  distances: distances.map(significant),
});

export async function runGeometry(context: StudyContext, runs: readonly TrainedRun[]): Promise<void> {
  const points = pointsOf(withoutDora(context, runs, 'geometry'));
  if (points.length === 0) return;
  // Arms may differ in layout and scale, so all adapters become vectors of one space.
  const { layout, scale, values } = alignAdapters(
    points.map(({ run, adapter }) => ({ layout: run.layout, scale: run.scale, values: adapter })),
  );
  const count = points.length;
  const factors = new Float64Array(count * count);
  const updates = new Float64Array(count * count);
  const { clock } = context;
  const { algebra } = distancesWork(layout, count);
  for (let i = 0; i < count; i++) {
    await context.checkpoint();
    const from = clock.seconds;
    for (let j = i; j < count; j++) {
      factors[i * count + j] = factorInner(layout, values[i], values[j]);
      updates[i * count + j] = updateInner(layout, scale, values[i], values[j]);
    }
    clock.tookAlgebra((algebra * (count - i)) / ((count * (count + 1)) / 2), clock.seconds - from);
    reportPhase(context, 'geometry', 1 - ((count - i - 1) / count) ** 2);
  }
  context.emit(
    found('geometry', {
      points: points.map(({ run, step }) => ({ arm: run.arm.id, seed: run.seed, step })),
      factors: rounded(cloudOfGram(count, factors)),
      updates: rounded(cloudOfGram(count, updates)),
    }),
  );
}
