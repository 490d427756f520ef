import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ESTIMATORS } from '../../copra/shapley/plan.ts';
import { METHOD_IDS } from '../../copra/methods/registry.ts';
import { StudyConfigSchema, type StudyConfig } from '../../study/config/config.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { ARM_ROWS, ARM_SETTINGS } from '../../study/config/settings/arm.ts';
import { anySettings, anyValue } from '../../study/config/settings/test-values.ts';
import { TRAINING_ROWS, TRAINING_SETTINGS } from '../../study/config/settings/training.ts';
import { configToQuery, queryToConfig, withoutConfig } from './config-query.ts';

const understood = (query: string): StudyConfig => {
  const { config, problems } = queryToConfig(query);
  expect(problems).toEqual([]);
  if (!config) throw new Error('The query says nothing.');
  return config;
};

const share = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const named = {
  method: fc.constantFrom(...METHOD_IDS),
  name: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((name) => name.length <= 60),
};
const arm = fc
  .tuple(fc.record(named), anySettings(ARM_SETTINGS))
  .map(([names, settings]) => ({ ...names, ...settings }));
const count = (min: number, max: number) => fc.integer({ min, max });
const config: fc.Arbitrary<StudyConfig> = fc
  .record({
    version: fc.constant(1),
    backbone: fc.constantFrom('emoji-clip', 'openai/clip-vit-base-patch32', 'a b&c=d'),
    task: fc.constantFrom('groups9-negative', 'food', 'dropped'),
    shots: fc.option(count(1, 100)),
    arms: fc
      .uniqueArray(fc.constantFrom('lora', 'copra', 'copra-2', 'layer-drop', 'x-1', 'mine'), { minLength: 1 })
      .chain((ids) => fc.tuple(...ids.map((id) => arm.map((settings) => ({ ...settings, id }))))),
    seeds: fc.uniqueArray(count(0, 40), { minLength: 1, maxLength: 8 }),
    training: anySettings(TRAINING_SETTINGS),
    analyses: fc.record({
      testImages: fc.option(count(1, 1000)),
      landscape: fc.record({
        enabled: fc.boolean(),
        points: count(3, 101),
        paths: fc.subarray(['factor', 'product'] as const),
        alignments: fc.option(fc.subarray(['orthogonal', 'invertible'] as const, { minLength: 1 }), { nil: undefined }),
        trainImages: fc.option(count(1, 1000), { nil: undefined }),
      }),
      shapley: fc.record(
        {
          enabled: fc.boolean(),
          images: count(1, 400),
          estimator: fc.constantFrom(...ESTIMATORS),
          permutations: count(2, 100),
          seedsPerArm: count(1, 32),
          evaluations: count(16, 2048),
          players: fc.constantFrom('layer', 'module'),
          evolution: fc.boolean(),
        },
        { requiredKeys: ['enabled', 'images', 'estimator', 'permutations', 'seedsPerArm'] },
      ),
      pruning: fc.record({
        enabled: fc.boolean(),
        sparsities: fc.array(share, { maxLength: 12 }),
        scopes: fc.subarray(['factors', 'update', 'tensors'] as const),
        randomMasks: count(0, 100),
      }),
      plane: fc.option(fc.record({ enabled: fc.constant(true), grid: count(3, 51) }), { nil: undefined }),
      geometry: fc.option(fc.record({ enabled: fc.boolean() }), { nil: undefined }),
      snapshots: fc.option(count(2, 65), { nil: undefined }),
    }),
  })
  .map((value) => v.parse(StudyConfigSchema, value));

