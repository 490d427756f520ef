import { describe, expect, it } from 'vitest';
import { mapResultFixture } from '../../tests/fixtures/map-result.ts';
import { differenceAt, emptyMap, withCell } from '../study/map/map-result.ts';
import { TEST_ACCURACY } from '../study/result/measures/accuracy.ts';
import { barrierMeasure } from '../study/result/measures/paths.ts';
import { mapFacts } from './map-facts.ts';

const map = mapResultFixture();

describe('what lessons quote of a map', () => {
  it('divides it into four corners, each with a quarter of the cells', () => {
    const facts = mapFacts(map, TEST_ACCURACY)!;
    expect(facts.corners.map(({ words }) => words)).toEqual([
      'training images per class 8 to 16, learning rate 1e-3 to 3e-3',
      'training images per class 8 to 16, learning rate 0.01 to 0.03',
      'training images per class 64 to all, learning rate 1e-3 to 3e-3',
      'training images per class 64 to all, learning rate 0.01 to 0.03',
    ]);
    expect(facts.corners.map(({ cells }) => cells)).toEqual([4, 4, 4, 4]);
    const means = map.cells.map((cell) => differenceAt(cell, 'test-accuracy')!.mean);
    expect(facts.corners[0].mean).toBeCloseTo((means[0] + means[1] + means[4] + means[5]) / 4);
    expect(facts.whole.better).toBe(means.filter((value) => value > 0.021).length);
    expect(facts.whole.worse).toBe(means.filter((value) => value < -0.021).length);
  });

  it('finds the column that is farthest from 0, and counts cells that are done without the measure', () => {
    const raised = {
      ...map,
      cells: map.cells.map((cell) => ({
        ...cell,
        differences: cell.differences
          .filter(({ measure }) => measure !== TEST_ACCURACY.id || cell.y !== map.config.y.values[0])
          .map((one) => ({ ...one, mean: cell.x === map.config.x.values[3] ? 0.5 : 0.01 })),
      })),
    };
    const { whole, done, column } = mapFacts(raised, TEST_ACCURACY)!;
    expect([whole.cells, done]).toEqual([12, 16]);
    expect(column).toMatchObject({ words: 'learning rate 0.03', cells: 3, others: { cells: 9 } });
    expect([column!.mean, column!.others.mean].map((value) => value.toFixed(3))).toEqual(['0.500', '0.010']);
  });

  it('counts a lower barrier as better', () => {
    const [accuracy, barrier] = [TEST_ACCURACY, barrierMeasure('factor')].map((one) => mapFacts(map, one)!.whole);
    expect([barrier.better, barrier.worse]).toEqual([accuracy.worse, accuracy.better]);
  });

  it('reads a map of which one cell is done, and nothing of none', () => {
    const one = withCell(emptyMap(map.config), map.cells[0]);
    const { whole, corners } = mapFacts(one, TEST_ACCURACY)!;
    expect(whole).toMatchObject({ cells: 1, better: 1, worse: 0 });
    expect(corners.map(({ cells }) => cells)).toEqual([1, 0, 0, 0]);
    expect(mapFacts(one, TEST_ACCURACY)!.column).toBeNull();
    expect(mapFacts(emptyMap(map.config), TEST_ACCURACY)).toBeNull();
    expect(mapFacts(null, TEST_ACCURACY)).toBeNull();
  });
});
