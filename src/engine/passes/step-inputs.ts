/**
 * Host inputs of a training step, in arrays that stay the same from step to step, so that a device can replay the operations with new contents. The step
 * is cut as its plan says: runs into passes, the images of a pass into parts.
 */
import type { HostArray } from '../optional-operations.ts';
import { AUGMENTATION_VALUES, type DrawnImages, type StepPlan, type TrainBatch } from '../engine.ts';

/** Images of the runs of a pass that go through the towers together. */
export interface BatchPart {
  /** Where they begin among the images of a run, and how many they are. */
  readonly first: number;
  readonly count: number;
  /** [runs of the pass, count] */
  readonly labels: Int32Array;
  /** The draw of the sources' images [sources of the pass, count] on the device; null when patches come with the batch. */
  readonly drawn: DrawnImages | null;
}

/** Runs that go through the towers together. */
export interface RunPass {
  readonly firstRun: number;
  readonly runs: number;
  /** The sources that its runs train on, rising. */
  readonly sources: readonly number[];
  /** [runs of the pass]: places in `sources`. */
  readonly sourceOfRun: readonly number[];
  readonly parts: readonly BatchPart[];
}

/** What a step reads from the host. */
export interface StepInputs {
  readonly batchSize: number;
  readonly passes: readonly RunPass[];
  /** [runs, segments, 4], see Device.adamw. */
  readonly coefficients: Float32Array;
  readonly drawsImages: boolean;
  readonly all: readonly HostArray[];
}

/** Cuts 0 … count − 1 into pieces of nearly equal length, none longer than `most`. */
export function piecesOf(count: number, most: number): { readonly first: number; readonly count: number }[] {
  const pieces = Math.ceil(count / Math.max(1, Math.min(count, most)));
  return Array.from({ length: pieces }, (_, i) => {
    const first = Math.round((i * count) / pieces);
    return { first, count: Math.round(((i + 1) * count) / pieces) - first };
  });
}

/** Keeps one set of arrays per shape of batch. */
export class InputsOfSteps {
  private readonly known = new Map<string, StepInputs>();
  /** Image sets get numbers, which stand for them in keys. */
  private readonly numbers = new WeakMap<object, number>();
  private nextNumber = 1;

  constructor(
    private readonly runs: number,
    private readonly segments: number,
    private readonly plan: StepPlan | undefined,
  ) {}

  /**
   * The arrays of a batch, filled but for the coefficients.
   * @returns key: steps with equal keys are the same operations
   */
  fill(batch: TrainBatch, batchSize: number): { inputs: StepInputs; key: string } {
    const { patches, labels, sourceOfRun } = batch;
    const drawn = patches instanceof Float32Array ? null : patches;
    const shape = `${batchSize} ${sourceOfRun.join()} ${drawn ? this.numberOf(drawn) : ''} ${Boolean(drawn?.augmentation)}`;
    let inputs = this.known.get(shape);
    if (!inputs) {
      inputs = this.create(batchSize, sourceOfRun, drawn);
      this.known.set(shape, inputs);
    }
    for (const { sources, sourceOfRun: placeOfRun, parts } of inputs.passes)
      for (const { first, count, labels: own, drawn: ownDrawn } of parts) {
        const rangeOf = (source: number) => source * batchSize + first;
        placeOfRun.forEach((place, run) => {
          const from = rangeOf(sources[place]);
          own.set(labels.subarray(from, from + count), run * count);
        });
        if (!drawn || !ownDrawn) continue;
        sources.forEach((source, place) => {
          const from = rangeOf(source);
          ownDrawn.index.set(drawn.index.subarray(from, from + count), place * count);
          const values = drawn.augmentation?.subarray(from * AUGMENTATION_VALUES, (from + count) * AUGMENTATION_VALUES);
          if (values) ownDrawn.augmentation?.set(values, place * count * AUGMENTATION_VALUES);
        });
      }
    return { inputs, key: `${shape} ${batch.gates.join('')}` };
  }

  private create(batchSize: number, sourceOfRun: readonly number[], drawn: DrawnImages | null): StepInputs {
    const passes = piecesOf(this.runs, this.plan?.runs ?? this.runs).map(
      ({ first: firstRun, count: runs }): RunPass => {
        const own = sourceOfRun.slice(firstRun, firstRun + runs);
        const sources = [...new Set(own)].sort((a, b) => a - b);
        const parts = piecesOf(batchSize, this.plan?.images ?? batchSize).map(({ first, count }): BatchPart => {
          const images = sources.length * count;
          const augmentation = drawn?.augmentation ? new Float32Array(images * AUGMENTATION_VALUES) : null;
          return {
            first,
            count,
            labels: new Int32Array(runs * count),
            drawn: drawn && { images: drawn.images, index: new Int32Array(images), augmentation },
          };
        });
        return { firstRun, runs, sources, sourceOfRun: own.map((source) => sources.indexOf(source)), parts };
      },
    );
    const all = passes.flatMap(({ parts }) =>
      parts.flatMap(({ labels, drawn: own }): HostArray[] => [
        labels,
        ...(own ? [own.index] : []),
        ...(own?.augmentation ? [own.augmentation] : []),
      ]),
    );
    const coefficients = new Float32Array(this.runs * this.segments * 4);
    return { batchSize, passes, coefficients, drawsImages: drawn !== null, all };
  }

  private numberOf({ images }: DrawnImages): number {
    const number = this.numbers.get(images) ?? this.nextNumber++;
    this.numbers.set(images, number);
    return number;
  }
}
