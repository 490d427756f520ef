import { describe, expect, test } from 'vitest';
import type { ClipBackbone, VitBackbone } from './backbone.ts';
import { parseModelConfig } from './config.ts';
import { decodeFloat16, encodeFloat16 } from './float16.ts';
import { readJsonFile } from '../../tests/support/files.ts';
import { readTensors } from './test-golden-files.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { parseSafetensors, type SafetensorsFile } from './safetensors.ts';
import { CheckpointError } from './weight-reader.ts';
import { writeClipCheckpoint } from './write-checkpoint.ts';
import { writeSafetensors, type OutputTensor } from './write-safetensors.ts';

const configOf = (folder: string) => parseModelConfig(readJsonFile(`tests/golden/${folder}/config.json`));
const fileOf = (folder: string) => readTensors(`tests/golden/${folder}/model.safetensors`);
const clip = readCheckpoint(configOf('clip'), fileOf('clip')) as ClipBackbone;
const options = { startToken: 1, padToken: 0 } as const;

/** The file with its tensors renamed or changed; a name of null leaves the tensor out. */
function edited(
  file: SafetensorsFile,
  rename: (name: string) => string | null,
  change: (name: string, tensor: OutputTensor) => OutputTensor = (_, tensor) => tensor,
): SafetensorsFile {
  const tensors: Record<string, OutputTensor> = {};
  for (const [name, { shape }] of file.tensors) {
    const target = rename(name);
    if (target !== null) tensors[target] = change(name, { shape, data: file.float32(name) });
  }
  return parseSafetensors(writeSafetensors(tensors));
}

describe('CLIP', () => {
  test('every weight is where the file has it', () => {
    const file = fileOf('clip');
    const read = (name: string) => file.float32(name);
    expect(clip.logitScale).toBe(read('logit_scale')[0]);
    expect(clip.visionProjection).toMatchObject({ inFeatures: 64, outFeatures: 32, bias: null });
    expect(clip.textProjection.weight).toEqual(read('text_projection.weight'));
    expect(clip.vision.patchEmbedding).toMatchObject({ inFeatures: 192, outFeatures: 64, bias: null });
    expect(clip.vision.patchEmbedding.weight).toEqual(read('vision_model.embeddings.patch_embedding.weight'));
    expect(clip.vision.preNorm?.gain).toEqual(read('vision_model.pre_layrnorm.weight'));
    expect(clip.vision.finalNorm.bias).toEqual(read('vision_model.post_layernorm.bias'));
    expect(clip.vision.blocks).toHaveLength(3);
    expect(clip.text.blocks).toHaveLength(2);
    const block = clip.text.blocks[1];
    const at = 'text_model.encoder.layers.1';
    expect(block.ln1.gain).toEqual(read(`${at}.layer_norm1.weight`));
    expect(block.ln2.bias).toEqual(read(`${at}.layer_norm2.bias`));
    expect(block.q.weight).toEqual(read(`${at}.self_attn.q_proj.weight`));
    expect(block.k.bias).toEqual(read(`${at}.self_attn.k_proj.bias`));
    expect(block.v.weight).toEqual(read(`${at}.self_attn.v_proj.weight`));
    expect(block.o.weight).toEqual(read(`${at}.self_attn.out_proj.weight`));
    expect(block.fc1).toMatchObject({ inFeatures: 48, outFeatures: 192 });
    expect(block.fc1.weight).toEqual(read(`${at}.mlp.fc1.weight`));
    expect(block.fc2).toMatchObject({ inFeatures: 192, outFeatures: 48 });
    expect(block.fc2.bias).toEqual(read(`${at}.mlp.fc2.bias`));
    expect(clip.text.positions).toHaveLength(16 * 48);
    expect(clip.text.tokenEmbedding).toHaveLength(120 * 48);
  });

  test('written and read again: equal in F32, rounded once in F16', () => {
    const exact = writeClipCheckpoint(clip, { ...options, dtype: 'F32', metadata: { source: 'test' } });
    const file = parseSafetensors(exact.weights);
    expect([...file.tensors.keys()].sort()).toEqual([...fileOf('clip').tensors.keys()].sort());
    expect(file.metadata.get('source')).toBe('test');
    expect(readCheckpoint(parseModelConfig(JSON.parse(exact.config)), file)).toEqual(clip);

    const half = writeClipCheckpoint(clip, { ...options, dtype: 'F16' });
    const rounded = readCheckpoint(parseModelConfig(JSON.parse(half.config)), parseSafetensors(half.weights));
    expect(half.weights.length).toBeLessThan(0.52 * exact.weights.length);
    expect((rounded as ClipBackbone).logitScale).toBe(clip.logitScale);
    expect((rounded as ClipBackbone).vision.positions).toEqual(decodeFloat16(encodeFloat16(clip.vision.positions)));
    const again = writeClipCheckpoint(rounded as ClipBackbone, { ...options, dtype: 'F16' });
    expect(again.weights).toEqual(half.weights);
  });

  test('without a pre-norm it cannot be written', () => {
    const broken = { ...clip, vision: { ...clip.vision, preNorm: null } };
    expect(() => writeClipCheckpoint(broken, { ...options, dtype: 'F32' })).toThrow(CheckpointError);
  });

  test('a prefix before every name', () => {
    expect(
      readCheckpoint(
        configOf('clip'),
        edited(fileOf('clip'), (name) => `clip.${name}`),
      ),
    ).toEqual(clip);
  });
});

