import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOfLayers } from '../../core/adapter-layout.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { ownCsv } from '../../share/csv/own-csv.ts';
import { answersOf, spokenAnswers } from './answers.ts';
import { frameRate } from './frame-rate.ts';
import {
  layersOf,
  respondentsOf,
  seedsOf,
  settingsFor,
  variantsOf,
  type OwnAdapter,
  type OwnSettings,
} from './respondents.ts';

const layout = (dora = false) =>
  layoutOfLayers({ vision: 3, text: 2 }, { rank: 1, towers: ['vision', 'text'], projections: ['q'], dora });
const adapter = (id: string, run: OwnAdapter['run'], dora = false): OwnAdapter => ({
  id,
  name: id,
  run,
  layout: layout(dora),
  scale: 1,
  values: new Float32Array(layout(dora).size),
});
const ARMS = [defaultArm('lora', 'lora', 'LoRA'), defaultArm('copra', 'copra', 'CopRA')];
const ADAPTERS = [
  adapter('l4', { arm: 'lora', seed: 4 }),
  adapter('l7', { arm: 'lora', seed: 7 }),
  adapter('c4', { arm: 'copra', seed: 4 }),
  adapter('c7', { arm: 'copra', seed: 7 }),
  adapter('opened', null),
];
const SET: OwnSettings = { seeds: [4, 7], lambda: 0, averaging: 'factors', off: new Set(), ticked: new Set() };

it('settings are of the first two seeds at hand, unless others at hand are chosen', () => {
  expect(settingsFor({}, ADAPTERS)).toEqual(SET);
  expect(settingsFor({ seeds: [7, 4], lambda: 0.5 }, ADAPTERS)).toEqual({ ...SET, seeds: [7, 4], lambda: 0.5 });
  expect(settingsFor({ seeds: [7, 9] }, ADAPTERS).seeds).toEqual([4, 7]);
  expect(settingsFor({ seeds: [7, 9] }, ADAPTERS.slice(0, 1)).seeds).toEqual([4, 4]);
  expect(settingsFor({}, []).seeds).toEqual([0, 0]);
});

