/**
 * AdamW with the skip rule (method.md 1.7): a tensor that is inactive in a step is skipped whole — no decay, no moment update, no step
 * count — so every tensor counts its own steps, as torch.optim.AdamW does for parameters without a gradient.
 */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { AdamWOptions, TrainBatch, TrainerSpec, TrainerState } from '../engine.ts';
import type { Device } from '../device.ts';
import type { OptimizerSegment } from '../operands.ts';

/** A factor of a pair (DoRA's magnitudes are one), or the head. */
export interface FactorSegment extends OptimizerSegment {
  /** The unit that is skipped and counted as one: the index of the pair; the number of pairs for the head. */
  readonly unit: number;
  readonly factor: 'A' | 'B' | 'magnitude' | 'head';
}

/** A, B and, in layouts that have them, the magnitudes of every pair, and the head last. */
export function factorSegments({ pairs, rank, head, size }: AdapterLayout): FactorSegment[] {
  const segments = pairs.flatMap(({ aOffset, bOffset, magnitudeOffset, outFeatures }, unit): FactorSegment[] => [
    { unit, factor: 'A', offset: aOffset, length: bOffset - aOffset },
    { unit, factor: 'B', offset: bOffset, length: outFeatures * rank },
    ...(magnitudeOffset === null
      ? []
      : [{ unit, factor: 'magnitude' as const, offset: magnitudeOffset, length: outFeatures }]),
  ]);
  if (head) {
    const { weightOffset: offset } = head;
    segments.push({ unit: pairs.length, factor: 'head', offset, length: size - offset });
  }
  return segments;
}

/** Relative weight decay of a factor. Magnitudes store a change of the norms, so decaying them would not shrink a weight. */
const decayOf = ({ factor }: FactorSegment): number => (factor === 'magnitude' ? 0 : 1);

/** Number of units of a layout: its pairs, and the head. */
const unitCount = ({ pairs, head }: AdapterLayout): number => pairs.length + (head ? 1 : 0);

/**
 * Advances the step counts of the active units and returns the coefficients of their segments, [runs, segments, 4] =
 * (active, learning rate, 1/(1−β1ⁿ), 1/(1−β2ⁿ)).
 * @param counts per run, [units]
 * @param rates learning rate of a factor of a run
 */
export function adamwCoefficients(
  counts: readonly Int32Array[],
  segments: readonly FactorSegment[],
  isActive: (run: number, unit: number) => boolean,
  rates: (run: number, factor: FactorSegment['factor']) => number,
  { beta1, beta2 }: AdamWOptions,
): Float32Array {
  const coefficients = new Float32Array(counts.length * segments.length * 4);
  counts.forEach((count, run) => {
    for (let unit = 0; unit < count.length; unit++) if (isActive(run, unit)) count[unit]++;
    segments.forEach(({ unit, factor }, s) => {
      if (!isActive(run, unit)) return;
      const n = count[unit];
      const at = (run * segments.length + s) * 4;
      coefficients[at] = 1;
      coefficients[at + 1] = rates(run, factor);
      coefficients[at + 2] = 1 / (1 - beta1 ** n);
      coefficients[at + 3] = 1 / (1 - beta2 ** n);
    });
  });
  return coefficients;
}

/** Flat parameters with their gradients and moments on a device, [slots, size] each. */
export interface OptimizerTensors<T> {
  readonly params: T;
  readonly gradients: T;
  readonly firstMoments: T;
  readonly secondMoments: T;
}

/** Copies initial vectors of `size` onto the device; gradients and moments begin at 0. Whoever makes them frees them. */
export function createOptimizerTensors<T>(
  device: Device<T>,
  initial: readonly Float32Array[],
  size: number,
): OptimizerTensors<T> {
  return {
    params: device.upload(joinSlots(initial), initial.length, size),
    gradients: device.zeros(initial.length, size),
    firstMoments: device.zeros(initial.length, size),
    secondMoments: device.zeros(initial.length, size),
  };
}

