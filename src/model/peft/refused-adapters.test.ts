import { describe, expect, it } from 'vitest';
import type { OutputTensor } from '../write-safetensors.ts';
import type { AdapterBase } from './base.ts';
import { parsePeftConfig } from './config.ts';
import { baseOf, bytesOf, factors, filled, foreign, Q } from './test-peft.ts';

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
    ['weights stored the other way round', { fan_in_fan_out: true }, good, 'fan_in_fan_out'],
    ['trained biases', { bias: 'all' }, good, 'bias="none"'],
    ['PiSSA', { init_lora_weights: 'pissa_niter_4' }, good, 'init_lora_weights'],
    ['LoRA-GA', { init_lora_weights: 'lora_ga' }, good, 'init_lora_weights'],
    ['KaSA', { kasa_config: { beta: 0.1 } }, good, 'variant of LoRA (kasa_config)'],
    ['activated LoRA', { alora_invocation_tokens: [1, 2] }, good, 'variant of LoRA (alora_invocation_tokens)'],
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
      '“visual_projection” is a module that this page does not adapt',
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
    ['a broken pattern', { target_modules: '(' }, good, 'the pattern “(” cannot be matched here'],
    ['a lookahead', { target_modules: '(?!x).*' }, good, 'the pattern “(?!x).*” cannot be matched here'],
    ['a reference to a group', { exclude_modules: '(.)\\1' }, good, 'Lookahead, lookbehind and references to groups'],
    ['a huge pattern', { target_modules: '.*|'.repeat(20_000) }, good, 'too large to be matched'],
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

  it('a classifier of the mean of CLIP’s patches, and one that may be such a one', () => {
    const classifier = { 'classifier.weight': filled([2, 6]), 'classifier.bias': filled([2]) };
    const tensors = { ...factors(Q(0)), ...classifier };
    const of = (auto_mapping: unknown) =>
      foreign({ auto_mapping, target_modules: [Q(0)] }, tensors, baseOf('clip-vision'));
    expect(() => of({ base_model_class: 'CLIPForImageClassification' })).toThrow('mean of the patch tokens');
    expect(of(null).warnings).toEqual([expect.stringContaining('does not say for which model')]);
    expect(of({ base_model_class: 'CLIPVisionModel' }).warnings).toEqual([]);
  });

  it('a configuration that is no JSON', () => {
    expect(() => parsePeftConfig(bytesOf('{'))).toThrow('adapter_config.json');
  });
});
