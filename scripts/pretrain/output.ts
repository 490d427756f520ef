/** A trained backbone as a checkpoint folder: weights in half precision, tokenizer, quality, check vectors and model card. */
import { copyFileSync, mkdirSync, writeFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Device } from '../../src/engine/device.ts';
import { uploadBackbone } from '../../src/engine/passes/weights.ts';
import { createReferenceDevice } from '../../src/engine/devices/reference/reference-device.ts';
import type { ClipBackbone } from '../../src/model/backbone.ts';
import { patchifyPixelValues } from '../../src/model/patchify.ts';
import { parseSafetensors } from '../../src/model/safetensors.ts';
import { writeClipCheckpoint } from '../../src/model/write-checkpoint.ts';
import { writeSafetensors } from '../../src/model/write-safetensors.ts';
import { imageFeatures, textFeatures } from './encode.ts';
import { folderQuality, readFolder } from './evaluate-folder.ts';
import { modelCard, type CardFacts } from './model-card.ts';
import type { Quality } from './quality.ts';
import { PAD_TOKEN, START_TOKEN } from './recipe.ts';

/** The first bundled backbone: the baseline for new ones, and the source of their tokenizer. */
export const FIRST = 'public/backbones/emoji-clip';
/** Inputs of check vectors, and the first backbone's outputs for them. */
const FIRST_VECTORS = 'tests/golden/emoji-clip/check.safetensors';
/** Files that do not depend on the weights. */
const SHARED = ['tokenizer.json', 'tokenizer_config.json', 'preprocessor_config.json'];
export const WRITTEN = ['config.json', 'model.safetensors', 'quality.json', 'README.md', ...SHARED];

/** Writes the folder and returns the quality of what was written, i.e. of the rounded weights. */
export async function writeOutput<T>(
  device: Device<T>,
  folder: string,
  weights: ClipBackbone,
  facts: Omit<CardFacts, 'quality' | 'device'>,
): Promise<Quality> {
  mkdirSync(folder, { recursive: true });
  const put = (file: string, content: string | Uint8Array) => writeFileSync(path.join(folder, file), content);
  const options = { dtype: 'F16', startToken: START_TOKEN, padToken: PAD_TOKEN } as const;
  const checkpoint = writeClipCheckpoint(weights, options);
  put('config.json', checkpoint.config);
  put('model.safetensors', checkpoint.weights);
  for (const file of SHARED) copyFileSync(path.join(FIRST, file), path.join(folder, file));
  const quality = await folderQuality(device, folder);
  put('quality.json', `${JSON.stringify(quality, null, 2)}\n`);
  put('README.md', modelCard({ ...facts, quality, device: device.info.device }));
  put('check.safetensors', await checkVectors(folder));
  return quality;
}

/** The inputs of the first check vectors with the embeddings of this checkpoint, computed in float64. */
async function checkVectors(folder: string): Promise<Uint8Array> {
  const first = parseSafetensors(new Uint8Array(readFileSync(FIRST_VECTORS)));
  const { backbone } = await readFolder(folder);
  const { imageSize, patchSize } = backbone.vision.config;
  const pixels = first.float32('pixel_values');
  const ids = first.int32('input_ids');
  const shapeOf = (name: string) => first.tensors.get(name)?.shape ?? [];
  const [count] = shapeOf('pixel_values');
  const device = createReferenceDevice();
  const model = uploadBackbone(device, backbone);
  const images = await imageFeatures(device, model, patchifyPixelValues(pixels, count, imageSize, patchSize));
  const texts = await textFeatures(device, model, ids);
  device.dispose();
  return writeSafetensors(
    {
      pixel_values: { shape: shapeOf('pixel_values'), data: pixels },
      input_ids: { shape: shapeOf('input_ids'), data: ids },
      image_embeds_normalised: { shape: [count, images.length / count], data: images },
      text_embeds_normalised: { shape: [count, texts.length / count], data: texts },
    },
    Object.fromEntries(first.metadata),
  );
}
