import { describe, expect, it } from 'vitest';
import { verdicts } from './answers.ts';

const answer = (...values: number[]) => [Float32Array.from(values)];

describe('verdicts', () => {
  it('find the one that differs, wherever it stands', () => {
    const right = answer(1, 2, 3);
    const wrong = answer(1, 2, 3.1);
    expect(verdicts([wrong, right, right]).map(({ isWrong }) => isWrong)).toEqual([true, false, false]);
    expect(verdicts([right, right, wrong]).map(({ isWrong }) => isWrong)).toEqual([false, false, true]);
  });

  it('allow rounding', () => {
    const [, second] = verdicts([answer(1, 2, 3), answer(1, 2, 3.0001)]);
    expect(second.isWrong).toBe(false);
    expect(second.deviation).toBeGreaterThan(0);
  });

  it('take zeros, missing parts and what is no number as wrong', () => {
    const judged = verdicts([answer(1, 2), answer(1, 2), answer(0, 0), answer(NaN, 2), answer(1), []]);
    expect(judged.map(({ isWrong }) => isWrong)).toEqual([false, false, true, true, true, true]);
    expect(judged[3].deviation).toBeNull();
  });

  it('of one alone say nothing', () => {
    expect(verdicts([answer(1)])).toEqual([{ deviation: null, isWrong: false }]);
    expect(verdicts([])).toEqual([]);
  });

  it('measure every part by its own scale', () => {
    const of = (loss: number) => [Float32Array.of(1000), Float32Array.of(loss)];
    expect(verdicts([of(0.5), of(0.5), of(0.6)])[2].isWrong).toBe(true);
  });
});
