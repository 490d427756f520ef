/** Golden forwards: a checkpoint with inputs and the outputs an independent implementation computed from them. */
import type { Device } from '../../../src/engine/device.ts';
import { blockForward, tokenRows } from '../../../src/engine/passes/block.ts';
import { endRows, embedImages, preparePrompts, textShape, visionShape } from '../../../src/engine/passes/towers.ts';
import { uploadBackbone, type DeviceBackbone } from '../../../src/engine/passes/weights.ts';
import type { Backbone } from '../../../src/model/backbone.ts';
import { patchifyPixelValues } from '../../../src/model/patchify.ts';
import type { SafetensorsFile } from '../../../src/model/safetensors.ts';
import { relativeError, type GoldenLine } from './compare.ts';

const TOLERANCE = 1e-4;

/** All tokens of the vision tower after the final norm, [images·tokens, D]. */
async function hiddenStates<T>(device: Device<T>, model: DeviceBackbone<T>, patches: Float32Array, images: number) {
  const { vision } = model;
  const uploaded = device.upload(patches, images * vision.patches, vision.patchLength);
  let x = embedImages(device, vision, uploaded);
  for (const block of vision.blocks) {
    const shape = { ...visionShape(vision, 1, images, 0), classTokenOnly: false };
    x = blockForward(device, block, x, shape, {}, false).y;
  }
  const rows = { count: 1, rowsPerGroup: images * vision.tokens };
  return device.layerNorm(x, vision.finalNorm.gain, vision.finalNorm.bias, vision.finalNorm.epsilon, rows).y;
}

async function textEmbeddings<T>(
  device: Device<T>,
  model: DeviceBackbone<T>,
  ids: Int32Array,
  prompts: number,
): Promise<Float32Array> {
  const clip = model.clip!;
  const { text } = clip;
  const prepared = preparePrompts(text, ids, prompts);
  const positions = device.gatherRows(
    text.positions,
    Int32Array.from({ length: prepared.tokens }, (_, i) => i),
  );
  let x = device.embedTokens(prepared.ids, text.tokenEmbedding, positions);
  for (const block of text.blocks) x = blockForward(device, block, x, textShape(text, prepared, 1), {}, false).y;
  const pooled = device.gatherRows(x, endRows(prepared, 1));
  const rows = { count: 1, rowsPerGroup: prompts };
  const normed = device.layerNorm(pooled, text.finalNorm.gain, text.finalNorm.bias, text.finalNorm.epsilon, rows).y;
  return device.read(device.applyLinear(normed, clip.textProjection, rows, null, null));
}

/** Compares every output the file holds. */
export async function checkForward<T>(
  device: Device<T>,
  name: string,
  backbone: Backbone,
  expected: SafetensorsFile,
): Promise<GoldenLine[]> {
  const model = uploadBackbone(device, backbone);
  const { config } = backbone.vision;
  const images = expected.tensors.get('pixel_values')!.shape[0];
  const patches = patchifyPixelValues(expected.float32('pixel_values'), images, config.imageSize, config.patchSize);
  const hidden = await hiddenStates(device, model, patches, images);
  const pooled = device.gatherRows(hidden, tokenRows(images, config.tokens, 0)); // [images, D]
  const rows = { count: 1, rowsPerGroup: images };
  const lines: GoldenLine[] = [];
  const compare = (output: string, actual: Float32Array) => {
    if (expected.tensors.has(output))
      lines.push({
        name: `${name} ${output}`,
        error: relativeError(actual, expected.float32(output)),
        tolerance: TOLERANCE,
      });
  };
  compare('last_hidden_state', await device.read(hidden));
  compare('pooled', await device.read(pooled));
  if (backbone.kind === 'vit' && backbone.classifier) {
    const classifier = device.linear(backbone.classifier);
    compare('logits', await device.read(device.applyLinear(pooled, classifier, rows, null, null)));
  }
  if (backbone.kind === 'clip' && model.clip) {
    const image = await device.read(device.applyLinear(pooled, model.clip.visionProjection, rows, null, null));
    const prompts = expected.tensors.get('input_ids')!.shape[0];
    const text = await textEmbeddings(device, model, expected.int32('input_ids'), prompts);
    const size = image.length / images;
    compare('image_embeds', image);
    compare('text_embeds', text);
    compare('image_embeds_normalised', unitRows(image, size));
    compare('text_embeds_normalised', unitRows(text, size));
    const [a, b] = [unitRows(image, size), unitRows(text, size)];
    const factor = Math.exp(backbone.logitScale);
    const logits = Float32Array.from({ length: images * prompts }, (_, i) => {
      const [row, column] = [Math.floor(i / prompts), i % prompts];
      let dot = 0;
      for (let c = 0; c < size; c++) dot += a[row * size + c] * b[column * size + c];
      return factor * dot;
    });
    compare('logits_per_image', logits);
  }
  return lines;
}

function unitRows(values: Float32Array, size: number): Float32Array {
  const out = values.slice();
  for (let row = 0; row < values.length; row += size) {
    const norm = Math.hypot(...values.subarray(row, row + size));
    for (let c = 0; c < size; c++) out[row + c] /= norm;
  }
  return out;
}