describe('those who answer about a picture', () => {
  it('are the backbone and a run of every arm', () => {
    const all = respondentsOf(ARMS, ADAPTERS, SET);
    expect(all.map(({ name, detail }) => `${name} ${detail}`.trim())).toEqual([
      'Backbone',
      'LoRA seed 4',
      'CopRA seed 4',
    ]);
    expect(variantsOf(all).map(({ parts }) => parts)).toEqual([
      [],
      [{ adapter: 'l4', weight: 1 }],
      [{ adapter: 'c4', weight: 1 }],
    ]);
    expect(seedsOf(ADAPTERS)).toEqual([4, 7]);
  });

  it('are the backbone alone where there is no adapter', () => {
    expect(respondentsOf(ARMS, [], SET).map(({ id }) => id)).toEqual(['backbone']);
  });

  it('are an arm’s only run where it has one seed, whatever λ is', () => {
    const [, lora] = respondentsOf(ARMS, [ADAPTERS[1]], { ...SET, lambda: 0.5 });
    expect(lora.variant.parts).toEqual([{ adapter: 'l7', weight: 1 }]);
    expect(lora.detail).toBe('seed 7');
  });

  it('stand between two seeds with weights that add up to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (lambda) => {
        for (const { variant } of respondentsOf(ARMS, ADAPTERS, { ...SET, lambda }).slice(1)) {
          expect(variant.parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
          expect(variant.parts.length).toBe(lambda === 0 || lambda === 1 ? 1 : 2);
        }
      }),
    );
    const [, lora] = respondentsOf(ARMS, ADAPTERS, { ...SET, lambda: 0.35, averaging: 'updates' });
    expect(lora.detail).toBe('λ = 0.35 between seeds 4 and 7');
    expect(lora.variant.method).toBe('updates');
  });

  it('answer with layers off and, beside it, with every layer on', () => {
    const all = respondentsOf(ARMS, ADAPTERS, { ...SET, off: new Set(['vision 1', 'text 0']) });
    expect(all[0].whole).toBeNull();
    expect(all[1].variant.off).toEqual([
      { tower: 'vision', layer: 1 },
      { tower: 'text', layer: 0 },
    ]);
    expect(all[1].whole?.off).toEqual([]);
    expect(variantsOf(all)).toHaveLength(5);
    expect(layersOf(ADAPTERS)).toHaveLength(5);
  });

  it('have a merge of ticked adapters among them, of one kind only', () => {
    const ticked = new Set(['l4', 'c7', 'opened']);
    const merge = respondentsOf(ARMS, ADAPTERS, { ...SET, ticked }).at(-1);
    expect(merge?.name).toBe('Merge of 3');
    expect(merge?.variant.parts.map(({ weight }) => weight)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    const mixed = [...ADAPTERS, adapter('d4', { arm: 'lora', seed: 9 }, true)];
    expect(respondentsOf(ARMS, mixed, { ...SET, ticked: new Set(['l4', 'd4']) }).at(-1)?.id).toBe('arm copra');
  });

  it('average A and B of DoRA adapters, whatever is chosen, and say so', () => {
    const dora = [4, 7].map((seed) => adapter(`d${seed}`, { arm: 'lora', seed }, true));
    const updates = { ...SET, averaging: 'updates' } as const;
    const mergeOf = (adapters: readonly OwnAdapter[]) =>
      respondentsOf(ARMS, adapters, { ...updates, ticked: new Set(adapters.map(({ id }) => id)) }).at(-1);
    expect(mergeOf(dora)).toMatchObject({ detail: 'A and B averaged', variant: { method: 'factors' } });
    expect(mergeOf(ADAPTERS)).toMatchObject({ detail: 'B·A averaged', variant: { method: 'updates' } });
    const [, lora] = respondentsOf(ARMS, dora, { ...updates, lambda: 0.5 });
    expect(lora.variant.method).toBe('factors');
  });
});

describe('their answers', () => {
  const classes = ['a', 'b', 'c', 'd', 'e', 'f'];
  const shares = (...values: number[]) => Float32Array.from(values);

  it('are the five most probable classes, each to its own respondent', () => {
    const all = respondentsOf(ARMS, ADAPTERS, { ...SET, off: new Set(['vision 1']) });
    const probabilities = [
      shares(0.1, 0.5, 0.1, 0.1, 0.05, 0.15),
      shares(0, 0, 0, 0, 0, 1),
      shares(1, 0, 0, 0, 0, 0),
      null,
      null,
    ];
    const [backbone, lora, copra] = answersOf(all, { classes, probabilities });
    expect(backbone.top?.map(({ name }) => name)).toEqual(['b', 'f', 'a', 'c', 'd']);
    expect(backbone.all?.map(({ name }) => name)).toEqual(classes);
    expect(backbone.whole).toBeNull();
    expect(lora.top?.[0]).toEqual({ name: 'f', share: 1 });
    expect(lora.whole).toEqual({ name: 'a', share: 1 });
    expect(copra.top).toBeNull();
    const lines = ownCsv('hat, "mine"', [backbone, lora, copra], ['V1', 'T2']).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 2 * classes.length);
    expect(lines[1]).toBe(`"hat, ""mine""",Backbone,,,a,${backbone.all?.[0].share}`);
    expect(lines.at(-1)).toBe('"hat, ""mine""",LoRA,seed 4,V1 T2,f,1');
    expect(spokenAnswers([backbone, copra])).toMatch(/^Backbone: b, 50.%\. CopRA: no answer\.$/);
  });
});

describe('the rate of frames', () => {
  it('is that of the last two seconds, and unknown at first', () => {
    const answered = frameRate();
    expect(answered(0)).toBeNull();
    expect(answered(100)).toBeNull();
    for (let at = 200; at <= 3000; at += 100) expect(answered(at)).toBeCloseTo(10, 9);
    expect(answered(9000)).toBeNull();
  });
});
