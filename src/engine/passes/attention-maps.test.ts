/** Attention of single images, on every device, against a forward pass written out in float64 that shares no code with the passes. */
import { afterAll, describe, expect, it } from 'vitest';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { Activation, Backbone, LayerNormWeights, LinearWeights } from '../../model/backbone.ts';
import { parseModelConfig } from '../../model/config.ts';
import { patchifyPixelValues } from '../../model/patchify.ts';
import { readCheckpoint } from '../../model/read-checkpoint.ts';
import { readTensors } from '../../model/test-golden-files.ts';
import { readJsonFile } from '../../../tests/support/files.ts';
import type { Device } from '../device.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { openNodeDevice } from '../node.ts';
import { images, loadedEngine, randomAdapter, testClip, testLayout, testVit } from './test-models.ts';

type Matrix = number[][];

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const added = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((value, j) => value + b[i][j]));

const rowsOf = (values: ArrayLike<number>, rows: number): Matrix => {
  const cols = values.length / rows;
  return range(rows).map((i) => range(cols).map((j) => values[i * cols + j]));
};

const linear = (x: Matrix, weight: Matrix, bias: ArrayLike<number> | null): Matrix =>
  x.map((row) => weight.map((own, o) => dot(row, own) + (bias ? bias[o] : 0)));

const norm = (x: Matrix, { gain, bias }: LayerNormWeights, epsilon: number): Matrix =>
  x.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map((value, i) => ((value - mean) / Math.sqrt(variance + epsilon)) * gain[i] + bias[i]);
  });

/** Abramowitz & Stegun's series: enough for the arguments here. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const ACTIVATIONS: Readonly<Record<Activation, (x: number) => number>> = {
  quick_gelu: (x) => x / (1 + Math.exp(-1.702 * x)),
  gelu: (x) => 0.5 * x * (1 + (Math.abs(x) > 5 ? Math.sign(x) : erf(x / Math.SQRT2))),
  gelu_tanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
};

interface Adapted {
  readonly layout: AdapterLayout;
  readonly scale: number;
  readonly adapter: Float32Array;
  readonly gates: Uint8Array;
}

/** W + scale · B A, with DoRA's rows of length ‖W‖ + δ. */
function weightOf(
  { weight, outFeatures }: LinearWeights,
  layer: number,
  name: string,
  adapted: Adapted | null,
): Matrix {
  const frozen = rowsOf(weight, outFeatures);
  if (!adapted) return frozen;
  const { layout, scale, adapter, gates } = adapted;
  const index = layout.pairs.findIndex(
    (pair) => pair.tower === 'vision' && pair.layer === layer && pair.projection === name,
  );
  if (index < 0 || gates[index] === 0) return frozen;
  const { aOffset, bOffset, magnitudeOffset, inFeatures } = layout.pairs[index];
  const { rank } = layout;
  const moved = frozen.map((row, o) =>
    row.map((value, i) => {
      const update = range(rank).map((r) => adapter[bOffset + o * rank + r] * adapter[aOffset + r * inFeatures + i]);
      return value + scale * update.reduce((sum, one) => sum + one, 0);
    }),
  );
  if (magnitudeOffset === null) return moved;
  return moved.map((row, o) => {
    const length = Math.hypot(...frozen[o]) + adapter[magnitudeOffset + o];
    return row.map((value) => (value * length) / Math.hypot(...row));
  });
}

/** [layers][tokens][tokens], and all tokens behind the final norm. */
function writtenOut({ vision }: Backbone, patches: Float32Array, adapted: Adapted | null = null) {
  const { config } = vision;
  const { tokens, width, heads, layerNormEps, activation } = config;
  const embedded = linear(
    rowsOf(patches, tokens - 1),
    rowsOf(vision.patchEmbedding.weight, width),
    vision.patchEmbedding.bias,
  );
  let x = added([[...vision.classToken], ...embedded], rowsOf(vision.positions, tokens));
  if (vision.preNorm) x = norm(x, vision.preNorm, layerNormEps);
  const maps = vision.blocks.map((block, layer) => {
    const apply = (input: Matrix, name: 'q' | 'k' | 'v' | 'o' | 'fc1' | 'fc2') =>
      linear(input, weightOf(block[name], layer, name, adapted), block[name].bias);
    const normed = norm(x, block.ln1, layerNormEps);
    const [q, k, v] = [apply(normed, 'q'), apply(normed, 'k'), apply(normed, 'v')];
    const size = width / heads;
    const probabilities = range(heads).map((h) =>
      q.map((row) => {
        const own = row.slice(h * size, (h + 1) * size);
        const weights = k.map((key) => Math.exp(dot(own, key.slice(h * size, (h + 1) * size)) / Math.sqrt(size)));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        return weights.map((weight) => weight / total);
      }),
    );
    const context = range(tokens).map((i) =>
      range(width).map((c) =>
        dot(
          probabilities[Math.floor(c / size)][i],
          v.map((row) => row[c]),
        ),
      ),
    );
    const behind = added(x, apply(context, 'o'));
    const hidden = apply(norm(behind, block.ln2, layerNormEps), 'fc1').map((row) => row.map(ACTIVATIONS[activation]));
    x = added(behind, apply(hidden, 'fc2'));
    return range(tokens).map((i) =>
      range(tokens).map((j) => range(heads).reduce((sum, h) => sum + probabilities[h][i][j], 0) / heads),
    );
  });
  return { maps, hidden: norm(x, vision.finalNorm, layerNormEps) };
}

