import { describe, expect, it } from 'vitest';
import { adapterBaseOf } from './base.ts';
import { mergedConfig, mergedWeights } from './merge-weights.ts';
import { memoryBytes, type ByteSource } from '../../platform/byte-source.ts';
import { parseModelConfig } from '../config.ts';
import { sameBytes } from '../../../tests/support/bytes.ts';
import { readBytes, readJsonFile } from '../../../tests/support/files.ts';
import { readCheckpoint } from '../read-checkpoint.ts';
import { parseSafetensors } from '../safetensors.ts';
import { openWeights } from '../open-weights.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import { pairProduct } from '../../copra/relayout.ts';
import { randomAdapter } from '../../copra/test-layouts.ts';
import { createAdapterLayout, PROJECTIONS, type Projection } from '../../core/adapter-layout.ts';

function join(iterable: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  const parts = [...iterable];
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function setUp(name: string, withHead: boolean, projections: readonly Projection[] = PROJECTIONS) {
  const bytes = readBytes(`tests/golden/${name}/model.safetensors`);
  const config = parseModelConfig(readJsonFile(`tests/golden/${name}/config.json`));
  const backbone = readCheckpoint(config, parseSafetensors(bytes));
  const base = adapterBaseOf(backbone, config, false);
  const head = withHead ? { classes: 3, features: backbone.vision.config.width } : null;
  const layout = createAdapterLayout(base.shapes, { rank: 2, towers: ['vision', 'text'], projections }, head);
  const adapter = { layout, scale: 0.5, values: randomAdapter(layout, 6) };
  const merged = parseSafetensors(join(mergedWeights(parseSafetensors(bytes), adapter, base)));
  return { bytes, config, backbone, base, adapter, original: parseSafetensors(bytes), merged };
}

describe('a merged checkpoint', () => {
  for (const name of ['clip', 'vit', 'dinov2'] as const)
    it(`is read as W + s·B·A, everything else as it was: ${name}`, () => {
      const { config, backbone, adapter, merged, original } = setUp(name, false);
      expect([...merged.tensors.keys()].sort()).toEqual([...original.tensors.keys()].sort());
      const after = readCheckpoint(config, merged);
      const tower = (b: typeof after, t: 'vision' | 'text') => (t === 'text' && b.kind === 'clip' ? b.text : b.vision);
      for (const pair of adapter.layout.pairs) {
        const before = tower(backbone, pair.tower).blocks[pair.layer][pair.projection].weight;
        const now = tower(after, pair.tower).blocks[pair.layer][pair.projection].weight;
        const update = pairProduct(adapter.layout, adapter.values, pair);
        const worst = now.reduce((max, value, i) => Math.max(max, Math.abs(value - before[i] - 0.5 * update[i])), 0);
        expect(worst).toBeLessThan(1e-5);
      }
      expect(after.vision.positions).toEqual(backbone.vision.positions);
      expect(after.vision.blocks[0].q.bias).toEqual(backbone.vision.blocks[0].q.bias);
    });

  it('brings its classifier, and the names of a model that has one', () => {
    const vit = setUp('vit', true, ['q']);
    expect(vit.merged.tensors.get('classifier.weight')?.shape).toEqual([3, vit.backbone.vision.config.width]);
    const dino = setUp('dinov2', true, ['q']);
    expect(dino.merged.tensors.get('classifier.weight')?.shape).toEqual([3, 2 * dino.backbone.vision.config.width]);
    expect([...dino.merged.tensors.keys()].every((n) => n.startsWith('dinov2.') || n.startsWith('classifier.'))).toBe(
      true,
    );
    const config = JSON.parse(mergedConfig({ model_type: 'vit' }, vit.adapter, vit.base, ['a', 'b', 'c'])) as object;
    expect(config).toMatchObject({ architectures: ['ViTForImageClassification'], id2label: { 0: 'a', 2: 'c' } });
  });

  it('has as many classes as its classifier, whether they are named or not', () => {
    const { adapter, base } = setUp('vit', true);
    const configOf = (family: typeof base.family, classes: readonly string[]) =>
      JSON.parse(mergedConfig({ label_names: ['of the original'] }, adapter, { ...base, family }, classes)) as unknown;
    expect(configOf('vit', [])).toMatchObject({ id2label: { 0: 'LABEL_0', 2: 'LABEL_2' }, label2id: { LABEL_2: 2 } });
    expect(configOf('timm', ['a', 'b', 'c'])).toEqual({ num_classes: 3, label_names: ['a', 'b', 'c'] });
    for (const classes of [[], ['a', 'b']]) expect(configOf('timm', classes)).toEqual({ num_classes: 3 });
  });

  it('tells timm the number of classes once', () => {
    const { adapter, base } = setUp('vit', true);
    const original = {
      architecture: 'vit_tiny_patch16_224',
      num_classes: 10,
      model_args: { num_classes: 10, img_size: 32 },
      label_descriptions: { a: 'of the original' },
    };
    expect(JSON.parse(mergedConfig(original, adapter, { ...base, family: 'timm' }, []))).toEqual({
      architecture: 'vit_tiny_patch16_224',
      num_classes: 3,
      model_args: { img_size: 32 },
    });
  });

  it('keeps half precision', () => {
    const { original, adapter, base } = setUp('vit', false, ['v']);
    const half = Object.fromEntries(
      [...original.tensors].map(([name, { shape }]) => [name, { shape, data: original.float32(name), half: true }]),
    );
    const merged = parseSafetensors(join(mergedWeights(parseSafetensors(writeSafetensors(half)), adapter, base)));
    expect(new Set([...merged.tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
  });

  it('is one file of several shards, and one tensor at a time is read', async () => {
    const { original, adapter, base, merged } = setUp('clip', false);
    const names = [...original.tensors.keys()];
    const index: Record<string, string> = {};
    const files = new Map<string, ByteSource>();
    let reads = 0;
    [0, 1, 2].forEach((shard) => {
      const mine = names.filter((_, i) => i % 3 === shard);
      const tensors = mine.map((name) => [
        name,
        { shape: original.tensors.get(name)!.shape, data: original.float32(name) },
      ]);
      const source = memoryBytes(writeSafetensors(Object.fromEntries(tensors) as Record<string, OutputTensor>));
      const read: ByteSource['read'] = (begin, end) => {
        reads++;
        return source.read(begin, end);
      };
      mine.forEach((name) => (index[name] = `model-${shard}.safetensors`));
      files.set(`model-${shard}.safetensors`, { size: source.size, read });
    });
    const json = new TextEncoder().encode(JSON.stringify({ weight_map: index }));
    files.set('model.safetensors.index.json', memoryBytes(json));
    const sharded = await openWeights((file) => Promise.resolve(files.get(file) ?? null));
    const headers = reads;
    const parts = mergedWeights(sharded, adapter, base)[Symbol.iterator]();
    parts.next(); // the header of the result takes no weights
    expect(reads).toBe(headers);
    parts.next();
    expect(reads).toBe(headers + 1);
    const joined = parseSafetensors(join(mergedWeights(sharded, adapter, base)));
    expect([...joined.tensors.keys()].sort()).toEqual([...merged.tensors.keys()].sort());
    for (const name of merged.tensors.keys()) expect(sameBytes(joined.raw(name), merged.raw(name)), name).toBe(true);
  });

  it('says which weights are missing', () => {
    const { adapter, base } = setUp('vit', false, ['v']);
    const empty = writeSafetensors({ other: { shape: [1], data: new Float32Array(1) } });
    expect(() => mergedWeights(parseSafetensors(empty), adapter, base)).toThrow('Fetch the whole model');
  });
});
