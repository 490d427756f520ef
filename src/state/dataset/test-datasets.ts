/** Data sets of made-up images, and a store of them, for tests. */
import { expect, vi } from 'vitest';
import type { openDataset, OpenedDataset } from '../../data/dataset/dataset-client.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
import { planFolders } from '../../data/dataset/test-plans.ts';
import { squareGeometry } from '../../model/image-geometry.ts';
import { createDatasetStore } from './dataset-store.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

export const GEOMETRY = squareGeometry(8);

/** A store that takes up edits at once, and not when there were no more of them for a while. */
export const storeOf = (start?: typeof openDataset) => createDatasetStore(start, 0);

/** A data set of three classes; every image has a colour of its own. */
export function fake(perClass: number, hold?: Promise<void>) {
  const plan = planFolders(
    ['ant-hill', 'bee', 'cow'].flatMap((name) =>
      Array.from({ length: perClass }, (_, i) => ({ path: `set/${name}/${i}.png`, size: 100 })),
    ),
  );
  const prepare = vi.fn<OpenedDataset['prepare']>(async (records, size, _unique, options) => {
    await hold;
    options?.signal?.throwIfAborted();
    const pixels = new Uint8Array(records.length * size * size * 3);
    records.forEach((record, i) => pixels.fill(record % 256, i * size * size * 3, (i + 1) * size * size * 3));
    return {
      pixels,
      records: Int32Array.from(records),
      groups: Int32Array.from(records.keys()),
      problems: [],
    };
  });
  const close = vi.fn();
  const opened: OpenedDataset = { plan, prepare, relabel: () => Promise.resolve(plan), close };
  const store = storeOf(() => Promise.resolve(opened));
  /** Without the previews. */
  const decodes = () => prepare.mock.calls.filter(([, , unique]) => unique).length;
  return { store, close, decodes };
}

/** Eight images of a class. */
export const eight = (name: string) => Array.from({ length: 8 }, (_, i) => ({ path: `set/${name}/${i}.png`, size: 9 }));

/** A data set of which only some images can be decoded; all when absent. */
export function opened(plan: DatasetPlan, good?: readonly number[]) {
  return {
    plan,
    prepare: (records: readonly number[], size: number) => {
      const kept = records.filter((record) => good?.includes(record) ?? true);
      return Promise.resolve({
        pixels: Uint8Array.from({ length: kept.length * size * size * 3 }, (_, i) => i % 251),
        records: Int32Array.from(kept),
        groups: Int32Array.from(kept.keys()),
        problems: [],
      });
    },
    relabel: () => Promise.resolve(plan),
    close: vi.fn<() => void>(),
  };
}

export const settled = (store: ReturnType<typeof storeOf>, phase: string) =>
  vi.waitFor(() => expect(store.getState().phase).toBe(phase), PATIENT);
