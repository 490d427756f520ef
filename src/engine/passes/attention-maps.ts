/**
 * What every layer of the vision tower attends to on one image. Queries and keys are read back and the probabilities are computed here in float64, so
 * that no device has to keep them. Evaluations of many images never come here.
 */
import type { AttentionSpec, Variant } from '../engine.ts';
import type { Device } from '../device.ts';
import { attempt } from './attempt.ts';
import { blockForward } from './block.ts';
import { doraScales, passLora } from './lora.ts';
import { embedImages, visionShape } from './towers.ts';
import type { DeviceBackbone } from './weights.ts';

/**
 * softmax(q kᵀ / √headDim), averaged over heads, written to `mean`: row i is what token i attends to, and adds up to 1.
 * @param q [tokens, D] @param k [tokens, D] @param mean [tokens, tokens]
 */
function meanAttention(q: Float32Array, k: Float32Array, heads: number, tokens: number, mean: Float32Array): void {
  const width = q.length / tokens;
  const size = width / heads;
  const factor = 1 / Math.sqrt(size);
  const row = new Float64Array(tokens);
  for (let i = 0; i < tokens; i++) {
    const sum = new Float64Array(tokens);
    for (let from = 0; from < width; from += size) {
      let most = -Infinity;
      for (let j = 0; j < tokens; j++) {
        let dot = 0;
        for (let c = from; c < from + size; c++) dot += q[i * width + c] * k[j * width + c];
        row[j] = dot * factor;
        most = Math.max(most, row[j]);
      }
      let total = 0;
      for (let j = 0; j < tokens; j++) total += row[j] = Math.exp(row[j] - most);
      for (let j = 0; j < tokens; j++) sum[j] += row[j] / total;
    }
    for (let j = 0; j < tokens; j++) mean[i * tokens + j] = sum[j] / heads;
  }
}

/**
 * @param patches [patches, channels·patch·patch], of one image
 * @returns [layers, tokens, tokens]: the mean over heads. The class token is the first
 * @throws RangeError when patches or variant do not fit
 */
export async function attentionMaps<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  { layout, scale }: AttentionSpec,
  { adapter, gates }: Variant,
  patches: Float32Array,
): Promise<Float32Array<ArrayBuffer>> {
  const { vision } = backbone;
  const { tokens, heads } = vision;
  const layers = vision.blocks.length;
  if (patches.length !== vision.patches * vision.patchLength)
    throw new RangeError(`Got ${patches.length} patch values for an image of ${vision.patches * vision.patchLength}.`);
  if (adapter.length !== layout.size || gates.length !== layout.pairs.length)
    throw new RangeError(`The variant does not fit the layout (${adapter.length} values, ${gates.length} gates).`);
  const maps = new Float32Array(layers * tokens * tokens);
  const isOpen = (pair: number) => gates[pair] !== 0;
  const start = attempt(device, () => {
    const params = device.upload(adapter, 1, layout.size);
    const dora = doraScales(device, backbone, { layout, params, scale }, isOpen);
    const uploaded = device.upload(patches, vision.patches, vision.patchLength);
    const embedded = embedImages(device, vision, uploaded); // [tokens, D]
    device.free(uploaded);
    return { embedded, source: { layout, params, scale, dora } };
  });
  const { source } = start;
  let x = start.embedded;
  const lora = passLora(source, 'vision', layers, 1, (_, pair) => (isOpen(pair) ? 0 : -1));
  try {
    for (let layer = 0; layer < layers; layer++) {
      const shape = { ...visionShape(vision, 1, 1, layer), classTokenOnly: false };
      const readings: Promise<Float32Array[]>[] = [];
      const read = (q: T, k: T) => void readings.push(device.readAll([q, k]));
      const y = attempt(
        device,
        () => blockForward(device, vision.blocks[layer], x, shape, lora.blocks[layer], false, false, read).y,
      );
      device.free(x);
      x = y;
      const [[q, k]] = await Promise.all(readings); // [tokens, D] each
      meanAttention(q, k, heads, tokens, maps.subarray(layer * tokens ** 2, (layer + 1) * tokens ** 2));
    }
  } finally {
    device.free(x, source.params, ...(source.dora ?? []));
  }
  return maps;
}
