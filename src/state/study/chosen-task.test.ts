import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { EMPTY_DATASET } from '../dataset/dataset-state.ts';
import { chosenTask } from './chosen-task.ts';

const shown = studyResultFixture();
const ofOwn = { config: { ...shown.config, task: 'dropped' }, task: { ...shown.task, classes: ['mine', 'too'] } };
const own = { task: 'dropped' };

describe('the task of the next run', () => {
  it('is the chosen one of the page, whatever result is shown', () => {
    for (const result of [null, shown, ofOwn])
      expect(chosenTask({ task: 'animals' }, EMPTY_DATASET, result)).toMatchObject({
        name: 'Animals and plants',
        classes: expect.arrayContaining(['animal mammal', 'plant flower']) as unknown,
      });
  });

  it('is of the own images that are here, before a result of others', () => {
    const dataset = { name: 'garden', classes: ['rose', 'fern'], prompts: ['a rose', 'a fern'] } as const;
    const prepared = { ...EMPTY_DATASET, dataset: dataset as unknown as DroppedDataset };
    for (const result of [null, shown, ofOwn]) expect(chosenTask(own, prepared, result)).toMatchObject(dataset);
    const used = ['rose', 'fern'].map((name) => ({ name, count: 3, bytes: null, sides: null }));
    expect(chosenTask(own, { ...EMPTY_DATASET, name: 'planned', used }, ofOwn)).toEqual({
      name: 'planned',
      classes: ['rose', 'fern'],
    });
  });

  it('is of the result shown where own images are not here, and unknown beside a result of other images', () => {
    expect(chosenTask(own, EMPTY_DATASET, ofOwn)?.classes).toEqual(['mine', 'too']);
    expect(chosenTask(own, EMPTY_DATASET, shown)).toBeNull();
    expect(chosenTask(own, EMPTY_DATASET, null)).toBeNull();
  });
});