describe('ViT', () => {
  const vit = readCheckpoint(configOf('vit'), fileOf('vit')) as VitBackbone;
  const toV5 = (name: string) =>
    name
      .replace('encoder.layer.', 'layers.')
      .replace('attention.attention.query', 'attention.q_proj')
      .replace('attention.attention.key', 'attention.k_proj')
      .replace('attention.attention.value', 'attention.v_proj')
      .replace('attention.output.dense', 'attention.o_proj')
      .replace('intermediate.dense', 'mlp.fc1')
      .replace('output.dense', 'mlp.fc2');

  test('names of transformers v4', () => {
    const file = fileOf('vit');
    expect(vit.vision.preNorm).toBeNull();
    expect(vit.vision.patchEmbedding.bias).toEqual(file.float32('vit.embeddings.patch_embeddings.projection.bias'));
    expect(vit.vision.classToken).toEqual(file.float32('vit.embeddings.cls_token'));
    const at = 'vit.encoder.layer.2';
    expect(vit.vision.blocks[2].k.weight).toEqual(file.float32(`${at}.attention.attention.key.weight`));
    expect(vit.vision.blocks[2].o.bias).toEqual(file.float32(`${at}.attention.output.dense.bias`));
    expect(vit.vision.blocks[2].fc2.weight).toEqual(file.float32(`${at}.output.dense.weight`));
    expect(vit.classifier).toMatchObject({ inFeatures: 48, outFeatures: 7 });
  });
  test('names of transformers v5 give the same backbone', () => {
    expect(readCheckpoint(configOf('vit'), edited(fileOf('vit'), toV5))).toEqual(vit);
  });
  test('a plain ViTModel has neither prefix nor classifier', () => {
    const plain = edited(fileOf('vit'), (name) => (name.startsWith('vit.') ? name.slice(4) : null));
    expect(readCheckpoint(configOf('vit'), plain)).toEqual({ ...vit, classifier: null });
  });
  test('another image size interpolates the positions', () => {
    const larger = readCheckpoint(configOf('vit'), fileOf('vit'), 48);
    expect(larger.vision.config).toMatchObject({ imageSize: 48, tokens: 37 });
    expect(larger.vision.positions).toHaveLength(37 * 48);
    expect(() => readCheckpoint(configOf('vit'), fileOf('vit'), 50)).toThrow(
      /50 px cannot be cut into patches of 8 px/,
    );
  });
  test('CLIP too', () => {
    const larger = readCheckpoint(configOf('clip'), fileOf('clip'), 48);
    expect(larger.vision.config).toMatchObject({ imageSize: 48, tokens: 37 });
    expect(larger.vision.positions.subarray(0, 64)).toEqual(clip.vision.positions.subarray(0, 64));
  });
});

