/** Scores adapters with layers switched off, one question at a time. Pruning by hand uses it when no table of coalitions is known. */
import { allGates, type AdapterLayout } from '../../core/adapter-layout.ts';
import type { Task } from '../../data/task.ts';
import { packBits } from '../../platform/bits.ts';
import type { NotedPrecision } from '../kernels/study-precision.ts';
import { BENCH_IMAGES } from './bench-images.ts';
import { withEvaluator, scoresOf } from './context.ts';
import { patchifyImages } from './images.ts';
import { prepareQuestions } from './objective.ts';
import type { StudyInputs } from './study-inputs.ts';

export interface GatedAdapter {
  readonly layout: AdapterLayout;
  readonly scale: number;
  /** [layout.size] */
  readonly values: Float32Array<ArrayBuffer>;
  /** [pairs] */
  readonly gates: Uint8Array;
}

/** Accuracies on the same images: as gated, with everything on, and with everything off. */
export interface GateScore {
  readonly gated: number;
  readonly full: number;
  readonly none: number;
  /** Which images are right, as bits: as gated, and with everything on. */
  readonly right: { readonly gated: string; readonly full: string };
}

export interface GateScores {
  readonly images: number;
  /** [adapters] */
  readonly scores: readonly GateScore[];
}

export interface GatesBench {
  /** Rejects when the signal stops it. */
  score(adapters: readonly GatedAdapter[], signal: AbortSignal): Promise<GateScores>;
}

type BenchTask = Pick<Task, 'classes' | 'prompts' | 'test'>;

/** Own images, which only the page has. */
export interface OwnBenchTask {
  /** Tells them from others. */
  readonly digest: string;
  readonly task: BenchTask;
}

export interface BenchInputs extends Pick<StudyInputs, 'config' | 'engine' | 'model'> {
  readonly task: BenchTask;
  /** Of the study. */
  readonly precision: NotedPrecision;
}

/** Loads backbone and prompts into the engine and keeps the images, so that later questions are answered quickly. */
export async function openGatesBench({ config, engine, model, task, precision }: BenchInputs): Promise<GatesBench> {
  const objective = await prepareQuestions(config, engine, model, task, precision);
  const limit = Math.min(config.analyses.testImages ?? BENCH_IMAGES, BENCH_IMAGES);
  const images = patchifyImages(task.test, model, limit);
  return {
    async score(adapters, signal) {
      const scores: GateScore[] = [];
      for (const { layout, scale, values, gates } of adapters) {
        signal.throwIfAborted();
        const on = allGates(layout);
        const variants = [gates, on, on.slice().fill(0)].map((gate) => ({ adapter: values, gates: gate }));
        const found = await withEvaluator({ engine, objective }, layout, scale, images, async (evaluator, set) => {
          const { loss, predicted } = await evaluator.evaluate(variants, set, { signal });
          const { accuracy } = scoresOf(loss, predicted, images.labels);
          const rightOf = (variant: number): string =>
            packBits(images.labels.map((label, i) => Number(predicted[variant * images.count + i] === label)));
          return { accuracy, right: { gated: rightOf(0), full: rightOf(1) } };
        });
        const [gated, full, none] = found.accuracy;
        scores.push({ gated, full, none, right: found.right });
      }
      return { images: images.count, scores };
    },
  };
}
