import { describe, expect, it } from 'vitest';
import { tinyArm, tinyConfig, tinyModel, tinyTask, tinyVitModel } from '../../../../tests/support/tiny-study.ts';
import { activationBytes } from '../../../model/model-facts.ts';
import type { ArmConfig } from '../../config/config.ts';
import { loraScale, objectiveOf, planPopulations } from './populations.ts';

const plan = (arms: ArmConfig[], model = tinyModel()) => planPopulations(tinyConfig({ arms }), model, tinyTask());

describe('planPopulations', () => {
  it('joins arms that differ in method, learning rate and dropout only', () => {
    const [one, ...more] = plan([
      tinyArm('lora'),
      tinyArm('copra', 'b', { learningRate: 0.1 }),
      tinyArm('lora-dropout'),
    ]);
    expect(more).toEqual([]);
    expect(one.runs.map(({ arm, seed }) => [arm.id, seed])).toEqual([
      ['lora', 4],
      ['lora', 7],
      ['b', 4],
      ['b', 7],
      ['lora-dropout', 4],
      ['lora-dropout', 7],
    ]);
  });

  it.each<[string, Partial<ArmConfig>]>([
    ['rank', { rank: 3 }],
    ['scale', { alpha: 5 }],
    ['scale, by rsLoRA', { rsLora: true }],
    ['weight decay', { weightDecay: 0.5 }],
    ['kind of adapter, DoRA', { dora: true }],
    ['projections', { projections: ['q'] }],
    ['towers', { towers: ['vision', 'text'] }],
  ])('separates arms of another %s', (_, changes) => {
    expect(plan([tinyArm('lora'), tinyArm('lora', 'other', changes)])).toHaveLength(2);
  });

  it('does not care about the order in which projections are named', () => {
    expect(
      plan([tinyArm('lora', 'a', { projections: ['q', 'v'] }), tinyArm('lora', 'b', { projections: ['v', 'q'] })]),
    ).toHaveLength(1);
  });

  it('cuts what would not fit the memory into nearly equal pieces, in order', () => {
    const config = tinyConfig({ arms: [tinyArm('lora'), tinyArm('copra', 'b'), tinyArm('lora-dropout')] });
    const [whole] = planPopulations(config, tinyModel(), tinyTask());
    const run = activationBytes(tinyModel().backbone.vision.config) * config.training.batchSize;
    for (const [limit, lengths] of [
      [6 * run, [6]],
      [5 * run, [3, 3]],
      [4 * run, [3, 3]],
      [2.9 * run, [2, 2, 2]],
      [0, [1, 1, 1, 1, 1, 1]],
    ] as const) {
      const plans = planPopulations(config, tinyModel(), tinyTask(), { limit });
      expect(plans.map(({ runs }) => runs.length)).toEqual(lengths);
      const order = plans.flatMap(({ runs }) => runs.map(({ arm, seed }) => [arm.id, seed]));
      expect(order).toEqual(whole.runs.map(({ arm, seed }) => [arm.id, seed]));
    }
  });

  it('counts the prompts where the text tower is trained', () => {
    const arms = [tinyArm('lora', 'lora', { towers: ['vision', 'text'] })];
    const { backbone } = tinyModel();
    const images = 8 * activationBytes(backbone.vision.config);
    const plans = planPopulations(tinyConfig({ arms }), tinyModel(), tinyTask(), { limit: 2 * images });
    expect(plans.map(({ runs }) => runs.length)).toEqual([1, 1]);
  });

  it('counts what DoRA keeps besides', () => {
    const arms = [tinyArm('lora', 'dora', { dora: true })];
    const images = 8 * activationBytes(tinyModel().backbone.vision.config);
    const plans = planPopulations(tinyConfig({ arms }), tinyModel(), tinyTask(), { limit: 2 * images });
    expect(plans.map(({ runs }) => runs.length)).toEqual([1, 1]);
  });

  it('gives a ViT a head', () => {
    const [{ layout }] = plan([tinyArm('lora')], tinyVitModel());
    expect(layout.head).toMatchObject({ classes: 3, features: 8 });
    expect(objectiveOf(tinyVitModel(), tinyTask())).toEqual({ kind: 'linear', classes: 3 });
  });
});

describe('loraScale', () => {
  it('is α/r, or α/√r', () => {
    expect(loraScale(tinyArm('lora', 'a', { rank: 4, alpha: 2 }))).toBe(0.5);
    expect(loraScale(tinyArm('lora', 'a', { rank: 4, alpha: 2, rsLora: true }))).toBe(1);
  });
});
