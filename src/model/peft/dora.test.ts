/** DoRA adapters to PEFT's files, back, and into checkpoints. */
import { describe, expect, it } from 'vitest';
import { createAdapterLayout, PROJECTIONS, type AdapterLayout, type Projection } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { pairProduct } from '../../copra/relayout.ts';
import { randomAdapter } from '../../copra/test-layouts.ts';
import { adaptedMap } from '../backbone.ts';
import { parseModelConfig } from '../config.ts';
import { together } from '../../../tests/support/bytes.ts';
import { readBytes, readJsonFile } from '../../../tests/support/files.ts';
import { readCheckpoint } from '../read-checkpoint.ts';
import { parseSafetensors, type SafetensorsFile } from '../safetensors.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import { adapterBaseOf, hasPrompts, ofProjections, type AdapterBase } from './base.ts';
import { parsePeftConfig } from './config.ts';
import { mergedWeights } from './merge-weights.ts';
import { readPeft } from './read.ts';
import { bytesOf } from './test-peft.ts';
import { writePeft, type PeftOptions } from './write.ts';

const optionsOf = (base: AdapterBase, changes: Partial<PeftOptions> = {}): PeftOptions => ({
  base,
  baseModel: null,
  revision: null,
  naming: 'v5',
  scaling: null,
  ...changes,
});

const tensorsOf = (file: SafetensorsFile): Record<string, OutputTensor> =>
  Object.fromEntries([...file.tensors].map(([name, { shape }]) => [name, { shape, data: file.float32(name) }]));

/** Norms between 0.5 and 3 for a tower of 2 layers. */
function madeBase(family: AdapterBase['family']): AdapterBase {
  const rng = stream(3, 'analysis');
  const shape = { layers: 2, width: 6, mlpWidth: 10 };
  const layer = () =>
    ofProjections((map) => Float64Array.from({ length: map === 'fc1' ? 10 : 6 }, () => 0.5 + 2.5 * rng.uniform()));
  return { family, shapes: { vision: shape }, layerScales: null, rowNorms: { vision: [layer(), layer()] } };
}

function doraLayout(base: AdapterBase, projections: readonly Projection[] = PROJECTIONS): AdapterLayout {
  const head = hasPrompts(base) ? null : { classes: 3, features: base.shapes.vision?.width ?? 0 };
  const towers = ['vision', 'text'] as const;
  return createAdapterLayout(base.shapes, { rank: 2, towers, projections, dora: true }, head);
}

/** Factors are compared to the bit, changes of magnitudes to the rounding of a norm to float32. */
function expectSame(layout: AdapterLayout, actual: Float32Array, expected: Float32Array, norms: AdapterBase): void {
  const isChange = new Uint8Array(layout.size);
  for (const { magnitudeOffset, outFeatures, tower, layer, projection } of layout.pairs) {
    const from = magnitudeOffset ?? NaN;
    isChange.fill(1, from, from + outFeatures);
    for (let o = 0; o < outFeatures; o++) {
      const m = (norms.rowNorms?.[tower]?.[layer][projection][o] ?? NaN) + expected[from + o];
      // Half a unit in the last place of m, and the layer scale's division and product.
      expect(Math.abs(actual[from + o] - expected[from + o])).toBeLessThanOrEqual(2 ** -23 * Math.abs(m) + 1e-9);
    }
  }
  expect(actual.filter((_, i) => !isChange[i])).toEqual(expected.filter((_, i) => !isChange[i]));
}

function roundTrip(layout: AdapterLayout, values: Float32Array, base: AdapterBase) {
  const { config, weights } = writePeft({ layout, scale: 0.5, values }, optionsOf(base));
  const file = parseSafetensors(weights);
  return { config, file, back: readPeft(parsePeftConfig(bytesOf(config)), file, base) };
}

