import { describe, expect, it } from 'vitest';
import { withPredictions } from '../../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { classAccuracies } from '../../../state/pictures/class-confusions.ts';
import { confusionsOf } from '../../../study/predictions/confusions.ts';
import { cellsOf, confusionHeight, confusionPlot } from './confusion-plot.ts';

const classes = Array.from({ length: 100 }, (_, i) => `class ${i}`);
const result = withPredictions(studyResultFixture({ classes, seeds: 2 }), 800);
const [, confusion] = confusionsOf(result);
const view = { confusion, baseline: null, unit: 'share', order: 'task' } as const;

it('axes say which side is the true class', () => {
  const [{ x, y }] = confusionPlot(result, { ...view, most: null })(560).panels;
  expect([x.title, y.title]).toEqual(['taken for', 'true class']);
});

it('of a hundred classes, the least accurate ones stand alone, in the order of the task', () => {
  const all = cellsOf(result, { ...view, most: null });
  expect(all.places).toHaveLength(100);
  const few = cellsOf(result, { ...view, most: 30 });
  expect(few.places).toEqual(few.places.toSorted((a, b) => a - b));
  const accuracies = classAccuracies(confusion, 100).map(({ accuracy }) => accuracy);
  const others = all.places.filter((i) => !few.places.includes(i));
  expect(Math.max(...few.places.map((i) => accuracies[i]))).toBeLessThanOrEqual(
    Math.min(...others.map((i) => accuracies[i])),
  );
  few.values.forEach((row, r) =>
    row.forEach((value, c) => expect(value).toBe(all.values[few.places[r]][few.places[c]])),
  );
  expect(confusionHeight(30)).toBeLessThan(confusionHeight(100));
});

describe('on a phone', () => {
  const few = withPredictions(studyResultFixture({ classes: classes.slice(0, 9), seeds: 2 }), 200);
  const [, fewConfused] = confusionsOf(few);
  const drawn = (given: typeof result, of: typeof view, width: number) => {
    const { panels, colourBar } = confusionPlot(given, { ...of, most: null })(width);
    const [cells] = panels[0].marks.flatMap((mark) => (mark.kind === 'cells' ? [mark] : []));
    return { ...cells, colourBar };
  };

  it('cells keep their numbers, as small as can be read', () => {
    const { text, textSize, colourBar } = drawn(few, { ...view, confusion: fewConfused }, 290);
    expect(text?.(0.42, 0, 0)).toBe('42');
    expect(textSize).toBeGreaterThanOrEqual(10);
    expect(textSize).toBeLessThanOrEqual(12);
    expect(colourBar).toBeUndefined();
  });

  it('cells without room for numbers have a scale', () => {
    const { text, colourBar } = drawn(result, view, 290);
    expect(text).toBeUndefined();
    expect(colourBar?.range[0]).toBe(0);
    expect(colourBar?.title).toBe('% of its pictures');
  });
});
