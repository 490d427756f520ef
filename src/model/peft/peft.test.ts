import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../tests/support/files.ts';
import { layerUpdateNorms } from '../../copra/pruning/update-norm.ts';
import { pairProduct } from '../../copra/relayout.ts';
import { randomAdapter } from '../../copra/test-layouts.ts';
import { layoutOfPairs, pairShape, type AdapterLayout } from '../../core/adapter-layout.ts';
import { readTensors } from '../test-golden-files.ts';
import { parseSafetensors } from '../safetensors.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import type { AdapterBase } from './base.ts';
import { parsePeftConfig } from './config.ts';
import { readPeft } from './read.ts';
import { baseOf, layoutFor, optionsOf, SHAPE } from './test-peft.ts';
import { writePeft, type FlatAdapter, type PeftOptions } from './write.ts';

const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

function write(adapter: FlatAdapter, options: PeftOptions) {
  const { config, weights } = writePeft(adapter, options);
  return { json: JSON.parse(config) as Record<string, unknown>, config, weights, file: parseSafetensors(weights) };
}

function roundTrip(adapter: FlatAdapter, options: PeftOptions) {
  const { config, file } = write(adapter, options);
  return readPeft(parsePeftConfig(bytesOf(config)), file, options.base);
}

/** An adapter as it comes from elsewhere. */
function foreign(config: Record<string, unknown>, tensors: Record<string, OutputTensor>, base = baseOf('clip')) {
  const json = JSON.stringify({ peft_type: 'LORA', r: 2, lora_alpha: 4, ...config });
  return readPeft(parsePeftConfig(bytesOf(json)), parseSafetensors(writeSafetensors(tensors)), base);
}

const filled = (shape: readonly number[], start = 1): OutputTensor => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((n, m) => n * m, 1) }, (_, i) => start + i),
});

const factors = (module: string, rank = 2, inFeatures = 6, outFeatures = 6): Record<string, OutputTensor> => ({
  [`base_model.model.${module}.lora_A.weight`]: filled([rank, inFeatures]),
  [`base_model.model.${module}.lora_B.weight`]: filled([outFeatures, rank], 50),
});

const Q = (layer: number) => `vision_model.encoder.layers.${layer}.self_attn.q_proj`;

