import { expect, it } from 'vitest';
import type { OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { planFolders } from '../../data/dataset/test-plans.ts';
import { squareGeometry } from '../../model/image-geometry.ts';
import { DatasetSession } from './dataset-session.ts';
import { EMPTY_DATASET } from './dataset-state.ts';
import { partsToKeep } from './parts-to-keep.ts';

it('keeps images at another size of the plan that was there when it was asked, whatever is chosen while they are read', async () => {
  const plan = planFolders(
    ['ant', 'bee'].flatMap((name) => Array.from({ length: 6 }, (_, i) => ({ path: `${name}/${i}.png`, size: 9 }))),
  );
  const prepare: OpenedDataset['prepare'] = (records, size) =>
    Promise.resolve({
      pixels: Uint8Array.from({ length: records.length * size * size * 3 }, (_, i) => (i * 7) % 251),
      records: Int32Array.from(records),
      groups: Int32Array.from(records.keys()),
      problems: [],
    });
  const opened: OpenedDataset = { plan, prepare, relabel: () => Promise.reject(new Error('none')), close: () => {} };
  const session = Object.assign(new DatasetSession(squareGeometry(8)), { opened, plan });
  const records = plan.images.map(({ record }) => record);
  await session.prepare(records, 8, true);
  const classes = plan.classes.map((name, i) => ({ found: name, name, readable: name, count: plan.counts[i] }));
  const dataset = { name: 'own', imageSize: 8, classes: plan.classes, prompts: plan.classes };
  const ready = {
    ...EMPTY_DATASET,
    phase: 'ready' as const,
    name: 'own',
    classes,
    dataset: { ...dataset, pixels: new Uint8Array(0), labels: new Int32Array(0), split: new Uint8Array(0) },
  };
  const keeping = partsToKeep(session, ready, squareGeometry(16));
  session.plan = { ...plan, images: plan.images.slice(1) };
  const parts = await keeping;
  expect(parts?.plan).toBe(plan);
  expect([...(parts?.prepared.records ?? [])]).toEqual(records);
});