const DEVICES: Readonly<Record<string, () => Promise<Device<unknown>>>> = {
  reference: () => Promise.resolve<Device<unknown>>(createReferenceDevice()),
  wasm: () => openNodeDevice('wasm', { threads: 2 }),
  'tfjs-cpu': () => openNodeDevice('tfjs-cpu'),
};

describe.each(Object.entries(DEVICES))('attention on %s', (_, open) => {
  const opened = open();
  afterAll(async () => (await opened).dispose());

  it.each([
    ['CLIP', testClip('quick_gelu'), false],
    ['a ViT', testVit('gelu'), false],
    ['CLIP with DoRA', testClip('gelu_tanh'), true],
  ])(
    'is that of a pass written out, of %s with and without adapters',
    async (_name, backbone, dora) => {
      const device = await opened;
      const engine = loadedEngine(device, backbone);
      const layout = testLayout(backbone, { dora });
      const patches = images(1, 4);
      const { tokens } = backbone.vision.config;
      const held: number[] = [];
      for (const share of [0, 0.5, 1, 1]) {
        const gates = Uint8Array.from(layout.pairs, (_pair, i) => Number(i < share * layout.pairs.length));
        const variant = { adapter: randomAdapter(layout, 3), gates };
        const actual = await engine.attention({ layout, scale: 0.7 }, variant, patches);
        const { maps } = writtenOut(backbone, patches, { layout, scale: 0.7, ...variant });
        maps.flat(2).forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));
        for (let row = 0; row < actual.length; row += tokens)
          expect(actual.subarray(row, row + tokens).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        held.push(device.memoryBytes());
      }
      expect(held[3]).toBe(held[2]);
    },
    300_000,
  );
});

describe('attention of the golden models', () => {
  it.each(['vit', 'clip', 'dinov2'])('is that of a pass that gives the golden hidden states: %s', async (name) => {
    const folder = `tests/golden/${name}`;
    const config = parseModelConfig(readJsonFile(`${folder}/config.json`));
    const backbone = readCheckpoint(config, readTensors(`${folder}/model.safetensors`));
    const golden = readTensors(`${folder}/forward.safetensors`);
    const { imageSize, patchSize, tokens, width, layers } = backbone.vision.config;
    const count = golden.tensors.get('pixel_values')!.shape[0];
    const all = patchifyPixelValues(golden.float32('pixel_values'), count, imageSize, patchSize);
    const patches = all.slice(0, all.length / count);
    const { maps, hidden } = writtenOut(backbone, patches);
    const states = golden.tensors.has('last_hidden_state') ? golden.float32('last_hidden_state') : null;
    if (states) hidden.flat().forEach((value, i) => expect(value).toBeCloseTo(states[i], 3));
    expect(hidden.flat()).toHaveLength(tokens * width);
    const engine = loadedEngine(createReferenceDevice(), backbone);
    const layout = testLayout(backbone);
    const frozen = { adapter: new Float32Array(layout.size), gates: new Uint8Array(layout.pairs.length) };
    const actual = await engine.attention({ layout, scale: 1 }, frozen, patches);
    expect(actual).toHaveLength(layers * tokens ** 2);
    maps.flat(2).forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 6));
    await expect(engine.attention({ layout, scale: 1 }, frozen, patches.slice(1))).rejects.toThrow('patch values');
    const short = { ...frozen, gates: new Uint8Array(1) };
    await expect(engine.attention({ layout, scale: 1 }, short, patches)).rejects.toThrow('1 gates');
  });
});
