/** Accuracy and loss over the plane through three adapters of an arm, with the training trajectories projected onto it. */
import { SPANNING, gridAround, planeThrough, pointOn, projectOn, type Plane } from '../../../copra/geometry/plane.ts';
import { allGates } from '../../../core/adapter-layout.ts';
import { reportPhase, scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from '../../run/context.ts';
import type { PlaneResult } from './result.ts';
import type { RunGroup } from '../merging/run.ts';
import { found } from '../../result/result-parts.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

/** The runs of a group that span its plane. */
export const spanningRuns = ({ runs }: RunGroup): readonly TrainedRun[] => runs.slice(0, SPANNING);

function trajectoryOf(plane: Plane, { arm, seed, adapter, snapshots = [] }: TrainedRun) {
  const passed = [...snapshots, { step: null, adapter }];
  return {
    arm: arm.id,
    seed,
    points: passed.map((snapshot) => ({ step: snapshot.step, ...projectOn(plane, snapshot.adapter) })),
  };
}

/** The plane without its grid values; null when the adapters span none. */
function outline(group: RunGroup, grid: number): { plane: Plane; result: PlaneResult } | null {
  const { arm, runs } = group;
  const spanning = spanningRuns(group);
  const zero = new Float32Array(runs[0].layout.size);
  const vectors = spanning.map(({ adapter }) => adapter);
  const [first, second, third] = spanning.length < SPANNING ? [zero, ...vectors] : vectors;
  let plane: Plane;
  try {
    plane = planeThrough(first, second, third);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  const named = spanning.map((run) => ({ arm: run.arm.id, seed: run.seed }));
  const names = spanning.length < SPANNING ? [null, ...named] : named;
  const corners = plane.corners.map(([x, y], i) => ({ run: names[i], x, y }));
  const trajectories = spanning.map((run) => trajectoryOf(plane, run));
  const { xs, ys } = gridAround([...corners, ...trajectories.flatMap(({ points }) => points)], grid);
  return { plane, result: { arm, corners, xs, ys, accuracy: [], loss: [], trajectories } };
}

/** Skips groups of fewer than two runs. Reports rows as they are measured. */
export async function runPlane(context: StudyContext, groups: readonly RunGroup[]): Promise<void> {
  const { config, test, emit } = context;
  const grid = config.analyses.plane?.grid ?? 0;
  const spanned = groups.filter(({ runs }) => runs.length > 1);
  if (spanned.length === 0) emit({ type: 'notice', message: ANALYSIS_NOTICES.planeOfTwo });
  for (const [index, group] of spanned.entries()) {
    await context.checkpoint();
    const outlined = outline(group, grid);
    if (!outlined) {
      emit({ type: 'notice', message: ANALYSIS_NOTICES.noPlane });
      continue;
    }
    const { plane } = outlined;
    let { result } = outlined;
    const [{ layout, scale }] = group.runs;
    const gates = allGates(layout);
    await withEvaluator(context, layout, scale, test, async (evaluator, set) => {
      for (const [row, y] of result.ys.entries()) {
        const variants = result.xs.map((x) => ({ adapter: pointOn(plane, x, y), gates }));
        const onShare = (share: number) =>
          reportPhase(context, 'plane', (index + (row + share) / grid) / spanned.length);
        const { accuracy, loss } = await scoreVariants(context, evaluator, set, test.labels, variants, onShare);
        result = { ...result, accuracy: [...result.accuracy, ...accuracy], loss: [...result.loss, ...loss] };
        emit(found('planes', [result]));
      }
    });
  }
}
