import { expect, it } from 'vitest';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { tinyClip } from '../tiny-clip.ts';
import { adaptedMap, towerShapes } from '../../model/backbone.ts';
import { mapsSize, weightsOfMaps, withMaps, withWeightsOfMaps } from '../../model/replace-maps.ts';

const backbone = tinyClip({ layers: 2, width: 8, heads: 2, imageSize: 8, patchSize: 4 });
const { pairs } = createAdapterLayout(towerShapes(backbone), {
  rank: 1,
  towers: ['vision', 'text'],
  projections: ['q', 'fc1'],
});

it('weights of maps go from one backbone to another bit for bit; all else is shared, and nothing changes in place', () => {
  const before = weightsOfMaps(backbone, pairs);
  expect(before).toHaveLength(mapsSize(pairs));
  const changed = withMaps(backbone, pairs, (_, weight) => weight.map((value, i) => value + i / 7));
  expect(weightsOfMaps(backbone, pairs)).toEqual(before);
  const values = weightsOfMaps(changed, pairs);
  expect(values).not.toEqual(before);
  const copy = withWeightsOfMaps(backbone, pairs, values);
  expect(weightsOfMaps(copy, pairs)).toEqual(values);
  expect(adaptedMap(copy, pairs[0]).weight).toEqual(adaptedMap(changed, pairs[0]).weight);
  expect(copy.vision.blocks[0].k).toBe(backbone.vision.blocks[0].k);
  expect(() => withWeightsOfMaps(backbone, pairs, values.subarray(1))).toThrow(/weights, got/);
});
