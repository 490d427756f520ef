/** A study by the script that is exported for Python, with torch alone: its own training and analyses on a plain CLIP (tests/python/study_in_torch.py). */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import type { DroppedDataset } from '../../src/data/dataset/dropped.ts';
import type { LabelledImages, Task } from '../../src/data/task.ts';
import { towerShapes } from '../../src/model/backbone.ts';
import type { LoadedBackbone } from '../../src/model/load-backbone.ts';
import { pythonScript } from '../../src/share/python/script.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { listedImages, type Side } from './own-images.ts';
import { pythonFile } from './python.ts';

const imagesOf = ({ pixels, labels }: LabelledImages, listed: boolean) => ({
  listed,
  pixels: Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength).toString('base64'),
  labels: [...labels],
});

/** Images, tokens of the class prompts, and which maps every arm adapts. @throws Error for a study that the plain CLIP cannot run */
function dataOf(
  config: StudyConfig,
  { backbone, tokenizer, preprocessing }: LoadedBackbone,
  task: Task,
  files: DroppedDataset | undefined,
) {
  if (backbone.kind !== 'clip' || !tokenizer || task.imageSize !== preprocessing.imageSize)
    throw new Error('A plain CLIP is all that is written in torch alone, and images of its size.');
  const { tokens: context, endToken, layers, heads } = backbone.text.config;
  const tokens = [...tokenizer.encodePrompts(task.prompts, context, endToken, 0)];
  const { mean, std } = preprocessing;
  const images = (side: Side) => imagesOf(files ? listedImages(files, side) : task[side], files !== undefined);
  return {
    side: task.imageSize,
    mean,
    std,
    layers: backbone.vision.config.layers,
    heads: backbone.vision.config.heads,
    textLayers: layers,
    textHeads: heads,
    tokens: task.prompts.map((_, i) => tokens.slice(i * context, (i + 1) * context)),
    places: Object.fromEntries(
      config.arms.map((arm) => [
        arm.id,
        createAdapterLayout(towerShapes(backbone), arm).pairs.map((pair) => [pair.tower, pair.layer, pair.projection]),
      ]),
    ),
    images: { train: images('train'), validation: images('validation'), test: images('test') },
  };
}

interface InTorch {
  /** The backbone's safetensors file. */
  readonly weights: string;
  /** Where files go. */
  readonly folder: string;
  readonly processes: number;
  /** Own images as their files lie, which the script itself brings in order; absent: the images of the task as they are. */
  readonly files?: DroppedDataset;
}

type StudyInTorch = readonly [config: StudyConfig, model: LoadedBackbone, task: Task, how: InTorch];

/**
 * Runs studies with one Python, which imports torch once, each in one process or several.
 * @returns their result files
 * @throws Error with what Python says when one fails
 */
export function studiesInTorch(studies: readonly StudyInTorch[]): string[] {
  const given = studies.map(([config, model, task, { weights, folder, processes, files }]) => {
    const out = path.resolve(folder, String(processes));
    mkdirSync(out, { recursive: true });
    const at = (name: string) => path.join(out, name);
    writeFileSync(at('train_copra.py'), pythonScript(config, task));
    writeFileSync(at('data.json'), JSON.stringify(dataOf(config, model, task, files)));
    return { script: at('train_copra.py'), model: weights, data: at('data.json'), out, processes };
  });
  pythonFile('study_in_torch.py', JSON.stringify(given));
  return given.map(({ out }) => path.join(out, 'result.json'));
}

/** Runs one study. @returns its result file @throws Error with what Python says when it fails */
export const studyInTorch = (...study: StudyInTorch): string => studiesInTorch([study])[0];
