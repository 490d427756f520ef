/** Unit feature vectors of pictures and prompts. */
import type { Device } from '../../src/engine/device.ts';
import { blockForward } from '../../src/engine/passes/block.ts';
import { encodePrompts } from '../../src/engine/passes/text-features.ts';
import { embedImages, preparePrompts, projectFeatures, visionShape } from '../../src/engine/passes/towers.ts';
import type { DeviceBackbone } from '../../src/engine/passes/weights.ts';

const CHUNK = 64;

/** @param patches [count, patches, channels·patch²]. @returns [count, projection] */
export async function imageFeatures<T>(
  device: Device<T>,
  { vision, clip }: DeviceBackbone<T>,
  patches: Float32Array,
): Promise<Float32Array> {
  if (!clip) throw new RangeError('Features need a backbone with a text tower.');
  const size = vision.patches * vision.patchLength;
  const count = patches.length / size;
  const out = new Float32Array(count * clip.visionProjection.outFeatures);
  for (let from = 0; from < count; from += CHUNK) {
    const images = Math.min(CHUNK, count - from);
    const chosen = patches.subarray(from * size, (from + images) * size);
    const uploaded = device.upload(chosen, images * vision.patches, vision.patchLength);
    let x = embedImages(device, vision, uploaded);
    device.free(uploaded);
    vision.blocks.forEach((block, layer) => {
      const { y } = blockForward(device, block, x, visionShape(vision, 1, images, layer), {}, false);
      device.free(x);
      x = y;
    });
    const { features } = projectFeatures(device, x, vision.finalNorm, clip.visionProjection, false);
    out.set(await device.read(features), from * clip.visionProjection.outFeatures);
    device.free(features);
  }
  return out;
}

/** @param tokens [prompts, context]. @returns [prompts, projection] */
export async function textFeatures<T>(
  device: Device<T>,
  { clip }: DeviceBackbone<T>,
  tokens: Int32Array,
): Promise<Float32Array> {
  if (!clip) throw new RangeError('Features need a backbone with a text tower.');
  const context = clip.text.tokens;
  const count = tokens.length / context;
  const out = new Float32Array(count * clip.textProjection.outFeatures);
  for (let from = 0; from < count; from += CHUNK) {
    const prompts = Math.min(CHUNK, count - from);
    const prepared = preparePrompts(clip.text, tokens.subarray(from * context, (from + prompts) * context), prompts);
    const { features } = encodePrompts(device, clip, prepared, 1, null, false);
    out.set(await device.read(features), from * clip.textProjection.outFeatures);
    device.free(features);
  }
  return out;
}
