import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changed,
  EXAMPLE_VALUES,
  isSolved,
  joinings,
  shapleyField,
  shapleyOfLayers,
  typedNumber,
  valueField,
  valuesOf,
  verdict,
  wasSolved,
  withoutValues,
} from './three-layers.ts';

describe('Shapley values of three layers', () => {
  it('are round numbers in the example', () => {
    expect(shapleyOfLayers(EXAMPLE_VALUES).map((phi) => Number(phi.toFixed(9)))).toEqual([5, 11, 14]);
  });

  it('are the mean of what a layer adds, weighted by orders, for any accuracies', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 8, maxLength: 8 }), (values) => {
        const phi = shapleyOfLayers(values);
        phi.forEach((value, player) => {
          const rows = joinings(player, values);
          expect(rows.reduce((sum, { orders }) => sum + orders, 0)).toBe(6);
          const byHand = rows.reduce((sum, { orders, before, after }) => sum + (orders / 6) * (after - before), 0);
          expect(value).toBeCloseTo(byHand, 9);
        });
        expect(phi.reduce((a, b) => a + b, 0)).toBeCloseTo(values[7] - values[0], 9);
      }),
    );
  });

  it('are solved by three right numbers, with a point or a comma', () => {
    const fields = { [shapleyField(0)]: '5', [shapleyField(1)]: '11,0', [shapleyField(2)]: ' 14.0 ' };
    expect(isSolved(fields)).toBe(true);
    expect(isSolved({ ...fields, [shapleyField(2)]: '13' })).toBe(false);
    expect(isSolved({ ...fields, [valueField(7)]: '90' })).toBe(false);
  });

  it('stay found when accuracies change, whichever they were found of, until one of them is changed', () => {
    let fields: Readonly<Record<string, string>> = {};
    const set = (name: string, text: string) => (fields = changed(fields, { [name]: text }));
    set(valueField(7), '66');
    shapleyOfLayers(valuesOf(fields)).forEach((phi, player) => {
      expect(wasSolved(fields)).toBe(false);
      set(shapleyField(player), String(phi));
    });
    expect(wasSolved(fields)).toBe(true);
    set(valueField(7), '72');
    expect(wasSolved(fields)).toBe(true);
    expect(wasSolved(withoutValues(fields))).toBe(true);
    set(shapleyField(0), '1');
    expect(wasSolved(fields)).toBe(false);
  });

  it('takes anything that is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => ['empty', 'right', 'wrong'].includes(verdict(text, 3))));
    expect(typedNumber('−2,5')).toBe(-2.5);
    expect(typedNumber('1/3')).toBeNull();
    expect(valuesOf({ [valueField(0)]: 'x' })).toEqual(EXAMPLE_VALUES);
    expect(withoutValues({ [valueField(1)]: '3', a: 'b' })).toEqual({ a: 'b' });
  });
});
