/**
 * Host inputs of a training step, in arrays that stay the same from step to step, so that a device can replay the operations with new contents.
 */
import type { HostArray } from '../optional-operations.ts';
import type { DrawnImages, TrainBatch } from '../engine.ts';

export interface StepInputs {
  readonly batchSize: number;
  /** [runs, batch] */
  readonly labels: Int32Array;
  /** [runs, segments, 4], see Device.adamw. */
  readonly coefficients: Float32Array;
  /** The draw from images on the device; null when patches come with the batch. */
  readonly drawn: DrawnImages | null;
  readonly all: readonly HostArray[];
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
      inputs = this.create(batchSize, drawn);
      this.known.set(shape, inputs);
    }
    for (let run = 0; run < this.runs; run++) {
      const from = sourceOfRun[run] * batchSize;
      inputs.labels.set(labels.subarray(from, from + batchSize), run * batchSize);
    }
    if (drawn) {
      inputs.drawn?.index.set(drawn.index);
      if (drawn.augmentation) inputs.drawn?.augmentation?.set(drawn.augmentation);
    }
    return { inputs, key: `${shape} ${batch.gates.join('')}` };
  }

  private create(batchSize: number, drawn: DrawnImages | null): StepInputs {
    const labels = new Int32Array(this.runs * batchSize);
    const coefficients = new Float32Array(this.runs * this.segments * 4);
    const own = drawn && { ...drawn, index: drawn.index.slice(), augmentation: drawn.augmentation?.slice() ?? null };
    const all = [labels, ...(own ? [own.index] : []), ...(own?.augmentation ? [own.augmentation] : [])];
    return { batchSize, labels, coefficients, drawn: own, all };
  }

  private numberOf({ images }: DrawnImages): number {
    const number = this.numbers.get(images) ?? this.nextNumber++;
    this.numbers.set(images, number);
    return number;
  }
}
