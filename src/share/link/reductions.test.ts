import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { mean } from '../../core/statistics.ts';
import { ALWAYS, TO_FIT } from './reductions.ts';

const result = studyResultFixture();
const [run] = result.runs;

/** The first run of the fixture with so many windows of losses, of two steps each, under a reduction. */
function reduced(code: number, losses: readonly number[], original = losses) {
  const of = (values: readonly number[]) => ({
    ...result,
    runs: [{ ...run, losses: [...values], lossSteps: values.map((_, i) => 2 * i + 1) }],
  });
  const { apply } = [...ALWAYS, ...TO_FIT].find((reduction) => reduction.code === code)!;
  return apply!(of(losses), of(original)).runs[0];
}

describe('losses that are pooled', () => {
  const losses = Array.from({ length: 69 }, (_, i) => 2 - i ** 2 / 5000);

  it('are means over neighbours up to the last step of each, also where the last group is smaller', () => {
    const pooled = reduced(7, losses); // 16 points of 69: groups of five, the last of four
    expect(pooled.losses).toHaveLength(14);
    pooled.losses.forEach((loss, i) => expect(loss).toBeCloseTo(mean(losses.slice(5 * i, 5 * i + 5)), 12));
    expect(pooled.lossSteps).toEqual([...Array.from({ length: 13 }, (_, i) => 10 * i + 9), 137]);
  });

  it('are those of the whole curve, and stay as they are where they are few', () => {
    const once = reduced(5, losses).losses;
    expect(reduced(7, once, losses).losses).toEqual(reduced(7, losses).losses);
    expect(reduced(14, losses.slice(0, 8)).losses).toEqual(losses.slice(0, 8));
  });
});

describe('what links leave out', () => {
  it('goes in one order, so that the same study has the same link in every version', () => {
    const released = TO_FIT.map(({ code }) => code).filter((code) => code <= 80);
    expect(released).toEqual([
      ...[30, 31, 5, 32, 33, 34, 54, 35, 36, 76, 6, 37, 38, 7, 39, 40, 41, 42, 55, 43, 44, 70, 13, 14, 50, 51, 52, 56],
      ...[61, 18, 77, 45, 78, 16, 19, 53, 79],
      ...[74, 66, 68, 67, 21, 20, 11, 46, 60, 24, 15, 17, 47, 48, 49],
    ]);
    expect(ALWAYS.map(({ code }) => code)).toEqual([1, 2, 3, 70, 80, 4]);
  });

  it('has codes and worths of its own', () => {
    for (const values of [TO_FIT.map(({ code }) => code), TO_FIT.map(({ worth }) => worth)])
      expect(new Set<number>(values).size).toBe(values.length);
  });
});

it('fewer validations keep the last one, at equal distances', () => {
  const validation = Array.from({ length: 20 }, (_, i) => ({ step: 10 * (i + 1), accuracy: 0.5, loss: 1 }));
  const { apply } = TO_FIT.find(({ code }) => code === 13)!;
  const few = apply!({ ...result, runs: [{ ...run, validation }] }, result).runs[0].validation;
  expect(few.map(({ step }) => step)).toEqual([40, 80, 120, 160, 200]);
});
