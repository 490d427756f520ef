import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../tests/support/files.ts';
import { layerUpdateNorms } from '../../copra/pruning/update-norm.ts';
import { randomAdapter } from '../../copra/test-layouts.ts';
import { layoutOfPairs, pairShape, type AdapterLayout } from '../../core/adapter-layout.ts';
import { readTensors } from '../test-golden-files.ts';
import type { AdapterBase } from './base.ts';
import { parsePeftConfig } from './config.ts';
import { readPeft } from './read.ts';
import { baseOf, layoutFor, optionsOf, roundTrip, SHAPE, write } from './test-peft.ts';

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

  it('of fused maps of which layers adapt more or fewer has a rank for each number, and keeps its updates', () => {
    const base = baseOf('timm');
    const all = layoutFor(base).pairs;
    const ofParts = (pairs: typeof all) => {
      const layout = layoutOfPairs(pairs, 2);
      return { layout, scale: 2, values: randomAdapter(layout, 3) };
    };
    const adapted = ['q', 'qk', 'qkvo'];
    const more = ofParts(all.filter(({ layer, projection }) => adapted[layer].includes(projection)));
    expect(write(more, optionsOf(base)).json).toMatchObject({
      r: 2,
      rank_pattern: { '1\\.attn\\.qkv': 4, '2\\.attn\\.qkv': 6 },
      alpha_pattern: { '1\\.attn\\.qkv': 8, '2\\.attn\\.qkv': 12 },
    });
    fc.assert(
      fc.property(fc.subarray([...all], { minLength: 1 }), (pairs) => {
        const adapter = ofParts(pairs);
        const back = roundTrip(adapter, optionsOf(base));
        expect([back.scale, back.warnings]).toEqual([2, []]);
        const norms = [back, adapter].map(({ layout, values, scale }) =>
          layerUpdateNorms(layout, values, scale, () => new Float32Array(0)),
        );
        expect(norms[0]).toEqual(norms[1]);
      }),
      { numRuns: 40 },
    );
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
    const b = file.float32('base_model.model.dinov2.encoder.layer.1.attention.o_proj.lora_B.weight');
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
    const { json: whole } = write({ layout, scale: 2, values }, optionsOf(base));
    expect(whole).toMatchObject({ lora_alpha: 4 });
    expect(whole).not.toHaveProperty('use_rslora');
  });

  it('has no keys that say nothing and that old versions of PEFT do not know', () => {
    const base = baseOf('clip');
    const layout = layoutFor(base);
    const { json } = write({ layout, scale: 1, values: randomAdapter(layout, 1) }, optionsOf(base));
    // LoraConfig of PEFT 0.13 has all of them.
    const known = `auto_mapping base_model_name_or_path bias fan_in_fan_out inference_mode init_lora_weights layers_pattern
      layers_to_transform lora_alpha lora_dropout modules_to_save peft_type r revision target_modules task_type`;
    expect(Object.keys(json).toSorted()).toEqual(known.split(/\s+/));
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
    expect(again.json).toMatchObject({
      r: config.r,
      lora_alpha: config.lora_alpha,
      ...(config.use_rslora && { use_rslora: true }),
    });
  }
});
