/** Writes a checkpoint with the shapes of CLIP ViT-B/32 (605 MB of F32) and arbitrary weights. */
import { closeSync, openSync, writeSync } from 'node:fs';

type Shapes = Record<string, readonly number[]>;

function towerShapes(tower: string, layers: number, width: number): Shapes {
  const shapes: Shapes = {};
  const linear = (name: string, out: number, from: number) => {
    shapes[`${name}.weight`] = [out, from];
    shapes[`${name}.bias`] = [out];
  };
  const norm = (name: string) => {
    shapes[`${name}.weight`] = [width];
    shapes[`${name}.bias`] = [width];
  };
  for (let i = 0; i < layers; i++) {
    const at = `${tower}.encoder.layers.${i}`;
    for (const map of ['q', 'k', 'v', 'out']) linear(`${at}.self_attn.${map}_proj`, width, width);
    linear(`${at}.mlp.fc1`, 4 * width, width);
    linear(`${at}.mlp.fc2`, width, 4 * width);
    norm(`${at}.layer_norm1`);
    norm(`${at}.layer_norm2`);
  }
  return shapes;
}

const SHAPES: Shapes = {
  'vision_model.embeddings.class_embedding': [768],
  'vision_model.embeddings.patch_embedding.weight': [768, 3, 32, 32],
  'vision_model.embeddings.position_embedding.weight': [50, 768],
  'vision_model.pre_layrnorm.weight': [768],
  'vision_model.pre_layrnorm.bias': [768],
  'vision_model.post_layernorm.weight': [768],
  'vision_model.post_layernorm.bias': [768],
  ...towerShapes('vision_model', 12, 768),
  'text_model.embeddings.token_embedding.weight': [49408, 512],
  'text_model.embeddings.position_embedding.weight': [77, 512],
  'text_model.final_layer_norm.weight': [512],
  'text_model.final_layer_norm.bias': [512],
  ...towerShapes('text_model', 12, 512),
  'visual_projection.weight': [512, 768],
  'text_projection.weight': [512, 512],
  logit_scale: [],
};

/** @returns bytes of the tensors */
export function writeCheckpoint(file: string): number {
  const header: Record<string, object> = {};
  let end = 0;
  for (const [name, shape] of Object.entries(SHAPES)) {
    const begin = end;
    end += 4 * shape.reduce((product, n) => product * n, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const prefix = new Uint8Array(8);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(json.length), true);
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, prefix);
  writeSync(descriptor, json);
  const block = new Uint8Array(new Float32Array(1_000_000).map((_, i) => Math.sin(i) / 30).buffer);
  for (let left = end; left > 0; left -= block.length)
    writeSync(descriptor, block.subarray(0, Math.min(left, block.length)));
  closeSync(descriptor);
  return end;
}
