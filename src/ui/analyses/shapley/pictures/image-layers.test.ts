import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../../tests/fixtures/study-result.ts';
import { perImageOf } from '../../../../study/analyses/shapley/per-image.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { creditText, HELPS, imageLayers } from './image-layers.ts';

const ANALYSED = 4;

/** @param places of the pictures whose values the result has */
function resultOf(places: readonly number[]): StudyResult {
  const result = studyResultFixture({ seeds: 1 });
  const analysed = places.filter((place) => place < ANALYSED).length;
  const shapley = result.shapley.map((run) => {
    const values = Float64Array.from({ length: run.players.length * analysed }, (_, i) => i);
    const perImage = perImageOf({ perImage: { accuracy: values, loss: values } });
    return { ...run, images: ANALYSED, ...(perImage && { perImage }) };
  });
  return { ...result, shapley, task: { ...result.task, kept: [...places] } };
}

it('are of all pictures that were analysed, or of a selection', () => {
  const areAll = (places: readonly number[]) => imageLayers(resultOf(places), 'lora', 'accuracy', null)?.areAll;
  // Those behind the analysed ones are not missing.
  expect([areAll([0, 1, 2, 3]), areAll([0, 1, 2, 3, 9]), areAll([0, 2, 3])]).toEqual([true, true, false]);
});

it.each(['accuracy', 'loss'] as const)('no picture that a layer helps is written as 0: %s', (metric) => {
  const result = resultOf([0, 1, 2, 3]);
  const { groups, values } = imageLayers(result, 'lora', metric, null)!;
  const shown = groups.flatMap(({ layer, images }) => images.map((image) => creditText(values[layer][image], metric)));
  expect(shown.length).toBeGreaterThan(0);
  expect(Number(creditText(HELPS[metric], metric))).toBeGreaterThan(0);
  // Less than that is rounding, or too little to be read.
  const faint = {
    ...result,
    shapley: result.shapley.map((run) => {
      const few = Float64Array.from({ length: run.players.length * ANALYSED }, () => 0.9 * HELPS[metric]);
      const perImage = perImageOf({ perImage: { accuracy: few, loss: few } });
      return { ...run, ...(perImage && { perImage }) };
    }),
  };
  expect(imageLayers(faint, 'lora', metric, null)!.groups).toEqual([]);
});
