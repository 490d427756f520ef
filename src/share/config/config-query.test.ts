import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tried } from '../../../tests/support/sample.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { METHOD_IDS } from '../../copra/methods/registry.ts';
import { MAX_ARMS, StudyConfigSchema, type StudyConfig } from '../../study/config/config.ts';
import { full } from '../../study/presets/full.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { ANALYSIS_IDS, analysisRowsOf, ANALYSIS_SETTINGS } from '../../study/config/settings/analyses.ts';
import { ARM_ROWS, ARM_SETTINGS } from '../../study/config/settings/arm.ts';
import { anySettings, anyValue } from '../../study/config/settings/test-values.ts';
import { switchedOn } from '../../study/config/settings/analysis-rows.ts';
import { issues } from '../../platform/issue-words.de.ts';
import { studyConfig } from '../../study/config/words.de.ts';
import { SHARED_SETTINGS } from '../../study/config/settings/shared.ts';
import { TRAINING_ROWS, TRAINING_SETTINGS } from '../../study/config/settings/training.ts';
import { BASE_ANALYSES } from '../link/base-config.ts';
import { kindOf } from './config-keys.ts';
import { configToQuery, queryToConfig, withoutConfig } from './config-query.ts';
import { config as configWords } from './messages.de.ts';

const understood = (query: string): StudyConfig => {
  const { config, problems } = queryToConfig(query);
  expect(problems).toEqual([]);
  if (!config) throw new Error('The query says nothing.');
  return config;
};

const anyAnalyses = fc.record(Object.fromEntries(ANALYSIS_IDS.map((id) => [id, anySettings(ANALYSIS_SETTINGS[id])])), {
  requiredKeys: ANALYSIS_IDS.filter((id) => ANALYSIS_SETTINGS[id].enabled.usual),
});
const named = {
  method: fc.constantFrom(...METHOD_IDS),
  name: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((name) => name.length <= 60),
};
const arm = fc
  .tuple(fc.record(named), anySettings(ARM_SETTINGS))
  .map(([names, settings]) => ({ ...names, ...settings }));
const count = (min: number, max: number) => fc.integer({ min, max });
const config: fc.Arbitrary<StudyConfig> = fc
  .record(
    {
      version: fc.constant(1),
      backbone: fc.constantFrom('emoji-clip', 'openai/clip-vit-base-patch32', 'a b&c=d'),
      task: fc.constantFrom('groups9-negative', 'food', 'dropped'),
      shots: fc.option(count(1, 100)),
      draw: count(0, 9999),
      arms: fc
        .uniqueArray(fc.constantFrom('lora', 'copra', 'copra-2', 'layer-drop', 'x-1', 'mine'), { minLength: 1 })
        .chain((ids) => fc.tuple(...ids.map((id) => arm.map((settings) => ({ ...settings, id }))))),
      seeds: fc.uniqueArray(count(0, 40), { minLength: 1, maxLength: 8 }),
      training: anySettings(TRAINING_SETTINGS),
      analyses: fc.tuple(anySettings(SHARED_SETTINGS), anyAnalyses).map(([shared, own]) => ({ ...shared, ...own })),
    },
    { requiredKeys: ['version', 'backbone', 'task', 'shots', 'arms', 'seeds', 'training', 'analyses'] },
  )
  .map((value) => v.parse(StudyConfigSchema, value));

