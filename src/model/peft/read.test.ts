import { describe, expect, it } from 'vitest';
import { pairProduct } from '../../copra/relayout.ts';
import { baseOf, factors, filled, foreign, Q } from './test-peft.ts';

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

  it('may name each of its many maps, as a list or as one pattern', () => {
    const deep = { ...baseOf('clip'), shapes: { vision: { layers: 12, width: 6, mlpWidth: 10 } } };
    const paths = Array.from({ length: 12 }, (_, layer) =>
      ['q', 'k', 'v', 'out'].map((map) => `vision_model.encoder.layers.${layer}.self_attn.${map}_proj`),
    ).flat();
    const tensors = Object.assign({}, ...paths.map((path) => factors(path))) as ReturnType<typeof factors>;
    const pattern = paths.map((path) => path.replaceAll('.', '\\.')).join('|');
    for (const target_modules of [paths, pattern]) {
      const { layout, warnings } = foreign({ target_modules }, tensors, deep);
      expect(layout.pairs).toHaveLength(48);
      expect(warnings).toEqual([]);
    }
  });

  it('has PEFT’s own rank and α where it names none', () => {
    const { layout, scale } = foreign({ r: undefined, lora_alpha: undefined }, factors(Q(0), 8));
    expect([layout.rank, scale]).toEqual([8, 1]);
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
