/** State shared by the phases of a study. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { packBits } from '../../platform/bits.ts';
import type { Engine, Evaluator, ImageSet, Objective, Variant } from '../../engine/engine.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import type { ReadFile } from '../../data/bundled/atlas.ts';
import type { Task } from '../../data/task.ts';
import { packAnswers } from '../predictions/answers.ts';
import type { StudyCheckpoint } from '../checkpoint/checkpoint.ts';
import type { CheckpointKeeper } from '../checkpoint/checkpoint-keeper.ts';
import type { StudyKernels } from '../kernels/study-kernels.ts';
import type { ArmConfig, StudyConfig } from '../config/config.ts';
import type { Crew } from '../classroom/crew.ts';
import type { AnswerMemory } from './answer-memory.ts';
import type { StudyClock } from './clock.ts';
import type { StudyWork } from './work.ts';
import type { StudyEvent } from '../result/events.ts';
import type { GlimpsePlan } from './glimpse-plan.ts';
import type { Patchified } from './images.ts';
import type { StudyResult } from '../result/result.ts';

export interface StudyContext {
  readonly config: StudyConfig;
  readonly engine: Engine;
  readonly model: LoadedBackbone;
  readonly task: Task;
  readonly objective: Objective;
  readonly test: Patchified;
  /** Which images of the task `test` are. */
  readonly testedOn: 'test' | 'validation';
  readonly validation: Patchified;
  /** The reader's bound on the memory of a training; absent: that of the device. */
  readonly memoryBytes: number | undefined;
  readonly clock: Pick<StudyClock, 'advance' | 'cost' | 'tookAlgebra' | 'seconds' | 'rate' | 'remainingSeconds'>;
  readonly emit: (event: StudyEvent) => void;
  /** Waits while paused, after `onPause`; rejects when stopped. */
  readonly checkpoint: (onPause?: () => Promise<void>) => Promise<void>;
  /** Awaited within a unit of work. The study can stop here, but not pause. */
  readonly breathe: () => Promise<void>;
  readonly signal: AbortSignal;
  /** Findings from before seeds were added; null for a study that starts from scratch. */
  readonly known: StudyResult | null;
  /** The checkpoint at which training continues; null at the start. */
  readonly resume: StudyCheckpoint | null;
  /** Loads another task of the study; absent if there is none. */
  readonly loadTask?: (id: string) => Promise<Task>;
  /** Reads the bundled artwork; absent if there is none. */
  readonly readAtlas?: ReadFile;
  /** Devices that train as clients of a federation that begins now; null: clients are simulated. */
  readonly crew: () => Crew | null;
  /** How the runs are looked at while they train; null if nobody watches. */
  readonly glimpses: GlimpsePlan | null;
  /** Saves the study while it runs; null if nothing keeps it. */
  readonly keeper: CheckpointKeeper | null;
  readonly kernels: StudyKernels;
  /** What was evaluated so far. */
  readonly answers: AnswerMemory;
}

/** A finished run. */
export interface TrainedRun {
  readonly arm: ArmConfig;
  readonly seed: number;
  readonly layout: AdapterLayout;
  readonly scale: number;
  readonly adapter: Float32Array;
  /** Steps after which it had this adapter; absent: all. */
  readonly takenAt?: number;
  /** Copies from earlier steps, first to last, if analyses need them. */
  readonly snapshots?: readonly { readonly step: number; readonly adapter: Float32Array }[];
}

export interface Scores {
  /** [variants]: share of images classified correctly, and mean cross-entropy. */
  readonly accuracy: number[];
  readonly loss: number[];
}

/** Mean accuracy and loss of every variant over the images. */
export function scoresOf(loss: Float32Array, predicted: Int32Array, labels: Int32Array): Scores {
  const images = labels.length;
  const variants = loss.length / images;
  const accuracy: number[] = [];
  const losses: number[] = [];
  for (let variant = 0; variant < variants; variant++) {
    let correct = 0;
    let sum = 0;
    for (let i = 0; i < images; i++) {
      if (predicted[variant * images + i] === labels[i]) correct++;
      sum += loss[variant * images + i];
    }
    accuracy.push(correct / images);
    losses.push(sum / images);
  }
  return { accuracy, loss: losses };
}

/** Scores, and the answers they are based on. */
export interface AnsweredScores extends Scores {
  /** [variants]: the images classified correctly, packed by platform/bits.ts. */
  readonly correct: string[];
  /** [images]: which of them a variant classifies correctly. */
  readonly rightOf: (variant: number) => boolean[];
  /** A variant's predictions, packed by predictions/answers.ts. */
  readonly answersOf: (variant: number) => string;
}

/** Provides an evaluator with its own images for the duration of `use`. With `answers`, nothing is evaluated twice. */
export async function withEvaluator<R>(
  context: Pick<StudyContext, 'engine' | 'objective'> & Partial<Pick<StudyContext, 'answers'>>,
  layout: AdapterLayout,
  scale: number,
  images: Patchified,
  use: (evaluator: Evaluator, set: ImageSet) => Promise<R>,
): Promise<R> {
  const spec = { objective: context.objective, layout, scale };
  const created = context.engine.createEvaluator(spec);
  const evaluator = context.answers?.remembering(created, spec, images) ?? created;
  try {
    const set = evaluator.imageSet(images.patches, images.labels);
    try {
      return await use(evaluator, set);
    } finally {
      set.dispose();
    }
  } finally {
    evaluator.dispose();
  }
}

/** Scores variants and records what each answers to every image. Pauses, stops and reports between chunks. */
export async function scoreVariants(
  context: StudyContext,
  evaluator: Evaluator,
  set: ImageSet,
  labels: Int32Array,
  variants: readonly Variant[],
  onShare: (share: number) => void = () => {},
): Promise<AnsweredScores> {
  const { signal, checkpoint } = context;
  const { loss, predicted } = await evaluator.evaluate(variants, set, {
    signal,
    between: checkpoint,
    onProgress: onShare,
  });
  const images = labels.length;
  const rightOf = (variant: number): boolean[] =>
    Array.from(labels, (label, i) => predicted[variant * images + i] === label);
  const correct = variants.map((_, variant) => packBits(Uint8Array.from(rightOf(variant), Number)));
  const answersOf = (variant: number) => packAnswers(predicted, loss, variant * images, images);
  return { ...scoresOf(loss, predicted, labels), correct, rightOf, answersOf };
}

/** Reports the completed share of a phase. */
export function reportPhase(context: StudyContext, phase: keyof StudyWork, share: number): void {
  context.clock.advance(phase, share);
  context.emit({
    type: 'progress',
    phase,
    done: share,
    total: 1,
    imagesPerSecond: null,
    remainingSeconds: context.clock.remainingSeconds,
  });
}