describe('the readable configuration', () => {
  it('brings every configuration back', () => {
    fc.assert(
      fc.property(config, (original) => {
        const query = configToQuery(original);
        if (query === '') return;
        expect(understood(`?${query}`)).toEqual(original);
      }),
      { numRuns: tried(300) },
    );
  });

  it('brings back prompts with bars and backslashes', () => {
    const template = fc.string({ unit: fc.constantFrom('|', '\\', 'a', ' '), maxLength: 8 });
    const templates = fc.array(fc.tuple(template, template), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(templates, (ends) => {
        const prompts = { templates: ends.map((end) => end.join('{}')), perClass: {} };
        expect(understood(configToQuery({ ...full.config, prompts })).prompts).toEqual(prompts);
      }),
    );
    const told = understood('prompts=a \\{} \\| b|c {}').prompts?.templates;
    expect(told).toEqual(['a \\{} | b', 'c {}']);
  });

  it('brings back as many arms as a study may have, each with every setting of its own', () => {
    const base = full.config.arms[1];
    const arms = Array.from({ length: MAX_ARMS }, (_, i) => ({
      ...base,
      id: `copra-${i + 2}`,
      name: `search ${i}`,
      rank: 1 + (i % 7),
      alpha: 2 + i,
      learningRate: 0.0011 * (i + 1),
      weightDecay: 0.0011 * (i + 1),
      p0: 0.011 * (i + 1),
      rampFraction: 0.5 + 0.01 * i,
      inputDropout: 0.01 * i,
      keepProbability: 0.5 + 0.011 * i,
      schedule: i % 2 ? ('sine' as const) : ('exponential' as const),
    }));
    const original = { ...full.config, arms };
    const query = configToQuery(original);
    expect(query.split('&').length).toBeGreaterThan(200);
    expect(understood(query)).toEqual(original);
    const { config, problems } = queryToConfig(`${'a=b&'.repeat(1000)}steps=5`);
    expect(config).toBeNull();
    expect(problems).toEqual([
      expect.stringMatching(/^“a=b” and what follows it is skipped: an address holds at most/),
    ]);
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

  it.each(ANALYSIS_IDS.flatMap((id) => analysisRowsOf(id).map((setting) => ({ id, ...setting }))))(
    'brings back $name, by its own key, also where the analysis was absent',
    ({ id, key, row }) => {
      const { analyses } = understood('v=1');
      fc.assert(
        fc.property(anyValue(row), (value) => {
          // An address that switches an analysis on means what it meant when it was published.
          const begun = { ...switchedOn(ANALYSIS_SETTINGS[id]), ...BASE_ANALYSES[id] };
          const settings = { ...(analyses[id] ?? begun), [key]: value };
          const original = { ...understood('v=1'), analyses: { ...analyses, [id]: settings } };
          expect(understood(configToQuery(original) || 'v=1')).toEqual(original);
          const { print } = kindOf(row);
          expect(understood(`${row.query}=${encodeURIComponent(print(value))}`).analyses[id]).toEqual(settings);
        }),
        { numRuns: 10 },
      );
    },
  );

  it.each([
    [
      'federated=clients:10;rules:fedit,flexlora',
      'federated',
      { clients: 10, rules: ['fedit', 'flexlora'], rounds: 15 },
    ],
    ['federated=on', 'federated', { enabled: true, clients: 5, seeds: 1 }],
    ['merging=0.2:0.5,1,2', 'merging', { enabled: true, density: 0.2, scales: [0.5, 1, 2] }],
    ['many-tasks=parts:3', 'multitask', { enabled: true, tasks: [], parts: 3 }],
    ['many-tasks=animals,food', 'multitask', { enabled: true, tasks: ['animals', 'food'], parts: 4 }],
    ['many-tasks', 'multitask', { enabled: true, tasks: [], parts: 4 }],
    ['plane=21', 'plane', { enabled: true, grid: 21 }],
    ['plane', 'plane', { enabled: true, grid: 13 }],
    ['federated-rounds=7&federated=off', 'federated', { enabled: false, rounds: 7 }],
  ] as const)('reads what addresses of before say: %s', (query, id, settings) => {
    expect(understood(query).analyses[id]).toMatchObject(settings);
  });

  it('says nothing about the base and little about the presets', () => {
    expect(configToQuery(understood('?v=1'))).toBe('');
    const pruning = 'sparsities=0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.95,0.99&pruning-scopes=factors,tensors,update';
    const backbone = 'backbone=emoji-clip-2';
    expect(configToQuery(PRESETS[0].config)).toBe(`${backbone}&${pruning}`);
    expect(configToQuery(full.config)).toBe(
      `${backbone}&seeds=0-5&steps=2000&validate-every=100&test-images=all&shapley-images=128&shapley-seeds=6&${pruning}&domains=on`,
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
    ['steps=-3', /“steps=-3” is skipped: Expected at least 1 but received -3/],
    ['steps=1e9', /“steps=1e9” is skipped/],
    ['seeds=0-99999', /range of seeds/],
    ['seeds=0-64', /range of seeds/],
    ['seeds=3-1', /range of seeds/],
    ['steps= ', /a number is expected/],
    ['seeds=1,1', /once/],
    ['augment=perhaps', /“on” or “off”/],
    ['arms=Bad%20Id', /“arms=Bad Id” is skipped/],
    ['projections=q,zz', /is skipped: Expected .*"q".* but received "zz"/],
    ['stpes=100', /“stpes” is no setting; “steps” may be meant/],
    ['copra.rnk=3', /“copra\.rank” may be meant/],
    ['nobody.rank=3', /names no arm of this study; its arms are lora, copra/],
    ['task=foood', /“task=foood” is skipped: “foood” is not groups9-negative, .*food, .* or dropped\./],
    ['v=2&steps=5', /this page reads version 1/],
    ['federated=clients:3;rules:fedit;clints:4', /“clints” is not .*clients.* or /],
  ])('skips and names %s', (query, message) => {
    const { config: read, problems } = queryToConfig(`${query}&batch=16`);
    expect(problems.join(' ')).toMatch(message);
    expect(read?.training.batchSize).toBe(16);
  });

  it('says in the spoken language what is skipped', () => {
    const german: Readonly<Record<string, object>> = { config: configWords, issues, studyConfig };
    speak('de', (area) => german[area] ?? null);
    onTestFinished(speakEnglish);
    const told = (query: string) => queryToConfig(query).problems;
    expect(told('steps=many')).toEqual(['„steps=many“ wird übersprungen: Hier wird eine Zahl erwartet.']);
    expect(told('steps=-3')).toEqual(['„steps=-3“ wird übersprungen: Erwartet wird mindestens 1, hier steht -3.']);
    expect(told('steps=1.5')).toEqual([
      '„steps=1.5“ wird übersprungen: Erwartet wird eine ganze Zahl, hier steht 1.5.',
    ]);
    expect(told('stpes=100')).toEqual(['„stpes“ ist keine Einstellung; vielleicht ist „steps“ gemeint.']);
    expect(told('prompts=a+cat')).toEqual([
      '„prompts=a cat“ wird übersprungen: Eine Vorlage braucht {}, wo der Name der Klasse hingehört.',
    ]);
    expect(told('nobody.rank=3')).toEqual([
      '„nobody.rank“ nennt keinen Arm dieser Studie; ihre Arme sind lora, copra.',
    ]);
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
      { numRuns: tried(1000) },
    );
  });
});
