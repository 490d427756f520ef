/** Measures the quality of a checkpoint folder, next to the figures it states. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { Device } from '../../src/engine/device.ts';
import { uploadBackbone } from '../../src/engine/passes/weights.ts';
import type { ClipBackbone } from '../../src/model/backbone.ts';
import { loadBackbone, type FileReader } from '../../src/model/load-backbone.ts';
import { readIndex } from './pictures.ts';
import { figures, measureQuality, QualitySchema, type Inputs, type Quality } from './quality.ts';
import { PAD_TOKEN } from './recipe.ts';

const reader =
  (folder: string): FileReader =>
  async (file) => {
    const at = path.join(folder, file);
    return existsSync(at) ? new Uint8Array(readFileSync(at)).buffer : null;
  };

/** @throws Error when the folder holds no CLIP checkpoint with a tokenizer */
export async function readFolder(folder: string): Promise<{ backbone: ClipBackbone; inputs: Inputs }> {
  const { backbone, tokenizer, preprocessing } = await loadBackbone(reader(folder));
  if (backbone.kind !== 'clip' || !tokenizer)
    throw new Error(`${folder} holds no CLIP checkpoint with a tokenizer.json: nothing to compare pictures with.`);
  const { tokens, endToken } = backbone.text.config;
  const inputs = {
    normalisation: preprocessing,
    patchSize: backbone.vision.config.patchSize,
    tokenise: (prompts: readonly string[]) => tokenizer.encodePrompts(prompts, tokens, endToken, PAD_TOKEN),
  };
  return { backbone, inputs };
}

export async function folderQuality<T>(device: Device<T>, folder: string): Promise<Quality> {
  const { backbone, inputs } = await readFolder(folder);
  const uploaded = uploadBackbone(device, backbone);
  const quality = await measureQuality(device, uploaded, await readIndex(), inputs);
  uploaded.free();
  return quality;
}

/** The quality.json of a folder; null if there is none. */
export function statedQuality(folder: string): Quality | null {
  const file = path.join(folder, 'quality.json');
  return existsSync(file) ? v.parse(QualitySchema, JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** A table of figures next to those of another checkpoint. */
export function compareQuality(measured: Quality, other: Quality | null, otherName: string): string {
  const others = new Map(other ? figures(other) : []);
  const lines = figures(measured).map(([name, value]) => {
    const reference = others.get(name);
    const difference = reference === undefined ? '' : (value - reference).toFixed(1).padStart(8);
    return `${name.padEnd(18)}${value.toFixed(1).padStart(9)}${(reference?.toFixed(1) ?? '').padStart(12)}${difference}`;
  });
  return [`${''.padEnd(18)}${'measured'.padStart(9)}${otherName.padStart(12)}`, ...lines].join('\n');
}

export async function evaluateFolder<T>(device: Device<T>, folder: string): Promise<void> {
  console.log(compareQuality(await folderQuality(device, folder), statedQuality(folder), 'stated'));
}
