import { describe, expect, it } from 'vitest';
import { createAdapterLayout, PROJECTIONS } from '../../core/adapter-layout.ts';
import { renamedIn, tellingModule } from './names.ts';
import { targetMatcher } from './targets.ts';
import { baseOf, layoutFor, optionsOf, write } from './test-peft.ts';

it('tells the versions that fit all of several families', () => {
  expect(renamedIn(['vit', 'clip-vision'])).toEqual({ all: '5.9', none: '5.6' });
  expect(renamedIn(['clip-vision'])).toEqual({ all: '5.6', none: '5.6' });
  expect(renamedIn(['vit', 'dinov2'])).toEqual({ all: null, none: '5.9' });
  expect(renamedIn(['dinov2'])).toEqual({ all: null, none: null });
  expect(renamedIn(['timm'])).toBeNull();
});

/** Modules of one layer of transformers' models, and where layers are, as its source has them. */
const TREES = {
  vit: {
    v4: {
      at: 'vit.encoder.layer',
      layer: [
        'attention.attention.query',
        'attention.attention.key',
        'attention.attention.value',
        'attention.output.dense',
        'intermediate.dense',
        'output.dense',
        'layernorm_before',
      ],
    },
    v5: {
      at: 'vit.layers',
      layer: [
        'attention.q_proj',
        'attention.k_proj',
        'attention.v_proj',
        'attention.o_proj',
        'mlp.fc1',
        'mlp.fc2',
        'layernorm_before',
      ],
    },
  },
  dinov2: {
    v4: {
      at: 'dinov2.encoder.layer',
      layer: [
        'norm1',
        'attention.attention.query',
        'attention.attention.key',
        'attention.attention.value',
        'attention.output.dense',
        'layer_scale1',
        'drop_path',
        'norm2',
        'mlp.fc1',
        'mlp.activation',
        'mlp.fc2',
        'layer_scale2',
      ],
    },
    v5: {
      at: 'dinov2.encoder.layer',
      layer: [
        'norm1',
        'attention.q_proj',
        'attention.k_proj',
        'attention.v_proj',
        'attention.o_proj',
        'layer_scale1',
        'drop_path',
        'norm2',
        'mlp.fc1',
        'mlp.activation_fn',
        'mlp.fc2',
        'layer_scale2',
      ],
    },
  },
} as const;

describe.each(['vit', 'dinov2'] as const)('a %s of transformers', (family) => {
  it.each(['v4', 'v5'] as const)('has all modules that an adapter with the names %s is for', (naming) => {
    const base = baseOf(family);
    const layout = layoutFor(base);
    const { at, layer } = TREES[family][naming];
    const tree = [0, 1, 2].flatMap((number) => layer.map((name) => `${at}.${number}.${name}`));
    const { json, file } = write({ layout, scale: 1, values: new Float32Array(layout.size) }, optionsOf(base, naming));
    const adapted = [...file.tensors.keys()].flatMap(
      (name) => /^base_model\.model\.(.*)\.lora_A\.weight$/.exec(name)?.[1] ?? [],
    );
    expect(adapted).toHaveLength(3 * PROJECTIONS.length);
    expect(tree).toEqual(expect.arrayContaining(adapted));
    const keys = { exclude_modules: null, layers_to_transform: null, layers_pattern: null };
    const isTarget = targetMatcher({ ...keys, target_modules: json.target_modules as string });
    expect(tree.filter(isTarget).toSorted()).toEqual(adapted.toSorted());
  });
});

it('a module tells the names apart where there is one', () => {
  const { shapes } = baseOf('dinov2');
  const pairsOf = (...projections: (typeof PROJECTIONS)[number][]) =>
    createAdapterLayout(shapes, { rank: 1, towers: ['vision'], projections }, null).pairs;
  expect(tellingModule(pairsOf('v', 'fc1'), 'dinov2', 'v5')).toBe('dinov2.encoder.layer.0.attention.v_proj');
  expect(tellingModule(pairsOf('v', 'fc1'), 'dinov2', 'v4')).toBe('dinov2.encoder.layer.0.attention.attention.value');
  expect(tellingModule(pairsOf('fc1', 'fc2'), 'dinov2', 'v5')).toBeNull();
  expect(tellingModule(pairsOf('q'), 'timm', 'v5')).toBeNull();
});