describe('DINOv2', () => {
  const dinov2 = readCheckpoint(configOf('dinov2'), fileOf('dinov2')) as VitBackbone;
  test('layer scale is folded into the maps before it', () => {
    const file = fileOf('dinov2');
    const at = 'encoder.layer.1';
    for (const [map, name, scaleName] of [
      ['o', 'attention.output.dense', 'layer_scale1'],
      ['fc2', 'mlp.fc2', 'layer_scale2'],
    ] as const) {
      const { weight, bias, inFeatures } = dinov2.vision.blocks[1][map];
      const scale = file.float32(`${at}.${scaleName}.lambda1`);
      const [rawWeight, rawBias] = [file.float32(`${at}.${name}.weight`), file.float32(`${at}.${name}.bias`)];
      for (const [out, column] of [
        [0, 0],
        [5, 3],
        [47, inFeatures - 1],
      ]) {
        const i = out * inFeatures + column;
        expect(weight[i]).toBe(Math.fround(scale[out] * rawWeight[i]));
        expect(bias?.[out]).toBe(Math.fround(scale[out] * rawBias[out]));
      }
    }
    expect(dinov2.vision.blocks[1].fc1.weight).toEqual(file.float32(`${at}.mlp.fc1.weight`));
    expect(dinov2.classifier).toBeNull();
  });
  test('an optional prefix', () => {
    expect(
      readCheckpoint(
        configOf('dinov2'),
        edited(fileOf('dinov2'), (name) => `dinov2.${name}`),
      ),
    ).toEqual(dinov2);
  });
});

