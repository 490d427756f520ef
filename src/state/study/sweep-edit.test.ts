import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { tinyArm, tinyConfig } from '../../../tests/support/tiny-study.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { configToQuery, queryToConfig } from '../../share/config/config-query.ts';
import { completeArm, StudyConfigSchema, type ArmConfig } from '../../study/config/config.ts';
import { sweepOf, SWEEP_SETTINGS } from '../../study/config/sweep.ts';
import { endSweep, parseValues, planSweep } from './sweep-edit.ts';

/** Of a task that addresses know. */
const config = { ...tinyConfig(), task: 'animals' };
const setting = (key: string) => SWEEP_SETTINGS.find((candidate) => candidate.key === key)!;

describe('planSweep', () => {
  it.each(SWEEP_SETTINGS)('makes a sweep of $key with its suggested values', (swept) => {
    const { key, suggested } = swept;
    const own: Partial<ArmConfig> = { take: key === 'averageShare' ? 'average' : 'last' };
    const methods = ['copra', 'layer-drop', 'lora-dropout', 'progressive-dropout'] as const;
    const arms = methods.map((method) => tinyArm(method, method, own));
    const ids = arms.map(({ id }) => id);
    const values = suggested(completeArm(arms[0])[key]);
    const { config: made, problem } = planSweep({ ...config, arms }, ids, swept, values);
    expect(problem).toBeNull();
    expect(v.safeParse(StudyConfigSchema, made).success).toBe(true);
    expect(sweepOf(made!)?.setting.key).toBe(key);
    expect(new Set(made?.arms.map(({ id }) => id)).size).toBe(made?.arms.length);
  });

  it('is undone by ending the sweep at the value the arms had', () => {
    const arms = [tinyArm('lora', 'lora', { name: 'LoRA' }), tinyArm('copra', 'copra', { name: 'CopRA' })];
    const { config: made } = planSweep(
      { ...config, arms },
      ['lora', 'copra'],
      setting('learningRate'),
      [0.01, 0.03, 0.1],
    );
    expect(made?.arms.map(({ name }) => name)).toContain('CopRA, lr 0.03');
    expect(endSweep(made!, 0.03).arms).toEqual(arms);
    expect(endSweep(config, 0.03)).toBe(config);
  });

  it('gives every arm an id of its own, also arms of different methods with ids of one stem', () => {
    // A duplicate of LoRA whose method was changed.
    const arms = [tinyArm('lora', 'lora', { name: 'LoRA' }), tinyArm('copra', 'lora-2', { name: 'CopRA' })];
    for (const swept of [['lora', 'lora-2'], ['lora'], ['lora-2']]) {
      const { config: made, problem } = planSweep({ ...config, arms }, swept, setting('learningRate'), [0.01, 0.1, 1]);
      expect(problem).toBeNull();
      expect(v.safeParse(StudyConfigSchema, made).success).toBe(true);
      const ended = endSweep(made!, 0.1);
      expect(v.safeParse(StudyConfigSchema, ended).success).toBe(true);
      expect(ended.arms.map(({ method }) => method)).toEqual(['lora', 'copra']);
      expect(queryToConfig(configToQuery(ended)).config).toEqual(ended);
    }
  });

  it('travels in a link', () => {
    const { config: made } = planSweep(config, ['lora', 'copra'], setting('learningRate'), [0.0001, 0.003, 0.1]);
    expect(queryToConfig(configToQuery(made!))).toEqual({ config: made, isOfOtherVersion: false, problems: [] });
  });

  it.each<[string, readonly (number | string)[], RegExp]>([
    ['learningRate', [0.1, 0.2], /at least three/],
    ['learningRate', [0.1, 0.2, 0.2], /at least three/],
    ['learningRate', [0.1, 0.2, 30], /Learning rate 30/],
    ['learningRate', [0.1, 0.2, 'fast'], /Learning rate fast/],
    ['keepProbability', [0.1, 0.2, 0.3], /No chosen arm/],
    ['rank', Array.from({ length: 13 }, (_, i) => i + 1), /26 arms/],
  ])('says why %s at %j cannot be swept', (key, values, problem) => {
    const plan = planSweep(config, ['lora', 'copra'], setting(key), values);
    expect(plan.config).toBeNull();
    expect(plan.problem).toMatch(problem);
  });

  it('of a setting without effect is refused with what gives it one', () => {
    const shares = [0.1, 0.25, 0.5];
    const { config: none, problem } = planSweep(config, ['lora', 'copra'], setting('averageShare'), shares);
    expect([none, problem]).toEqual([
      null,
      'No chosen arm reads the setting “Averaged share”. It takes an arm with “Adapter taken: mean of last”.',
    ]);
    // The arm that is a mean is swept; the other stays as it is.
    const arms = [tinyArm('lora'), tinyArm('copra', 'copra', { take: 'average' })];
    const { config: made } = planSweep({ ...config, arms }, ['lora', 'copra'], setting('averageShare'), shares);
    expect(made?.arms.map(({ averageShare }) => averageShare)).toEqual([undefined, ...shares]);
  });

  it('takes one arm of a method', () => {
    const arms = [tinyArm('lora'), tinyArm('lora', 'lora-9', { rank: 3 })];
    expect(planSweep({ ...config, arms }, ['lora', 'lora-9'], setting('alpha'), [1, 2, 3]).problem).toMatch(/one arm/);
    expect(planSweep({ ...config, arms }, ['lora'], setting('alpha'), [1, 2, 3]).problem).toMatch(/swept setting only/);
  });
});

it('values are read as people write them', () => {
  expect(parseValues('1e-4, 0.003;  3', setting('learningRate'))).toEqual([1e-4, 0.003, 3]);
  expect(parseValues('1,5; 2', setting('alpha'))).toEqual([1.5, 2]);
  speak('de', () => null);
  expect(parseValues('0,1 0,25', setting('alpha'))).toEqual([0.1, 0.25]);
  speakEnglish();
  expect(parseValues('linear sine', setting('schedule'))).toEqual(['linear', 'sine']);
  expect(parseValues('', setting('rank'))).toEqual([]);
});
