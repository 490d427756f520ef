/** Features of prompts under the text tower as it is, on the host. */
import { rowsOfPass, type EvaluationBudget } from '../budget.ts';
import type { Device } from '../device.ts';
import { OutOfMemoryError } from '../errors.ts';
import { attempt } from './attempt.ts';
import { encodePrompts } from './text-features.ts';
import type { PreparedPrompts } from './towers.ts';
import type { DeviceBackbone } from './weights.ts';

/** The prompts [from, to), cut where all of them are: a piece computes what the whole does. */
function slicePrompts(
  { tokens, ids, endPositions, classes }: PreparedPrompts,
  from: number,
  most: number,
): PreparedPrompts {
  const to = Math.min(classes, from + most);
  return {
    classes: to - from,
    tokens,
    ids: ids.subarray(from * tokens, to * tokens),
    endPositions: endPositions.subarray(from, to),
  };
}

/** [prompts, P], encoded as many at a time as the budget allows, and half as many when the device runs out of memory. */
export async function promptFeatures<T>(
  device: Device<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  prompts: PreparedPrompts,
  budget: EvaluationBudget,
): Promise<Float32Array> {
  const width = clip.textProjection.outFeatures;
  const encode = async (part: PreparedPrompts): Promise<Float32Array> => {
    const { features } = attempt(device, () => encodePrompts(device, clip, part, 1, null, false));
    try {
      return await device.read(features);
    } finally {
      device.free(features);
    }
  };
  const all = new Float32Array(prompts.classes * width);
  let most = Math.max(1, Math.floor(rowsOfPass(budget, clip.text.mlpWidth) / prompts.tokens));
  for (let from = 0; from < prompts.classes;) {
    const part = slicePrompts(prompts, from, most);
    try {
      all.set(await encode(part), from * width);
      from += part.classes;
    } catch (error) {
      if (!(error instanceof OutOfMemoryError) || part.classes === 1) throw error;
      most = Math.floor(part.classes / 2);
    }
  }
  return all;
}
