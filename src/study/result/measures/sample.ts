/** The test images behind the figures of a study, and how many independent ones would tell as much. */
import { designEffect, type Drawn, type Sample } from '../../../core/clusters.ts';
import { mean } from '../../../core/statistics.ts';
import { frozenScores } from '../frozen.ts';
import { countMotifs } from '../motifs.ts';
import type { StudyResult } from '../result.ts';
import { testedImages } from '../tested-images.ts';
import { answersOf } from './measure.ts';

type Tested = Pick<StudyResult, 'task' | 'config' | 'runs'>;
type Scores = NonNullable<StudyResult['runs'][number]['test']>;

/** Of every entry of a result: it stays what it was while others join it. */
const effects = new WeakMap<Scores, Pick<StudyResult['task'], 'motifs'> & { readonly effect: number | null }>();

function effectOf(scores: Scores, task: StudyResult['task']): number | null {
  const known = effects.get(scores);
  if (known && known.motifs === task.motifs) return known.effect;
  const { correct, motifs } = answersOf(scores, scores.accuracy, scores.correct, task);
  const effect = correct && motifs ? designEffect(correct, motifs) : null;
  effects.set(scores, { motifs: task.motifs, effect });
  return effect;
}

/**
 * The design effect of the accuracies of a study, at least 1: the mean over its runs, whose answers depend on each other much alike; before a run is tested, that
 * of the frozen backbone. Without the answers it is the one that was kept. Null: nobody knows.
 */
export function measuredEffect({ task, runs }: Pick<Tested, 'task' | 'runs'>): number | null {
  const known = runs.flatMap(({ test }) => (test && effectOf(test, task)) ?? []);
  const frozen = frozenScores(task);
  const effect = known.length > 0 ? mean(known) : frozen && effectOf(frozen, task);
  return effect === null ? (task.designEffect ?? null) : Math.max(1, effect);
}

/** The test images of a study. */
export const drawnImages = (result: Pick<Tested, 'task' | 'config'>): Drawn => ({
  images: testedImages(result),
  motifs: result.task.motifs === undefined ? null : countMotifs(result.task.motifs),
});

/** The same, with what they say of one accuracy. */
export function testSample(result: Tested): Sample {
  const drawn = drawnImages(result);
  return { ...drawn, effective: drawn.images / (measuredEffect(result) ?? 1) };
}
