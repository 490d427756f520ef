import { expect, it } from 'vitest';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { withChosenPictures } from '../../study/predictions/chosen-pictures.ts';
import { confusionsOf } from '../../study/predictions/confusions.ts';
import { picturesOf } from '../../study/predictions/pictures.ts';
import { confusionsCsv, predictionsCsv } from './predictions-csv.ts';

const result = withPredictions(studyResultFixture({ seeds: 2 }), 100);
const rows = (text: string): string[][] =>
  text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

it('predictions as CSV have a row per picture and variant', () => {
  const small = withChosenPictures(result);
  const [head, ...lines] = rows(predictionsCsv(small));
  expect(lines).toHaveLength(48 * small.predictions!.length);
  const right = lines.filter(
    (line) => line[head.indexOf('variant')] === 'run' && line[head.indexOf('arm')] === 'CopRA',
  );
  const expected = picturesOf(small).reduce((sum, { arms }) => sum + arms[1].right, 0);
  expect(right.filter((line) => line[head.indexOf('right')] === '1')).toHaveLength(expected);
});

it('predictions as CSV count layers from 1, as the page does', () => {
  const parts = new Set(
    rows(predictionsCsv(result).replaceAll(/"[^"]*"/g, (text) => text.replaceAll(/[",]/g, ''))).map((line) => line[5]),
  );
  expect([...parts].filter((name) => /layers|even|odd/.test(name)).sort()).toEqual([
    'layers 1 3 5 …',
    'layers 2 4 6 …',
  ]);
});

it('predictions as CSV name the files of own images, and arms as the page does', () => {
  const files = Array.from({ length: 100 }, (_, i) => `shoes/im ${i}.jpg`);
  const named = {
    ...result,
    config: { ...result.config, arms: result.config.arms.map((arm) => ({ ...arm, name: `My ${arm.id}` })) },
  };
  const [head, ...lines] = rows(predictionsCsv(named, files));
  expect(head.slice(0, 6)).toEqual(['picture', 'file', 'true_class', 'variant', 'arm', 'seeds']);
  expect(lines.every(([picture, file]) => file === `shoes/im ${Number(picture) - 1}.jpg`)).toBe(true);
  expect(new Set(lines.map((line) => line[4]))).toEqual(new Set(['', 'My lora', 'My copra']));
  expect(rows(predictionsCsv(named))[0]).not.toContain('file');
  expect(rows(confusionsCsv(named, confusionsOf(named)))[1][0]).toBe('backbone');
});

it('confusions as CSV have a row per two classes', () => {
  const [, ...lines] = rows(confusionsCsv(result, confusionsOf(result)));
  expect(lines).toHaveLength(3 * 81);
  expect(lines.reduce((sum, line) => sum + Number(line[4]), 0)).toBe(100 * (1 + 2 * 2));
});
