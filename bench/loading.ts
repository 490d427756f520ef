/** Time and peak memory of reading a checkpoint of CLIP ViT-B/32's shapes (605 MB of F32) from this device's storage, as a study does. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import type { ByteSource } from '../src/model/byte-source.ts';
import { diskBytes } from '../src/model/hub/storage-node.ts';
import { loadBackbone } from '../src/model/load-backbone.ts';
import type { Report, Row } from './report.ts';

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

function writeCheckpoint(file: string): number {
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

export async function benchLoading(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-loading-'));
  try {
    report.add(
      'loading',
      'A CLIP ViT-B/32 checkpoint with random weights, read tensor by tensor; peaks are multiples of the bytes that are kept.',
      [await measureLoading(folder)],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureLoading(folder: string): Promise<Row> {
  const bytes = writeCheckpoint(path.join(folder, 'model.safetensors'));
  writeFileSync(path.join(folder, 'config.json'), '{"model_type":"clip"}');
  globalThis.gc?.();
  const before = process.memoryUsage();
  let peakBuffers = 0;
  let peakResident = 0;
  const sample = () => {
    const { arrayBuffers, rss } = process.memoryUsage();
    peakBuffers = Math.max(peakBuffers, arrayBuffers - before.arrayBuffers);
    peakResident = Math.max(peakResident, rss - before.rss);
  };
  const watched = (source: ByteSource): ByteSource => ({
    ...source,
    read(begin, end) {
      const read = source.read(begin, end);
      sample();
      return read;
    },
  });
  const from = performance.now();
  const busy = process.cpuUsage();
  const read = async (file: string) =>
    file === 'config.json' ? new Uint8Array(await readFile(path.join(folder, file))).buffer : null;
  await loadBackbone(read, { open: (file) => Promise.resolve(watched(diskBytes(path.join(folder, file)))) });
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(busy);
  sample();
  return {
    megabytes: bytes / 1e6,
    seconds,
    processorSeconds: (user + system) / 1e6,
    peakBuffers: peakBuffers / bytes,
    peakResident: peakResident / bytes,
  };
}
