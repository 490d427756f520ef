import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { extremeOff, handRows, knownScores, towersOf } from './prune-by-hand.ts';

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
const { arms } = studyResultFixture().config;

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
    const rows = handRows(arms, knownScores(tables, new Set(['vision 1'])));
    expect(rows.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
    expect(rows[0]).toMatchObject({ accuracy: 0.375, full: 0.75, change: -0.375, retained: 0.25, images: 100 });
    expect(rows[0].seeds).toEqual([
      { seed: 0, accuracy: 0.5 },
      { seed: 1, accuracy: 0.25 },
    ]);
    expect(rows[0].samplingError).toBeCloseTo(Math.sqrt((0.375 * 0.625) / 100), 9);
  });

  it('knows the layers of both towers', () => {
    const text = { players: [{ tower: 'text' as const, layer: 0 }, ...players] };
    expect(towersOf([text, { players }]).map(({ tower, players: own }) => [tower, own.length])).toEqual([
      ['vision', 2],
      ['text', 1],
    ]);
  });

  it('finds the set of an arm over its seeds', () => {
    expect(extremeOff(tables, 'copra', 1, 'best')).toEqual(new Set(['vision 0']));
    expect(extremeOff(tables, 'copra', 1, 'worst')).toEqual(new Set(['vision 1']));
    expect(extremeOff(tables, 'lora', 2, 'best')).toEqual(new Set());
  });
});