export function freeOptimizerTensors<T>(device: Device<T>, tensors: OptimizerTensors<T>): void {
  device.free(tensors.params, tensors.gradients, tensors.firstMoments, tensors.secondMoments);
}

/** AdamW of a population: parameters, moments and step counts of every run. */
export class PopulationOptimizer<T> {
  readonly tensors: OptimizerTensors<T>;
  readonly segments: readonly FactorSegment[];
  private readonly runs: number;
  private readonly pairs: number;
  private readonly ratios: readonly number[];
  private readonly options: AdamWOptions & { readonly decay: Float32Array };
  /** Per run, [units]. */
  private readonly counts: readonly Int32Array[];

  constructor(
    private readonly device: Device<T>,
    { layout, initial, optimizer, frozenA, rateRatios }: TrainerSpec,
  ) {
    this.runs = initial.length;
    this.pairs = layout.pairs.length;
    this.ratios = rateRatios ?? initial.map(() => 1);
    this.segments = factorSegments(layout).filter(({ factor }) => !(frozenA && factor === 'A'));
    this.options = { ...optimizer, decay: Float32Array.from(this.segments, decayOf) };
    this.counts = initial.map(() => new Int32Array(unitCount(layout)));
    this.tensors = createOptimizerTensors(device, initial, layout.size);
  }

  /** Counts a step of every active unit; returns the coefficients for `update`. */
  advance({ gates, learningRates }: Pick<TrainBatch, 'gates' | 'learningRates'>): Float32Array {
    const { pairs, ratios } = this;
    const isActive = (run: number, unit: number) => unit >= pairs || gates[run * pairs + unit] !== 0;
    const rateOf = (run: number, factor: FactorSegment['factor']) =>
      learningRates[run] * (factor === 'B' ? ratios[run] : 1);
    return adamwCoefficients(this.counts, this.segments, isActive, rateOf, this.options);
  }

  /** Moves the parameters by the gradients, which stay as they are. @param coefficients of `advance` for this step */
  update(coefficients: Float32Array): void {
    const { params, gradients, firstMoments, secondMoments } = this.tensors;
    this.device.adamw(params, gradients, firstMoments, secondMoments, this.segments, coefficients, this.options);
  }

  async adapters(): Promise<Float32Array[]> {
    return splitSlots(await this.device.read(this.tensors.params), this.runs);
  }

  async save(): Promise<Omit<TrainerState, 'step'>> {
    const counts = this.counts.map((count) => count.slice()); // before waiting: further steps may be started meanwhile
    const { params, firstMoments, secondMoments } = this.tensors;
    const values = await this.device.readAll([params, firstMoments, secondMoments]);
    const [adapters, first, second] = values.map((flat) => splitSlots(flat, this.runs));
    return { counts, adapters, firstMoments: first, secondMoments: second };
  }

  restore({ adapters, firstMoments, secondMoments, counts }: TrainerState): void {
    this.device.write(this.tensors.params, joinSlots(adapters));
    this.device.write(this.tensors.firstMoments, joinSlots(firstMoments));
    this.device.write(this.tensors.secondMoments, joinSlots(secondMoments));
    counts.forEach((count, run) => this.counts[run].set(count));
  }

  dispose(): void {
    freeOptimizerTensors(this.device, this.tensors);
  }
}

/** Splits [slots, size] into one copy per slot. */
function splitSlots(flat: Float32Array, slots: number): Float32Array[] {
  const size = flat.length / slots;
  return Array.from({ length: slots }, (_, slot) => flat.slice(slot * size, (slot + 1) * size));
}

/** One behind the other, [slots, size]: a copy. */
export function joinSlots(vectors: readonly Float32Array[]): Float32Array {
  const flat = new Float32Array(vectors.length * vectors[0].length);
  vectors.forEach((vector, slot) => flat.set(vector, slot * vector.length));
  return flat;
}
