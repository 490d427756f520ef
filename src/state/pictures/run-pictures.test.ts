import { expect, it } from 'vitest';
import { packBits } from '../../platform/bits.ts';
import { packLabels } from '../../study/predictions/answers.ts';
import { fewShots } from '../../study/presets/few-shots.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { STRIP_PICTURES, type Glimpse } from '../../study/result/glimpse.ts';
import { runPictures, scoreOf } from './run-pictures.ts';

const arms = [
  { id: 'lora', name: 'LoRA' },
  { id: 'copra', name: 'CopRA' },
];
const IMAGES = 20;
const correct = Array.from({ length: IMAGES }, (_, i) => i % 3 === 0);

const task: StudyResult['task'] = {
  name: 'Colours',
  classes: ['red', 'green'],
  train: 1,
  validation: 1,
  test: IMAGES,
  chance: 0.5,
  labels: packLabels(Int32Array.from({ length: IMAGES }, (_, i) => i % 2)),
  zeroShot: { accuracy: 0.35, loss: 1, correct: packBits(correct) },
};
const result = { task, config: fewShots.config };
const right = Array.from({ length: STRIP_PICTURES }, (_, i) => i < 5);
const glimpse: Glimpse = { step: 40, answers: [{ arm: 'copra', seed: 0, right }], paths: [], images: 24 };

it('tells who is right about the first pictures, as far as it is known', () => {
  const { classes, rows } = runPictures(result, glimpse, arms);
  expect(classes).toEqual(Array.from({ length: STRIP_PICTURES }, (_, i) => task.classes[i % 2]));
  expect(rows.map(({ name }) => name)).toEqual(['Backbone', 'LoRA', 'CopRA']);
  expect(rows[0].right).toEqual(correct.slice(0, STRIP_PICTURES));
  expect(rows[1].right).toEqual(right.map(() => null));
  expect(rows[2].right).toEqual(right);
  expect(rows.map(scoreOf)).toEqual(['4 of 12', '', '5 of 12']);
});

it('has as many pictures as there are, and a row of each before anything is known', () => {
  const few = runPictures({ ...result, task: { ...task, test: 7 } }, null, arms);
  expect(few.rows.every((row) => row.right.length === 7)).toBe(true);
  const none = runPictures(null, null, arms);
  expect(none.classes).toEqual([]);
  expect(none.rows.map((row) => row.right)).toEqual(Array(3).fill(Array(STRIP_PICTURES).fill(null)));
});

it('knows nothing of a backbone whose answers are damaged', () => {
  const damaged = { ...task, zeroShot: { accuracy: 0.35, loss: 1, correct: 'AA' } };
  expect(runPictures({ ...result, task: damaged }, null, arms).rows[0].right[0]).toBeNull();
});