describe('a DoRA adapter', () => {
  it.each(['clip-vision', 'vit', 'dinov2', 'timm'] as const)('goes through the files of PEFT: %s', (family) => {
    const base = madeBase(family);
    const layout = doraLayout(base);
    const values = randomAdapter(layout, 2);
    const { config, back } = roundTrip(layout, values, base);
    expect(JSON.parse(config)).toMatchObject({ use_dora: true });
    expect(back).toMatchObject({ scale: 0.5, warnings: [] });
    expect(back.layout).toEqual(layout);
    expectSame(layout, back.values, values, base);
  });

  it('has magnitudes by PEFT’s name, which are the norms and their changes', () => {
    const base = madeBase('clip-vision');
    const layout = doraLayout(base);
    const values = randomAdapter(layout, 2);
    const { file } = roundTrip(layout, values, base);
    const name = 'base_model.model.encoder.layers.1.mlp.fc1.lora_magnitude_vector';
    expect(file.tensors.get(name)?.shape).toEqual([10]);
    const pair = layout.pairs.find(({ layer, projection }) => layer === 1 && projection === 'fc1');
    file
      .float32(name)
      .forEach((value, o) =>
        expect(value).toBe(
          Math.fround((base.rowNorms?.vision?.[1].fc1[o] ?? NaN) + values[(pair?.magnitudeOffset ?? NaN) + o]),
        ),
      );
    const untrained = roundTrip(layout, new Float32Array(layout.size), base);
    expect(untrained.file.float32(name)).toEqual(Float32Array.from(base.rowNorms?.vision?.[1].fc1 ?? []));
  });

  it('is read with every name PEFT has had for magnitudes', () => {
    const base = madeBase('clip-vision');
    const layout = doraLayout(base);
    const { config, file, back } = roundTrip(layout, randomAdapter(layout, 2), base);
    for (const suffix of ['.weight', '.default', '.default.weight']) {
      const renamed = Object.fromEntries(
        Object.entries(tensorsOf(file)).map(([name, tensor]) => [
          name.endsWith('lora_magnitude_vector') ? name + suffix : name,
          tensor,
        ]),
      );
      const read = readPeft(parsePeftConfig(bytesOf(config)), parseSafetensors(writeSafetensors(renamed)), base);
      expect(read.values).toEqual(back.values);
    }
  });

  it('of a map that timm fuses keeps the rows that are not adapted', () => {
    const base = madeBase('timm');
    const layout = doraLayout(base, ['q', 'v']);
    const values = randomAdapter(layout, 2);
    const { file, back } = roundTrip(layout, values, base);
    const magnitudes = file.float32('base_model.model.blocks.0.attn.qkv.lora_magnitude_vector');
    expect(magnitudes).toHaveLength(18);
    expect([...magnitudes.subarray(6, 12)]).toEqual(Array.from(base.rowNorms?.vision?.[0].k ?? [], Math.fround));
    const k = back.layout.pairs.find(({ layer, projection }) => layer === 0 && projection === 'k');
    const from = k?.magnitudeOffset ?? NaN;
    back.values.subarray(from, from + 6).forEach((change) => expect(Math.abs(change)).toBeLessThan(3 * 2 ** -24));
  });

  it('cannot be written without the norms of the weights', () => {
    const base = madeBase('vit');
    const layout = doraLayout(base);
    const adapter = { layout, scale: 1, values: new Float32Array(layout.size) };
    expect(() => writePeft(adapter, optionsOf({ ...base, rowNorms: null }))).toThrow('norms of the rows');
  });
});

/** A golden backbone, a DoRA adapter of it, and the checkpoint with the adapter merged in. */
function merged(name: string) {
  const config = parseModelConfig(readJsonFile(`tests/golden/${name}/config.json`));
  const file = () => parseSafetensors(readBytes(`tests/golden/${name}/model.safetensors`));
  const backbone = readCheckpoint(config, file());
  const base = adapterBaseOf(backbone, config, true);
  const layout = createAdapterLayout(base.shapes, {
    rank: 2,
    towers: ['vision', 'text'],
    projections: PROJECTIONS,
    dora: true,
  });
  const values = randomAdapter(layout, 6).map((value) => 0.1 * value);
  const adapter = { layout, scale: 0.5, values };
  const parts = [...mergedWeights(file(), adapter, base)];
  const after = readCheckpoint(config, parseSafetensors(together(parts)));
  return { backbone, base, layout, values, adapter, after };
}

describe.each(['clip', 'vit', 'dinov2'])('of the backbone %s', (name) => {
  const { backbone, base, layout, values, adapter, after } = merged(name);

  it('merged weights are diag(m / n)(W + s·B·A), layer scales included', () => {
    for (const pair of layout.pairs) {
      const { inFeatures, outFeatures, magnitudeOffset } = pair;
      const [before, now] = [adaptedMap(backbone, pair).weight, adaptedMap(after, pair).weight];
      const update = pairProduct(layout, values, pair);
      for (let o = 0; o < outFeatures; o++) {
        const at = o * inFeatures;
        const row = Array.from({ length: inFeatures }, (_, i) => before[at + i] + adapter.scale * update[at + i]);
        const m = Math.hypot(...before.subarray(at, at + inFeatures)) + values[(magnitudeOffset ?? NaN) + o];
        const factor = m / Math.hypot(...row);
        row.forEach((value, i) => expect(Math.abs(now[at + i] - factor * value)).toBeLessThan(1e-5));
      }
    }
  });

  it('files hold what they were made of', () => {
    const { config, weights } = writePeft(adapter, optionsOf(base));
    const back = readPeft(parsePeftConfig(bytesOf(config)), parseSafetensors(weights), base);
    expect(back.layout).toEqual(layout);
    if (name === 'dinov2') {
      // The layer scale is divided out and multiplied in again.
      back.values.forEach((value, i) => expect(value).toBeCloseTo(values[i], 5));
    } else expectSame(layout, back.values, values, base);
  });
});