describe('timm', () => {
  const vit = readCheckpoint(configOf('vit'), fileOf('vit')) as VitBackbone;
  const { vision } = configOf('vit');
  const input = { cropShare: 1, keepAspect: true, filter: 'bicubic', mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const config = { modelType: 'timm', qkvBias: true, vision, input } as const;
  const NAMES: readonly (readonly [RegExp, string])[] = [
    [/^vit\.embeddings\.patch_embeddings\.projection/, 'patch_embed.proj'],
    [/^vit\.embeddings\.position_embeddings/, 'pos_embed'],
    [/^vit\.embeddings\./, ''],
    [/^vit\.encoder\.layer\./, 'blocks.'],
    [/^vit\.layernorm/, 'norm'],
    [/^classifier/, 'head'],
    [/layernorm_before/, 'norm1'],
    [/layernorm_after/, 'norm2'],
    [/attention\.output\.dense/, 'attn.proj'],
    [/intermediate\.dense/, 'mlp.fc1'],
    [/output\.dense/, 'mlp.fc2'],
  ];
  const toTimm = (name: string) => NAMES.reduce((text, [from, to]) => text.replace(from, to), name);
  /** The vectors' ViT under timm's names, q, k and v fused. */
  function timmFile(extra: (tensors: Record<string, OutputTensor>) => void = () => {}): SafetensorsFile {
    const file = fileOf('vit');
    const tensors: Record<string, OutputTensor> = {};
    for (const [name, { shape }] of file.tensors) {
      const fused = /^(.*)attention\.attention\.query\.(weight|bias)$/.exec(name);
      if (fused) {
        const parts = ['query', 'key', 'value'].map((part) => file.float32(name.replace('query', part)));
        const data = Float32Array.from(parts.flatMap((part) => [...part]));
        tensors[`${toTimm(fused[1])}attn.qkv.${fused[2]}`] = { shape: [3 * shape[0], ...shape.slice(1)], data };
      } else if (!name.includes('attention.attention')) tensors[toTimm(name)] = { shape, data: file.float32(name) };
    }
    extra(tensors);
    return parseSafetensors(writeSafetensors(tensors));
  }

  test('tensors of other names are named', () => {
    const file = fileOf('vit');
    expect(() => readCheckpoint(config, file)).toThrow(
      /has no tensor “pos_embed”.*Its tensors are called “[\w.]+”, “[\w.]+”, “[\w.]+” and \d+ more\./,
    );
    const tensors: Record<string, OutputTensor> = {};
    for (const [name, { shape }] of timmFile().tensors)
      tensors[`module.${name}`] = { shape, data: timmFile().float32(name) };
    const wrapped = parseSafetensors(writeSafetensors(tensors));
    expect(() => readCheckpoint(config, wrapped)).toThrow(/Its tensors are called “module\.pos_embed”/);
  });

  test('fused q, k and v give the same backbone', () => {
    const read = readCheckpoint(config, timmFile()) as VitBackbone;
    expect(read.vision).toEqual(vit.vision);
    expect(read.classifier).toEqual(vit.classifier);
  });
  test('layer scale where the file has it', () => {
    const scale = new Float32Array(vision.width).fill(0.5);
    const file = timmFile((tensors) => (tensors['blocks.1.ls2.gamma'] = { shape: [vision.width], data: scale }));
    const { blocks } = readCheckpoint(config, file).vision;
    expect(blocks[1].fc2.weight[7]).toBe(0.5 * vit.vision.blocks[1].fc2.weight[7]);
    expect(blocks[1].fc2.bias![3]).toBe(0.5 * vit.vision.blocks[1].fc2.bias![3]);
    expect(blocks[0]).toEqual(vit.vision.blocks[0]);
  });
  test('half precision fits too, in both formats', () => {
    const file = timmFile((tensors) => {
      for (const name of Object.keys(tensors)) tensors[name] = { ...tensors[name], half: true };
    });
    const half = readCheckpoint(config, file).vision.positions;
    expect(half).toEqual(decodeFloat16(encodeFloat16(vit.vision.positions)));
  });
});

describe('CLIP vision tower alone', () => {
  test('with and without the wrapper in its names', () => {
    const config = { modelType: 'clip-vision', vision: configOf('clip').vision } as const;
    const alone = (rename: (name: string) => string) =>
      edited(fileOf('clip'), (name) => (name.startsWith('vision_model.') ? rename(name) : null));
    for (const file of [alone((name) => name), alone((name) => name.slice('vision_model.'.length))])
      expect(readCheckpoint(config, file)).toEqual({ kind: 'vit', vision: clip.vision, classifier: null });
  });
});

describe('damaged checkpoints', () => {
  const norm = 'vision_model.encoder.layers.2.layer_norm2.bias';
  const same = (name: string) => name;
  const clipConfig = configOf('clip');
  test('a missing tensor is named', () => {
    const file = edited(fileOf('clip'), (name) => (name === norm ? null : name));
    expect(() => readCheckpoint(clipConfig, file)).toThrow(CheckpointError);
    expect(() => readCheckpoint(clipConfig, file)).toThrow(`no tensor “${norm}”`);
    const empty = parseSafetensors(writeSafetensors({}));
    for (const folder of ['clip', 'vit', 'dinov2'])
      expect(() => readCheckpoint(configOf(folder), empty)).toThrow(CheckpointError);
  });
  test('a wrong shape is named', () => {
    const file = edited(fileOf('clip'), same, (name, tensor) =>
      name === norm ? { ...tensor, shape: [8, 8] } : tensor,
    );
    expect(() => readCheckpoint(clipConfig, file)).toThrow(`“${norm}” has shape [8, 8]; config.json calls for [64].`);
  });
  test('NaN and infinity are named', () => {
    for (const bad of [NaN, Infinity]) {
      const file = edited(fileOf('clip'), same, (name, tensor) =>
        name === norm ? { shape: [64], data: new Float32Array(64).fill(bad, 3) } : tensor,
      );
      expect(() => readCheckpoint(clipConfig, file)).toThrow(`“${norm}” holds ${bad} at index 3`);
    }
  });
});