describe('the readable configuration', () => {
  it('brings every configuration back', () => {
    fc.assert(
      fc.property(config, (original) => {
        const query = configToQuery(original);
        if (query === '') return;
        expect(understood(`?${query}`)).toEqual(original);
      }),
      { numRuns: 300 },
    );
  });

  it.each(ARM_ROWS)('brings back %s of an arm, by its own key', (key, row) => {
    fc.assert(
      fc.property(anyValue(row), (value) => {
        const [base] = PRESETS;
        const original = { ...base.config, arms: base.config.arms.with(1, { ...base.config.arms[1], [key]: value }) };
        const query = configToQuery(original);
        expect(understood(`?${query}`)).toEqual(original);
        if (JSON.stringify(value) !== JSON.stringify(row.usual)) expect(query).toContain(`copra.${row.query}=`);
      }),
    );
  });

  it.each(TRAINING_ROWS)('brings back %s of training, by its own key', (key, row) => {
    fc.assert(
      fc.property(anyValue(row), (value) => {
        const [base] = PRESETS;
        const original = { ...base.config, training: { ...base.config.training, [key]: value } };
        const query = configToQuery(original);
        expect(understood(`?${query}`)).toEqual(original);
        if (value !== row.usual) expect(query).toContain(`${row.query}=`);
      }),
    );
  });

  it('says nothing about the base and little about the presets', () => {
    expect(configToQuery(understood('?v=1'))).toBe('');
    const pruning = 'sparsities=0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.95,0.99&pruning-scopes=factors,tensors,update';
    const backbone = 'backbone=emoji-clip-2';
    expect(configToQuery(PRESETS[0].config)).toBe(`${backbone}&${pruning}`);
    expect(configToQuery(PRESETS[1].config)).toBe(
      `${backbone}&seeds=0-3&steps=2000&validate-every=100&test-images=all&shapley-images=128&shapley-seeds=4&${pruning}`,
    );
    expect(queryToConfig('').config).toBeNull();
    expect(queryToConfig('?embed=landscape&utm_source=chat').config).toBeNull();
  });

  it('switches merging on and off, with other settings than usual where they are', () => {
    const [base] = PRESETS;
    const merging = { enabled: true, scales: [0.5, 1], density: 0.2 };
    const changed = { ...base.config, analyses: { ...base.config.analyses, merging } };
    expect(understood(configToQuery(changed)).analyses.merging).toEqual(merging);
    expect(understood('merging=on').analyses.merging).toMatchObject({ enabled: true, density: 0.5 });
    expect(understood('merging=off').analyses.merging?.enabled).toBe(false);
    expect(understood('v=1').analyses.merging).toBeUndefined();
    expect(queryToConfig('merging=2:x').problems).toHaveLength(1);
    const preset = PRESETS.find(({ id }) => id === 'merge');
    expect(preset && configToQuery(preset.config)).toContain('merging=on');
    expect(preset && understood(configToQuery(preset.config))).toEqual(preset?.config);
  });

  it('switches plane and distances on and off', () => {
    expect(understood('plane=on').analyses.plane).toEqual({ enabled: true, grid: 13 });
    expect(understood('plane=21&geometry').analyses).toMatchObject({
      plane: { enabled: true, grid: 21 },
      geometry: { enabled: true },
    });
    expect(understood('plane=off&steps=20').analyses.plane?.enabled).toBe(false);
    expect(queryToConfig('plane=2').problems).toHaveLength(1);
    expect(queryToConfig('plane=wide').problems).toHaveLength(1);
  });

  it('can be taken out of a query without touching the rest', () => {
    expect(withoutConfig('?embed=shapley&steps=20&copra.rank=3&lesson=a%26b&v=1&arms=lora')).toBe(
      'embed=shapley&lesson=a%26b',
    );
    expect(withoutConfig('')).toBe('');
    expect(configToQuery(understood('?v=1'))).toBe('');
  });

  it('reads what people write', () => {
    const edited = understood(
      '?arms=lora,copra,copra-2&rank=8&copra-2.p0=0.5&seeds=0-2,7&augment=off&shots=16&landscape',
    );
    expect(edited.arms.map(({ id, name, rank, p0 }) => [id, name, rank, p0])).toEqual([
      ['lora', 'LoRA', 8, 0],
      ['copra', 'CopRA', 8, 0],
      ['copra-2', 'CopRA 2', 8, 0.5],
    ]);
    expect(edited.seeds).toEqual([0, 1, 2, 7]);
    expect(edited.training.augment).toBe(false);
    expect(edited.shots).toBe(16);
    const prompted = understood('?image-size=64&prompts=a photo of {}.|a drawing of {}.');
    expect(prompted.imageSize).toBe(64);
    expect(prompted.prompts?.templates).toEqual(['a photo of {}.', 'a drawing of {}.']);
    expect(understood(`?${configToQuery(prompted)}`)).toEqual(prompted);
  });

  it('lets a single arm differ from what is said of all, whatever comes first', () => {
    expect(understood('copra.rank=2&rank=8').arms.map(({ rank }) => rank)).toEqual([8, 2]);
  });

  it.each([
    ['steps=many', /“steps=many” is skipped: a number is expected/],
    ['steps=-3', /“steps=-3” is skipped: training\.steps: .*>=1/],
    ['steps=1e9', /“steps=1e9” is skipped/],
    ['seeds=0-99999', /range of seeds/],
    ['seeds=1,1', /once/],
    ['augment=perhaps', /“on” or “off”/],
    ['arms=Bad%20Id', /“arms=Bad Id” is skipped/],
    ['projections=q,zz', /is skipped: arms\.0\.projections/],
    ['stpes=100', /“stpes” is no setting; “steps” may be meant/],
    ['copra.rnk=3', /“copra\.rank” may be meant/],
    ['nobody.rank=3', /names no arm of this study; its arms are lora, copra/],
    ['v=2&steps=5', /this page reads version 1/],
  ])('skips and names %s', (query, message) => {
    const { config: read, problems } = queryToConfig(`${query}&batch=16`);
    expect(problems.join(' ')).toMatch(message);
    expect(read?.training.batchSize).toBe(16);
  });

  it('never throws and never yields an invalid study', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'steps',
        'arms',
        'copra.rank',
        'seeds',
        'rank',
        '=',
        '&',
        '%',
        '%E0%A4',
        ',',
        '-',
        '__proto__',
        'constructor.rank',
      ),
      fc.string({ maxLength: 6 }),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const { config: read } = queryToConfig(pieces.join(''));
        if (read) expect(v.is(StudyConfigSchema, read)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
