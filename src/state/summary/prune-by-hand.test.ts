import { describe, expect, it } from 'vitest';
import { smallClipBase as base } from '../../../tests/fixtures/adapter-base.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { shareError } from '../../core/statistics.ts';
import { smallLayout } from '../../copra/test-layouts.ts';
import type { StoredAdapter } from '../adapters/adapters-store.ts';
import { areAmong, areComplete, extremeOff, handRows, isSameQuestion, knownScores, towersOf } from './prune-by-hand.ts';

const players = [0, 1].map((layer) => ({ tower: 'vision' as const, layer }));
const table = (arm: string, seed: number, ...accuracy: number[]) => ({
  arm,
  seed,
  players,
  images: 100,
  accuracy: Float32Array.from(accuracy),
});
// none, layer 1, layer 2, both
const tables = [
  table('lora', 0, 0.25, 0.5, 0.25, 0.75),
  table('lora', 1, 0.25, 0.25, 0.5, 0.75),
  table('copra', 0, 0.25, 0.5, 0.625, 0.75),
];
const { config } = studyResultFixture();
const { arms } = config;
const layout = smallLayout();

describe('pruning by hand', () => {
  it('reads the runs off their tables', () => {
    expect(knownScores(tables, new Set(['vision 1']))[0]).toEqual({
      arm: 'lora',
      seed: 0,
      images: 100,
      gated: 0.5,
      full: 0.75,
      none: 0.25,
    });
    const rows = handRows(arms, knownScores(tables, new Set(['vision 1'])), 1);
    expect(rows.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
    expect(rows[0]).toMatchObject({ accuracy: 0.375, full: 0.75, change: -0.375, retained: 0.25, images: 100 });
    expect(rows[0].seeds).toEqual([
      { seed: 0, accuracy: 0.5 },
      { seed: 1, accuracy: 0.25 },
    ]);
    expect(rows[0].samplingError).toBeCloseTo(shareError(0.375, 100), 12);
  });

  it('knows the layers of both towers', () => {
    const text = { players: [{ tower: 'text' as const, layer: 0 }, ...players] };
    expect(towersOf([text, { players }]).map(({ tower, players: own }) => [tower, own.length])).toEqual([
      ['vision', 2],
      ['text', 1],
    ]);
  });

  it('tells the adapters of two studies apart, whose arms and seeds have the same names', () => {
    const stored = (seed: number): StoredAdapter => ({
      id: `copra/${seed}`,
      armId: 'copra',
      armName: 'CopRA',
      seed,
      study: config,
      classes: [],
      layout,
      scale: 1,
      values: new Float32Array(layout.size),
      base,
      gates: { steps: 1, activeSteps: [1, 1, 1, 1] },
    });
    const [first, second] = [0, 0].map(() => [0, 1].map(stored));
    const question = { adapters: first, off: new Set(['vision 0', 'vision 1']) };
    expect(isSameQuestion(question, { adapters: [...first], off: new Set(['vision 1', 'vision 0']) })).toBe(true);
    expect(isSameQuestion(question, { ...question, adapters: second })).toBe(false);
    expect(isSameQuestion(question, { ...question, off: new Set(['vision 0', 'vision 2']) })).toBe(false);
    // Seeds are added: what is known of the others stays on screen, and is asked again.
    const more = [...first, stored(2)];
    expect([areAmong(first, more), areAmong(first, second), areAmong(more, first)]).toEqual([true, false, false]);
    expect(isSameQuestion(question, { ...question, adapters: more })).toBe(false);
  });

  it('takes tables for all there is to know only where they are of every arm and of every analysed run', () => {
    const of = (...runs: [string, number][]) => runs.map(([arm, seed]) => ({ arm, seed, armId: arm }));
    const held = of(['lora', 0], ['lora', 1], ['copra', 0], ['copra', 1]);
    const first = of(['lora', 0], ['copra', 0]);
    expect(areComplete(first, held, first)).toBe(true);
    expect(areComplete(first, [], first)).toBe(true);
    // Stopped among the arms, and a seed added to a study from a file, whose others have no table.
    expect(areComplete(of(['lora', 0]), held, of(['lora', 0]))).toBe(false);
    expect(areComplete(of(['lora', 1], ['copra', 1]), held, held)).toBe(false);
  });

  it('finds the set of an arm over its seeds', () => {
    expect(extremeOff(tables, 'copra', 1, 'best')).toEqual(new Set(['vision 0']));
    expect(extremeOff(tables, 'copra', 1, 'worst')).toEqual(new Set(['vision 1']));
    expect(extremeOff(tables, 'lora', 2, 'best')).toEqual(new Set());
  });
});
