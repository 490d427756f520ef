import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../copra/methods/registry.ts';
import { ArmSchema, completeArm, plainArm, StudyConfigSchema } from '../config.ts';
import { defaultArm } from '../default-arm.ts';
import { SWEEP_SETTINGS } from '../sweep.ts';
import { ARM_ROWS, ARM_SETTINGS, matters } from './arm.ts';
import { inSentence, usualOf, valueText } from './rows.ts';
import { anySettings, anyValue } from './test-values.ts';
import { TRAINING_ROWS, TRAINING_SETTINGS } from './training.ts';

const arm = defaultArm('copra', 'a', 'A');
const ALL = [...ARM_ROWS, ...TRAINING_ROWS];

describe('the tables of settings', () => {
  it('have one row for every key of an arm, and of training', () => {
    expect(Object.keys(ArmSchema.entries)).toEqual(['id', 'name', 'method', ...Object.keys(ARM_SETTINGS)]);
    expect(Object.keys(StudyConfigSchema.entries.training.entries)).toEqual(Object.keys(TRAINING_SETTINGS));
  });

  it('give no name and no key of addresses twice', () => {
    for (const of of ['label', 'query'] as const)
      expect(new Set(ALL.map(([, row]) => row[of].toLowerCase())).size).toBe(ALL.length);
  });

  it.each(ALL)('%s: the schema takes what the row says and nothing beyond, and every value has words', (_, row) => {
    expect(v.is(row.schema, row.usual)).toBe(true);
    fc.assert(
      fc.property(anyValue(row), (value) => {
        expect(v.is(row.schema, value)).toBe(true);
        expect(valueText(row, value)).not.toBe('');
      }),
    );
    if (row.kind === 'number') {
      for (const outside of [row.min - 1, row.max + 1, NaN, Infinity]) expect(v.is(row.schema, outside)).toBe(false);
      expect(v.is(row.schema, row.min + 0.005)).toBe(!('whole' in row));
    } else if (row.kind !== 'switch') {
      expect(v.is(row.schema, row.kind === 'many' ? ['else'] : 'else')).toBe(false);
      expect(v.is(row.schema, [])).toBe(false);
    }
  });

  it.each(SWEEP_SETTINGS)('$key: suggested values of a sweep are allowed', ({ key, suggested }) => {
    const values = suggested(completeArm(arm)[key]);
    expect(values.length).toBeGreaterThanOrEqual(3);
    for (const value of values) expect(v.is(ARM_SETTINGS[key].schema, value), String(value)).toBe(true);
  });
});

describe('a setting matters', () => {
  it('to the methods that list it, or to all', () => {
    for (const { id, settings } of METHODS)
      for (const [key] of ARM_ROWS) {
        const others = METHODS.some((method) => (method.settings as readonly string[]).includes(key));
        expect(matters(key, id)).toBe(!others || (settings as readonly string[]).includes(key));
      }
    expect(matters('rank', 'lora')).toBe(true);
    expect(matters('p0', 'lora')).toBe(false);
    expect(matters('p0', 'copra')).toBe(true);
  });
});

describe('arms', () => {
  it('are completed, and made plain again', () => {
    fc.assert(
      fc.property(anySettings(ARM_SETTINGS), (settings) => {
        const given = v.parse(ArmSchema, { ...arm, ...settings });
        const complete = completeArm(given);
        expect(Object.keys(complete).sort()).toEqual(Object.keys(ArmSchema.entries).sort());
        expect(completeArm(plainArm(given))).toEqual(complete);
        expect(plainArm(complete)).toEqual(plainArm(given));
      }),
    );
  });

  it('begin with lists of their own', () => {
    expect(usualOf(ARM_SETTINGS).projections).not.toBe(ARM_SETTINGS.projections.usual);
  });
});

it('labels are written small within a sentence, but for names', () => {
  expect(
    ['Weight decay', 'Warm-up steps', 'Initial p₀', 'DoRA', 'LoRA+ ratio', 'rsLoRA', 'Shapley values'].map(inSentence),
  ).toEqual(['weight decay', 'warm-up steps', 'initial p₀', 'DoRA', 'LoRA+ ratio', 'rsLoRA', 'Shapley values']);
});
