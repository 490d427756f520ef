/** Runs one program on two devices and compares what it returns: shared by the tests of all devices. */
import { stream, type Rng } from '../../core/rng.ts';
import type { Device } from '../device.ts';
import type { Groups, LoraFactors, LoraUse } from '../operands.ts';
import { createReferenceDevice } from './reference/reference-device.ts';
import { expect } from 'vitest';

/** Operations on any device, with inputs drawn from `draw`; returns the tensors to compare. */
export type TestProgram = <T>(device: Device<T>, draw: Draw<T>) => T[];

export class Draw<T> {
  private readonly rng: Rng;
  private readonly device: Device<T>;

  constructor(device: Device<T>, seed: number) {
    this.device = device;
    this.rng = stream(seed, 'analysis');
  }

  values(count: number, deviation = 1): Float32Array {
    return Float32Array.from({ length: count }, () => deviation * this.rng.normal());
  }

  tensor(rows: number, cols: number, deviation = 1): T {
    return this.device.upload(this.values(rows * cols, deviation), rows, cols);
  }

  integers(count: number, bound: number): Int32Array {
    return Int32Array.from({ length: count }, () => this.rng.integer(bound));
  }

  linear(inFeatures: number, outFeatures: number, withBias = true) {
    const weight = this.values(inFeatures * outFeatures, 1 / Math.sqrt(inFeatures));
    return this.device.linear({ weight, bias: withBias ? this.values(outFeatures) : null, inFeatures, outFeatures });
  }

  /** LoRA on slotOfGroup; offsets leave gaps, so that a wrong offset shows. */
  lora(inputs: number, outputs: number, rank: number, slotOfGroup: number[], rates: number[] | null): LoraUse<T> {
    const slots = Math.max(0, ...slotOfGroup) + 1;
    const aOffset = 3;
    const bOffset = aOffset + rank * inputs + 2;
    return {
      params: this.tensor(slots, bOffset + outputs * rank + 1, 0.3),
      aOffset,
      bOffset,
      rank,
      scale: 1.5,
      slotOfGroup: Int32Array.from(slotOfGroup),
      dropout: rates && {
        rates: Float32Array.from(rates),
        keys: Uint32Array.from(rates, (_, g) => 4000000000 + 77 * g),
      },
    };
  }

  /** Factors and magnitudes of several slots, with gaps between them. */
  dora(inputs: number, outputs: number, rank: number, slots: number): { factors: LoraFactors<T>; offset: number } {
    const aOffset = 1;
    const bOffset = aOffset + rank * inputs + 3;
    const offset = bOffset + outputs * rank + 2;
    const params = this.tensor(slots, offset + outputs + 1, 0.3);
    return { factors: { params, aOffset, bOffset, rank, scale: 1.5 }, offset };
  }
}

export const allLive = (count: number, rowsPerGroup: number): Groups => ({ count, rowsPerGroup });

/** Largest deviation relative to the largest reference value; where the reference is NaN the value is not needed. */
export function deviation(actual: Float32Array, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  let scale = 1e-3;
  for (const value of expected) if (!Number.isNaN(value)) scale = Math.max(scale, Math.abs(value));
  expected.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const error = Math.abs(actual[i] - value) / scale;
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
  });
  return worst;
}

export async function results<T>(device: Device<T>, program: TestProgram, seed: number): Promise<Float32Array[]> {
  return device.readAll(program(device, new Draw(device, seed)));
}

/** Expects every device to agree with the float64 reference. */
export async function expectAgreement<T>(
  devices: readonly Device<T>[],
  program: TestProgram,
  tolerance = 1e-5,
): Promise<void> {
  const expected = await results(createReferenceDevice(), program, 1);
  for (const device of devices) {
    const actual = await results(device, program, 1);
    expected.forEach((values, i) => {
      const error = deviation(actual[i], values);
      expect(error, `output ${i} on ${device.info.device}`).toBeLessThan(tolerance);
    });
  }
}
