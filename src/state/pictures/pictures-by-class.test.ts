import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { packLabels } from '../../study/predictions/answers.ts';
import { picturesByClass } from './pictures-by-class.ts';

const { task } = studyResultFixture();
const labels = packLabels(Int32Array.of(1, 0, 1, 1, 0));
const result = { task: { ...task, classes: ['cat', 'dog', 'fox'], labels } };

const picture = (place: number): Uint8Array => Uint8Array.of(place, place, place);
const images = (...places: readonly number[]) => ({
  size: 1,
  at: (place: number) => (places.includes(place) ? picture(place) : null),
});

it('takes the first images at hand of each class, and leaves out classes without any', () => {
  expect(picturesByClass(result, images(0, 1, 2, 3, 4), 2)).toEqual([
    { name: 'cat', pictures: [picture(1), picture(4)] },
    { name: 'dog', pictures: [picture(0), picture(2)] },
  ]);
  // A file brings some of them.
  expect(picturesByClass(result, images(3), 2)).toEqual([{ name: 'dog', pictures: [picture(3)] }]);
});

it('has none where the images are not at hand, and where a result keeps no labels', () => {
  expect(picturesByClass(result, null, 2)).toEqual([]);
  expect(picturesByClass({ task: { ...result.task, labels: undefined } }, images(0), 2)).toEqual([]);
});
