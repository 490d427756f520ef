/** Loss and accuracy of every run under random perturbations of its adapter, in the same directions for all. */
import { allGates } from '../../../core/adapter-layout.ts';
import { mean } from '../../../core/statistics.ts';
import { directionOf, perturbed } from '../../../copra/sharpness/perturbation.ts';
import { found } from '../../result/result-parts.ts';
import {
  reportPhase,
  scoreVariants,
  withEvaluator,
  type Scores,
  type StudyContext,
  type TrainedRun,
} from '../../run/context.ts';
import { patchifyImages, type Patchified } from '../../run/images.ts';
import { isOf } from '../../result/run-names.ts';

/** Scores at radius 0 and, as means over directions, at every radius. */
async function scorePerturbed(
  context: StudyContext,
  { layout, scale, adapter }: TrainedRun,
  images: Patchified,
  { radii, directions }: { readonly radii: readonly number[]; readonly directions: number },
  onShare: (share: number) => void,
): Promise<Scores> {
  const gates = allGates(layout);
  const along = Array.from({ length: directions }, (_, index) => directionOf(layout, index));
  const moved = radii.flatMap((radius) =>
    along.map((direction) => ({ adapter: perturbed(layout, adapter, direction, radius), gates })),
  );
  return withEvaluator(context, layout, scale, images, async (evaluator, set) => {
    const scores = await scoreVariants(context, evaluator, set, images.labels, [{ adapter, gates }, ...moved], onShare);
    const means = ([own, ...others]: readonly number[]): number[] => [
      own,
      ...radii.map((_, i) => mean(others.slice(i * directions, (i + 1) * directions))),
    ];
    return { accuracy: means(scores.accuracy), loss: means(scores.loss) };
  });
}

export async function runSharpness(context: StudyContext, all: readonly TrainedRun[]): Promise<void> {
  const { config, known, test, task, model, emit } = context;
  const settings = config.analyses.sharpness;
  if (!settings) return;
  const radii = [...new Set(settings.radii)].sort((a, b) => a - b);
  const runs = all.filter((run) => !known?.sharpness?.some((entry) => isOf(entry, run)));
  const train = settings.trainImages > 0 ? patchifyImages(task.train, model, settings.trainImages) : null;
  const total = runs.length * (test.count + (train?.count ?? 0));
  let done = 0;
  for (const run of runs) {
    await context.checkpoint();
    const score = async (images: Patchified): Promise<Scores> => {
      const onShare = (share: number) => reportPhase(context, 'sharpness', (done + share * images.count) / total);
      const scores = await scorePerturbed(context, run, images, { ...settings, radii }, onShare);
      done += images.count;
      return scores;
    };
    const onTest = await score(test);
    const onTrain = train && { images: train.count, ...(await score(train)) };
    const entry = { arm: run.arm.id, seed: run.seed, radii: [0, ...radii], test: onTest };
    emit(found('sharpness', [{ ...entry, ...(onTrain && { train: onTrain }) }]));
  }
}
