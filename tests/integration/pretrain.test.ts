import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrainableWasm } from '../../scripts/pretrain/all-weights/trainable-wasm.ts';
import { createBatches } from '../../scripts/pretrain/batches.ts';
import { drawCaption } from '../../scripts/pretrain/captions.ts';
import { readFolder, statedQuality } from '../../scripts/pretrain/evaluate-folder.ts';
import { INSTALLED, worseFigures } from '../../scripts/pretrain/install.ts';
import { FIRST, writeOutput } from '../../scripts/pretrain/output.ts';
import { readIndex, readPictures, type Pictures } from '../../scripts/pretrain/pictures.ts';
import type { Inputs, Quality } from '../../scripts/pretrain/quality.ts';
import { learningRate, RECIPE, SHAPE } from '../../scripts/pretrain/recipe.ts';
import { train, type TrainOptions } from '../../scripts/pretrain/train.ts';
import { stream } from '../../src/core/rng.ts';
import type { AtlasIndex } from '../../src/data/bundled/atlas.ts';

const narrow = { layers: 2, width: 8, mlpWidth: 16, heads: 2 };
const TINY = {
  vision: { ...SHAPE.vision, ...narrow },
  text: { ...SHAPE.text, ...narrow },
  projection: 8,
};
const folder = mkdtempSync(path.join(tmpdir(), 'pretrain-'));
let index: AtlasIndex;
let pictures: Pictures;
let inputs: Inputs;

beforeAll(async () => {
  index = await readIndex();
  const { rgba, concepts, size } = await readPictures(index, ['twemoji']);
  const count = 70; // four batches of 16, and a rest
  pictures = { count, size, rgba: rgba.slice(0, count * size * size * 4), concepts: concepts.slice(0, count) };
  ({ inputs } = await readFolder(FIRST));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const optionsFor = (name: string, more: Partial<TrainOptions> = {}): TrainOptions => ({
  shape: TINY,
  recipe: { ...RECIPE, batch: 16, epochs: 2, warmup: 2 },
  seed: 5,
  folder: path.join(folder, name),
  checkpointEvery: 2,
  evaluateEvery: 0,
  ...more,
});

describe('captions', () => {
  it('follow the mixture of the recipe', () => {
    const rng = stream(1, 'analysis');
    const concept = index.concepts.findIndex(({ name }) => name === 'red apple');
    const captions = Array.from({ length: 4000 }, () => drawCaption(index, concept, rng));
    const share = (pattern: RegExp) => captions.filter((caption) => pattern.test(caption)).length / captions.length;
    expect(share(/^a (emoji|icon|picture|drawing) of red apple$/)).toBeCloseTo(0.4, 1);
    expect(share(/^red apple( [a-z]+){1,3}$/)).toBeCloseTo(0.1, 1);
    expect(share(/^a picture of food fruit red apple$/)).toBeCloseTo(0.1, 1);
    expect(share(/^a picture of food fruit$/)).toBeCloseTo(0.2, 1);
    expect(share(/^a picture of food drink$/)).toBeCloseTo(0.2, 1);
  });
});

describe('learning rate', () => {
  it('warms up and falls to zero', () => {
    expect(learningRate(RECIPE, 0, 3770)).toBeCloseTo(3e-3 / 200, 10);
    expect(learningRate(RECIPE, 199, 3770)).toBeCloseTo(3e-3, 10);
    expect(learningRate(RECIPE, 1985, 3770)).toBeCloseTo(1.5e-3, 10);
    expect(learningRate(RECIPE, 3769, 3770)).toBeLessThan(1e-8);
  });
});

describe('batches', () => {
  it('depend on seed and step only, and visit a picture at most once per epoch', () => {
    const make = (seed: number) => createBatches(index, pictures, inputs, { ...RECIPE, batch: 16 }, seed);
    expect(make(1).stepsPerEpoch).toBe(4);
    const inOrder = make(1);
    const all = [0, 1, 2, 3, 4].map((step) => inOrder.batch(step));
    expect(make(1).batch(4)).toEqual(all[4]);
    expect(make(2).batch(4).patches).not.toEqual(all[4].patches);
    for (const { captionOfImage, tokens } of all) {
      expect(Math.max(...captionOfImage) + 1).toBe(tokens.length / 20);
    }
  });
});

describe('pretraining', () => {
  it('continued is the same as uninterrupted, and its result is a checkpoint', async () => {
    const device = await openTrainableWasm({ threads: 2 });
    const losses: number[] = [];
    const onStep = ({ loss }: { loss: number }) => losses.push(loss);
    const whole = await train(device, index, pictures, inputs, optionsFor('whole', { onStep }));
    expect(whole).toMatchObject({ step: 8, finished: true });
    const half = await train(device, index, pictures, inputs, optionsFor('parts', { stopAfter: 3, onStep }));
    expect(half).toMatchObject({ step: 3, finished: false });
    const rest = await train(device, index, pictures, inputs, optionsFor('parts', { onStep }));
    expect(losses.slice(8)).toEqual(losses.slice(0, 8));
    expect(rest.weights).toEqual(whole.weights);
    expect(device.memoryBytes()).toBe(0);
    await expect(train(device, index, pictures, inputs, optionsFor('parts', { seed: 6 }))).rejects.toThrow('--fresh');

    const out = path.join(folder, 'out');
    const quality = await writeOutput(device, out, rest.weights, { seed: 5, epochs: 2, pictures: 70, minutes: 1 });
    expect(statedQuality(out)).toEqual(quality);
    const { backbone } = await readFolder(out);
    expect(backbone.vision.config).toEqual(TINY.vision);
    expect(Math.abs(backbone.textProjection.weight[5] - rest.weights.textProjection.weight[5])).toBeLessThan(1e-3);
    const card = readFileSync(path.join(out, 'README.md'), 'utf8');
    expect(card).toContain(`${quality.openmoji.group9[0].toFixed(1)} (1,914)`);
    expect(card).not.toMatch(/\{(seed|epochs|pictures|minutes|device|quality)\}/);
    device.dispose();
  }, 60_000);

  it('made a backbone that is better than the first in every stated figure', () => {
    const [made, first] = [INSTALLED, FIRST].map(statedQuality);
    if (!made || !first) throw new Error('A bundled backbone states no quality.');
    expect(worseFigures(made, first)).toEqual([]);
    expect(made.openmoji.names).toBe(first.openmoji.names);
  });

  it('names the figures that became worse', () => {
    const style = { group9: [50, 9], sub16: [50, 9], 'R@1': 50, 'R@5': 50, names: 9 } satisfies object;
    const quality = { openmoji: style, fxemoji: style, noto: style, twemoji: style } as Quality;
    expect(worseFigures(quality, quality)).toEqual([]);
    const better = { ...quality, noto: { ...quality.noto, 'R@1': 51 } };
    expect(worseFigures(better, quality)).toEqual([]);
    expect(worseFigures(quality, better)).toEqual(['noto R@1: 50 instead of 51']);
  });
});
