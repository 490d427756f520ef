/** Figures of adapters of several tasks. */
import { byMotif, type Drawn, type Sample } from '../../../core/clusters.ts';
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { mean, shareError } from '../../../core/statistics.ts';
import { countMotifs, listedMotifs } from '../motifs.ts';
import type { StudyResult } from '../result.ts';
import { imagesOfTasks } from '../tested-images.ts';
import { answersOf, finite, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';
import { measuredEffect } from './sample.ts';

type ManyTasks = NonNullable<StudyResult['multitask']>;

/** The mean over tasks, whose images differ. Every task counts the same, regardless of its number of images. */
function taskValue(
  { tasks, motifs }: ManyTasks,
  seed: number,
  entry: { readonly own: readonly number[]; readonly correct?: string },
): SeedValue[] {
  if (entry.own.length !== tasks.length || !entry.own.every(finite)) return [];
  const images = imagesOfTasks({ tasks });
  const value = mean(entry.own);
  const weights = tasks.map(({ test }) => images / test / tasks.length);
  const sensitivity = Math.max(...weights) ** 2 / 2;
  const share = tasks.reduce((sum, { test }, task) => sum + (entry.own[task] * test) / images, 0);
  const { correct } = answersOf(entry, share, entry.correct, { test: images });
  if (!correct) return [{ seeds: [seed], value, sensitivity }];
  const taskOf = tasks.flatMap(({ test }, task) => new Array<number>(test).fill(task));
  const byImage = Float64Array.from(taskOf, (task, i) => value + weights[task] * (correct[i] - entry.own[task]));
  return [{ seeds: [seed], value, sensitivity, byMotif: byMotif(byImage, listedMotifs(motifs)) }];
}

const drawnOf = (part: ManyTasks): Drawn => ({
  images: imagesOfTasks(part),
  motifs: part.motifs === undefined ? null : countMotifs(part.motifs),
});

/** The images of all tasks together; null in a study without them. */
export function tasksSample(result: StudyResult): Sample | null {
  const { multitask } = result;
  if (!multitask) return null;
  const drawn = drawnOf(multitask);
  // The answers of adapters of other tasks alone are not kept: motifs are taken to count as they do in the study's own task.
  return { ...drawn, effective: drawn.images / (drawn.motifs === null ? 1 : (measuredEffect(result) ?? 1)) };
}

/**
 * Sampling error of the mean accuracy over tasks. Every task counts the same, so that one of few images adds most of it.
 * @param accuracies one per task
 */
export function tasksError(
  { tasks }: Pick<ManyTasks, 'tasks'>,
  { images, effective }: Sample,
  accuracies: readonly number[],
): number {
  const errors = tasks.map(({ test }, task) => shareError(accuracies[task], (test * effective) / images));
  return Math.hypot(...errors) / tasks.length;
}

export function manyTasksMeasure(
  id: string,
  name: keyof typeof MEASURE_WORDS.tasks,
  pick: (run: ManyTasks['runs'][number]) => Parameters<typeof taskValue>[2] | undefined,
): Measure {
  return {
    id,
    get name() {
      return MEASURE_WORDS.tasks[name];
    },
    unit: 'seed',
    lowerIsBetter: false,
    sample: ({ multitask }) => (multitask ? drawnOf(multitask) : null),
    values: ({ multitask }, arm) =>
      (multitask?.runs ?? []).flatMap((run) => {
        const entry = run.arm === arm ? pick(run) : undefined;
        return multitask && entry ? taskValue(multitask, run.seed, entry) : [];
      }),
  };
}

export const mergedMeasure = (method: 'factors' | 'updates'): Measure =>
  manyTasksMeasure(`merged ${method}`, method, ({ merges }) =>
    merges.find((merge) => merge.method === method && merge.alignment === 'none'),
  );