describe('an adapter that is written and read', () => {
  for (const family of ['clip', 'clip-vision', 'vit', 'deit', 'dinov2'] as const)
    for (const naming of ['v4', 'v5'] as const)
      it(`is the same to the last bit: ${family}, names of transformers ${naming}`, () => {
        const base = baseOf(family);
        const layout = layoutFor(base);
        const values = randomAdapter(layout, 3);
        const back = roundTrip({ layout, scale: 0.5, values }, optionsOf(base, naming));
        expect(back).toEqual({ layout, scale: 0.5, values, warnings: [] });
      });

  it('of a fused map (timm) keeps its updates, and its factors where none is zero', () => {
    const base = baseOf('timm');
    const layout = layoutFor(base);
    const values = randomAdapter(layout, 3);
    const adapter = { layout, scale: 2, values };
    const { json, file } = write(adapter, optionsOf(base));
    expect(file.tensors.get('base_model.model.blocks.0.attn.qkv.lora_A.weight')?.shape).toEqual([6, 6]);
    expect(file.tensors.get('base_model.model.blocks.0.attn.qkv.lora_B.weight')?.shape).toEqual([18, 6]);
    expect(json).toMatchObject({
      r: 2,
      lora_alpha: 4,
      rank_pattern: { 'attn\\.qkv': 6 },
      alpha_pattern: { 'attn\\.qkv': 12 },
      modules_to_save: ['head'],
    });
    expect(roundTrip(adapter, optionsOf(base))).toEqual({ layout, scale: 2, values, warnings: [] });
  });

  it('keeps any scale and any subset of projections', () => {
    const base = baseOf('clip');
    const all = layoutFor(base).pairs;
    fc.assert(
      fc.property(
        fc.subarray([...all], { minLength: 1 }),
        fc.integer({ min: 1, max: 5 }),
        fc.oneof(
          fc.double({ min: 0.01, max: 100, noNaN: true }).map(Math.fround),
          fc.integer({ min: 1, max: 64 }).map((a) => a / Math.sqrt(3)),
        ),
        (pairs, rank, scale) => {
          const layout = layoutOfPairs(pairs, rank);
          const values = randomAdapter(layout, 5);
          const back = roundTrip({ layout, scale, values }, optionsOf(base));
          expect(back.layout).toEqual(layout);
          expect(back.warnings).toEqual([]);
          if (back.scale === scale) expect(back.values).toEqual(values);
          const norms = (l: AdapterLayout, v: Float32Array, s: number) => [
            ...layerUpdateNorms(l, v, s, () => new Float32Array(0)),
          ];
          norms(back.layout, back.values, back.scale).forEach((norm, i) =>
            expect(norm / norms(layout, values, scale)[i]).toBeCloseTo(1, 5),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stands before a layer scale in the file, behind it here', () => {
    const scales = [1, 2, 3].map((s) => ({ o: new Float32Array(6).fill(s), fc2: new Float32Array(6).fill(0.5) }));
    const base: AdapterBase = { ...baseOf('dinov2'), layerScales: scales };
    const layout = layoutOfPairs([pairShape('vision', 1, 'o', SHAPE)], 1);
    const values = Float32Array.from({ length: layout.size }, (_, i) => i + 1);
    const { file } = write({ layout, scale: 1, values }, optionsOf(base));
    const b = file.float32('base_model.model.dinov2.layers.1.attention.o_proj.lora_B.weight');
    expect([...b]).toEqual([3.5, 4, 4.5, 5, 5.5, 6]);
    expect(roundTrip({ layout, scale: 1, values }, optionsOf(base)).values).toEqual(values);
    const dead = { ...base, layerScales: scales.map((s) => ({ ...s, o: new Float32Array(6) })) };
    expect(() => write({ layout, scale: 1, values }, optionsOf(dead))).toThrow('layer scale is 0');
  });
});

describe('the configuration', () => {
  it('writes α and the kind of scaling as they were trained', () => {
    const base = baseOf('clip');
    const layout = layoutFor(base);
    const values = randomAdapter(layout, 1);
    const scaling = { alpha: 1, rsLora: true };
    const { json } = write({ layout, scale: 1 / Math.SQRT2, values }, optionsOf(base, 'v5', { scaling }));
    expect(json).toMatchObject({ r: 2, lora_alpha: 1, use_rslora: true, base_model_name_or_path: 'someone/model' });
    // a scale that needs rsLoRA to be a whole α finds it
    expect(write({ layout, scale: 1 / Math.SQRT2, values }, optionsOf(base)).json).toMatchObject(json);
    expect(write({ layout, scale: 2, values }, optionsOf(base)).json).toMatchObject({
      lora_alpha: 4,
      use_rslora: false,
    });
  });

  it('targets exactly the adapted modules', () => {
    const base = baseOf('clip');
    const layout = layoutOfPairs(
      [
        pairShape('vision', 0, 'q', SHAPE),
        pairShape('vision', 2, 'q', SHAPE),
        pairShape('text', 0, 'fc1', base.shapes.text!),
        pairShape('text', 1, 'fc1', base.shapes.text!),
      ],
      1,
    );
    const { json } = write({ layout, scale: 1, values: randomAdapter(layout, 1) }, optionsOf(base));
    expect(json.target_modules).toBe(
      'vision_model\\.encoder\\.layers\\.(0|2)\\.self_attn\\.q_proj|text_model\\.encoder\\.layers\\.\\d+\\.mlp\\.fc1',
    );
  });
});

describe('an adapter trained elsewhere', () => {
  it('may target a list of names, in both towers', () => {
    const { layout, scale, warnings } = foreign(
      { target_modules: ['q_proj'] },
      {
        ...factors(Q(0)),
        ...factors(Q(1)),
        ...factors(Q(2)),
        ...factors('text_model.encoder.layers.0.self_attn.q_proj', 2, 4, 4),
      },
    );
    expect(layout.players).toHaveLength(4);
    expect(scale).toBe(2);
    expect(warnings).toEqual([
      'Targeted but not in the file, so without effect: text_model.encoder.layers.1.self_attn.q_proj.',
    ]);
  });

  it('may name fewer layers, and hold factors that PEFT would not load', () => {
    const tensors = { ...factors(Q(0)), ...factors(Q(1)), ...factors(Q(2)) };
    const chosen = foreign({ target_modules: ['q_proj'], layers_to_transform: [0, 2] }, tensors);
    expect(chosen.layout.players.map(({ layer }) => layer)).toEqual([0, 2]);
    expect(chosen.warnings).toEqual([`Left out, as PEFT would: ${Q(1)} (in the file, but not among target_modules).`]);
    const excluded = foreign({ target_modules: '.*q_proj', exclude_modules: ['layers.1.self_attn.q_proj'] }, tensors);
    expect(excluded.layout).toEqual(chosen.layout);
    expect(foreign({ target_modules: 'all-linear' }, tensors).layout.players).toHaveLength(3);
  });

  it('may have ranks and α of its own per layer: padded, and folded into B', () => {
    const { layout, scale, values } = foreign(
      {
        target_modules: ['q_proj'],
        rank_pattern: { 'layers\\.1\\.self_attn\\.q_proj': 3 },
        alpha_pattern: { [Q(2)]: 1 },
      },
      { ...factors(Q(0)), ...factors(Q(1), 3), ...factors(Q(2)) },
    );
    expect([layout.rank, scale]).toEqual([3, 1]);
    // ΔW of layer 0 = (4/2) B A with A = [1…6; 7…12] and B rows [50 51] …
    expect(pairProduct(layout, values, layout.pairs[0])[0]).toBe(2 * (50 * 1 + 51 * 7));
    expect(pairProduct(layout, values, layout.pairs[1])[0]).toBeCloseTo((4 / 3) * (50 * 1 + 51 * 7 + 52 * 13), 2);
    expect(pairProduct(layout, values, layout.pairs[2])[0]).toBe(0.5 * (50 * 1 + 51 * 7));
  });

  it('may be stored in half precision, under the adapter’s name, or without PEFT’s prefix', () => {
    const [a, b] = Object.values(factors(Q(0)));
    const half = foreign(
      { target_modules: ['q_proj'] },
      {
        [`${Q(0)}.lora_A.default.weight`]: { ...a, half: true },
        [`${Q(0)}.lora_B.default.weight`]: { ...b, half: true },
      },
    );
    expect(half.values).toEqual(Float32Array.from([...a.data, ...b.data]));
  });

  it('may come from the old names of a ViT, with its classifier', () => {
    const { layout, values } = foreign(
      { target_modules: ['query', 'value'], modules_to_save: ['classifier'] },
      {
        ...factors('vit.encoder.layer.1.attention.attention.value'),
        'base_model.model.classifier.weight': filled([3, 6]),
        'base_model.model.classifier.bias': filled([3], 90),
      },
      baseOf('vit'),
    );
    expect(layout.pairs).toMatchObject([{ layer: 1, projection: 'v' }]);
    expect([...values.slice(layout.head!.biasOffset)]).toEqual([90, 91, 92]);
  });

  it('of timm becomes three projections that share A', () => {
    const { layout, values } = foreign(
      { target_modules: ['qkv'] },
      factors('blocks.2.attn.qkv', 2, 6, 18),
      baseOf('timm'),
    );
    expect(layout.pairs.map(({ projection }) => projection)).toEqual(['q', 'k', 'v']);
    const [q, k] = layout.pairs;
    expect(values.slice(q.aOffset, q.bOffset)).toEqual(values.slice(k.aOffset, k.bOffset));
    expect([...values.slice(k.bOffset, k.bOffset + 2)]).toEqual([50 + 12, 50 + 13]);
  });
});

describe('an adapter that cannot be used says why', () => {
  const good = factors(Q(0));
  const cases: [string, Record<string, unknown>, Record<string, OutputTensor>, string, AdapterBase?][] = [
    ['DoRA without magnitudes', { use_dora: true }, good, 'has no magnitudes (lora_magnitude_vector)'],
    [
      'DoRA by its tensors alone',
      { target_modules: ['q_proj'] },
      { ...good, [`${Q(0)}.lora_magnitude_vector`]: filled([6]) },
      'does not say so (use_dora)',
    ],
    [
      'DoRA of another width',
      { use_dora: true },
      { ...good, [`${Q(0)}.lora_magnitude_vector`]: filled([8]) },
      'has shape [8]; rank and backbone call for [6]',
    ],
    [
      'DoRA as a column',
      { use_dora: true },
      { ...good, [`${Q(0)}.lora_magnitude_vector`]: filled([6, 1]) },
      'has shape [6, 1]',
    ],
    ['magnitudes alone', { use_dora: true }, { [`${Q(0)}.lora_magnitude_vector`]: filled([6]) }, 'two factors'],
    ['another method', { peft_type: 'LOHA' }, good, 'only LORA'],
    ['a bias behind B', { lora_bias: true }, good, 'lora_bias'],
    ['trained biases', { bias: 'all' }, good, 'bias="none"'],
    ['PiSSA', { init_lora_weights: 'pissa_niter_4' }, good, 'init_lora_weights'],
    ['another width', {}, factors(Q(0), 2, 8, 8), 'has shape [2, 8]; rank and backbone call for [2, 6]'],
    ['another rank than it says', {}, factors(Q(0), 4), 'call for [2, 6]'],
    ['more layers', {}, factors(Q(7)), 'is layer 7; the vision tower of this backbone has 3 layers'],
    [
      'a missing tower',
      {},
      factors('text_model.encoder.layers.0.self_attn.q_proj', 2, 4, 4),
      'does not have',
      baseOf('vit'),
    ],
    [
      'another module',
      {},
      factors('visual_projection'),
      '"visual_projection" is a module that this page does not adapt',
    ],
    ['half a pair', {}, { [Object.keys(good)[0]]: Object.values(good)[0] }, 'only one of its two factors'],
    ['nothing', {}, {}, 'no LoRA factors'],
    ['nothing that is targeted', { target_modules: ['v_proj'] }, good, 'none of its factors'],
    [
      'something else',
      {},
      { ...good, 'base_model.model.extra': filled([2]) },
      'neither a LoRA factor nor the classifier',
    ],
    ['a classifier for CLIP', {}, { ...good, 'classifier.weight': filled([2, 6]) }, 'CLIP classifies by its prompts'],
    [
      'NaN',
      {},
      { ...good, [Object.keys(good)[0]]: { shape: [2, 6], data: new Float32Array(12).fill(NaN) } },
      'holds NaN',
    ],
    [
      'a weight that no training leaves',
      {},
      { ...good, [Object.keys(good)[0]]: { shape: [2, 6], data: new Float32Array(12).fill(1e30) } },
      'at index 0; no trained adapter holds numbers above 1,000,000',
    ],
    ['an absurd scale', { lora_alpha: 1e20 }, good, 'its scale is 50000000000000000000'],
    ['one module twice', {}, { ...good, ...factors(`clip.${Q(0)}`) }, 'twice'],
    ['a broken pattern', { target_modules: '(' }, good, 'the pattern "(" cannot be matched here'],
    ['a lookahead', { target_modules: '(?!x).*' }, good, 'the pattern "(?!x).*" cannot be matched here'],
    ['a reference to a group', { exclude_modules: '(.)\\1' }, good, 'Lookahead, lookbehind and references to groups'],
    ['a huge pattern', { target_modules: '.*|'.repeat(1000) }, good, 'too large to be matched'],
    [
      'a pattern of huge repeats',
      { rank_pattern: { ['(.{0,1000})'.repeat(100)]: 2 } },
      good,
      'too large to be matched',
    ],
    ['no rank', { r: 0 }, good, 'adapter_config.json, r'],
  ];
  it.each(cases)('%s', (_name, config, tensors, message, base) => {
    expect(() => foreign(config, tensors, base)).toThrow(message);
  });

  it('a classifier of DINOv2 that reads the patches', () => {
    const tensors = {
      ...factors('dinov2.layers.0.attention.q_proj'),
      'classifier.weight': filled([2, 12]),
      'classifier.bias': filled([2]),
    };
    expect(() => foreign({}, tensors, baseOf('dinov2'))).toThrow('mean of the patch tokens');
  });

  it('a configuration that is no JSON', () => {
    expect(() => parsePeftConfig(bytesOf('{'))).toThrow('adapter_config.json');
  });
});

it('an adapter of the golden vectors survives the round trip', () => {
  for (const name of ['train-lora', 'train-copra']) {
    const config = parsePeftConfig(readBytes(`tests/golden/${name}/adapter_config.json`).buffer);
    const file = readTensors(`tests/golden/${name}/adapter_model.safetensors`);
    const shapes = new Map([...file.tensors].map(([tensor, { shape }]) => [tensor, shape]));
    const width = (tower: string) =>
      shapes.get(`base_model.model.${tower}_model.encoder.layers.0.self_attn.q_proj.lora_A.weight`)![1];
    const layers = (tower: string) => [...shapes.keys()].filter((t) => t.includes(`${tower}_model`)).length / 6;
    const shapeOf = (tower: string) => ({ layers: layers(tower), width: width(tower), mlpWidth: 4 * width(tower) });
    const base: AdapterBase = {
      family: 'clip',
      shapes: { vision: shapeOf('vision'), text: shapeOf('text') },
      layerScales: null,
      rowNorms: null,
    };
    const adapter = readPeft(config, file, base);
    const again = write(adapter, optionsOf(base));
    expect(again.file.tensors.size).toBe(file.tensors.size);
    for (const tensor of file.tensors.keys()) expect(again.file.float32(tensor)).toEqual(file.float32(tensor));
    expect(again.json).toMatchObject({ r: config.r, lora_alpha: config.lora_alpha, use_rslora: config.use_rslora });
  }
});
