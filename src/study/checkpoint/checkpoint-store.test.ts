import { describe, expect, it, test } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { writeSafetensors } from '../../model/write-safetensors.ts';
import { PRESETS } from '../presets/presets.ts';
import { StudyCheckpointError, type CheckpointHead, type StudyCheckpoint } from './checkpoint.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { createCheckpointStore, type CheckpointFiles } from './checkpoint-store.ts';
import { FORMATS_AT_HAND } from './formats-at-hand.ts';
import { isComputedElsewhere } from './study-locks.ts';
import { memoryLocks } from '../../platform/test-locks.ts';
import { memoryFiles } from './test-checkpoint-files.ts';

const dataset: DroppedDataset = {
  name: 'mine',
  imageSize: 1,
  classes: ['a'],
  prompts: ['an a'],
  pixels: Uint8Array.of(1, 2, 3),
  labels: Int32Array.of(0),
  split: Uint8Array.of(0),
};

function checkpointAt(step: number, task = 'dropped'): StudyCheckpoint {
  const run = { lossSteps: [1], losses: [0.1], validation: [], steps: step, windowSum: 0, windowCount: 0, gates: '' };
  const values = () => [Float32Array.of(step, 2)];
  return {
    head: {
      version: 2,
      config: { ...PRESETS[0].config, task },
      task: 'mine',
      step,
      started: '2026-01-01T00:00:00.000Z',
      saved: `2026-01-01T00:00:${10 + step}.000Z`,
      seconds: 1,
      backend: 'wasm',
      device: 'test',
      appVersion: '1',
      runs: [[run]],
    },
    trainers: [
      { step, adapters: values(), firstMoments: values(), secondMoments: values(), counts: [Int32Array.of(3)] },
    ],
  };
}

test('the latest checkpoint comes back with the images', async () => {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  await store.keep('a', checkpointAt(1), dataset);
  await store.keep('a', checkpointAt(2), dataset);
  expect(await createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND).load('a')).toEqual({
    checkpoint: checkpointAt(2),
    dataset,
    known: null,
  });
  expect(files.files.size).toBe(2);
});

test('studies come in the order in which they were saved, and one that a wrong clock dated ahead of now is the last', async () => {
  const store = createCheckpointStore(memoryFiles(), memoryLocks(), FORMATS_AT_HAND);
  const ahead = checkpointAt(3);
  await store.keep('ahead', { ...ahead, head: { ...ahead.head, saved: '9999-01-01T00:00:00.000Z' } }, dataset);
  await store.keep('first', checkpointAt(1), dataset);
  await store.keep('second', checkpointAt(2), dataset);
  expect((await store.list()).interrupted.map(({ id }) => id)).toEqual(['second', 'first', 'ahead']);
});

test('a study whose site data are cleared in mid-run is whole again at its next checkpoint', async () => {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  await store.keep('a', checkpointAt(1), dataset);
  files.files.clear();
  await store.keep('a', checkpointAt(2), dataset);
  expect(await store.load('a')).toEqual({ checkpoint: checkpointAt(2), dataset, known: null });
});

describe('seeds that are added to a study', () => {
  const adds = (step: number): StudyCheckpoint => {
    const { head, ...rest } = checkpointAt(step, 'food');
    return { ...rest, head: { ...head, adds: true } };
  };
  const layout = createAdapterLayout(
    { vision: { layers: 2, width: 4, mlpWidth: 8 } },
    { rank: 1, towers: ['vision'], projections: ['q'] },
  );
  const adapterOf = (seed: number) => ({
    arm: 'lora',
    seed,
    layout,
    scale: 0.5,
    values: Float32Array.from({ length: layout.size }, (_, i) => seed + i / 7),
    gates: { steps: 600, activeSteps: [600, 600] },
  });
  const known = { result: studyResultFixture(), adapters: [0, 1].map(adapterOf) };

  it('come back with the study, which is written once, and go with it', async () => {
    const files = memoryFiles();
    const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
    await store.keep('a', adds(1), null, known);
    const written = files.files.get('a.known');
    await store.keep('a', adds(2), null, known);
    expect(files.files.get('a.known')).toBe(written);
    // As where the study was stopped.
    await store.keep('a', adds(3), null);
    expect(await store.load('a')).toEqual({ checkpoint: adds(3), dataset: null, known });
    await store.discard('a');
    expect(files.files.size).toBe(0);
  });

  it('say so where the study is gone, or damaged, and one without seeds is removed', async () => {
    const files = memoryFiles();
    const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
    await store.keep('a', adds(1), null, known);
    files.files.set('a.known', new Blob(['half of it']));
    await expect(store.load('a')).rejects.toThrow(StudyCheckpointError);
    files.files.delete('a.known');
    await expect(store.load('a')).rejects.toThrow('The study to which the saved seeds are added is gone.');
    await store.discard('a');
    files.files.set('b.known', new Blob(['of a study that was not saved']));
    await store.list();
    expect(files.files.size).toBe(0);
  });
});

test('images whose first write a crash cut off are written again', async () => {
  const files = memoryFiles();
  files.files.set('a.pixels', new Blob([]));
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  await store.keep('a', checkpointAt(1), dataset);
  expect(await store.load('a')).toEqual({ checkpoint: checkpointAt(1), dataset, known: null });
});

test('a study that an earlier version saved goes on, and is then out of its reach', async () => {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  const earlier = checkpointAt(1);
  await store.keep('a', { ...earlier, head: { ...earlier.head, version: 1 } }, dataset);
  const [study, images] = [...files.files.entries()].toSorted(([a], [b]) => a.localeCompare(b));
  expect([study[0], images[0]]).toEqual(['a.checkpoint', 'a.pixels']);
  files.files.clear();
  files.files.set('a.study', study[1]);
  files.files.set('a.images', images[1]);
  const later = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  expect((await later.list()).interrupted.map(({ id }) => id)).toEqual(['a']);
  expect((await later.load('a')).dataset).toEqual(dataset);
  await later.keep('a', checkpointAt(2), dataset);
  expect([...files.files.keys()].toSorted()).toEqual(['a.checkpoint', 'a.pixels']);
  expect((await later.load('a')).checkpoint).toEqual(checkpointAt(2));
  files.files.set('b.study', study[1]);
  await later.discard('b');
  expect(files.files.size).toBe(2);
});

test('the latest study comes first; one that runs is not offered', async () => {
  const store = createCheckpointStore(memoryFiles(), memoryLocks(), FORMATS_AT_HAND);
  for (const [id, step] of [
    ['a', 3],
    ['b', 9],
    ['c', 6],
  ] as const)
    await store.keep(id, checkpointAt(step), dataset);
  let told = false;
  let ended: Promise<void> = Promise.resolve();
  await store.whileRunning('b', async () => {
    ended = store.ended('b').then(() => void (told = true));
    expect((await store.list()).running).toEqual(['b']);
    expect(told).toBe(false);
    expect((await store.list()).interrupted.map(({ id }) => id)).toEqual(['c', 'a']);
    await expect(store.whileRunning('b', () => Promise.resolve())).rejects.toThrow('another tab');
  });
  await ended;
  expect((await store.list()).interrupted.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

test('a tab is told whether another one computes a study, and not of its own', async () => {
  const held: Parameters<typeof memoryLocks>[1] = new Map();
  const [here, there] = ['here', 'there'].map((tab) => memoryLocks(tab, held));
  const files = memoryFiles();
  await createCheckpointStore(files, here, FORMATS_AT_HAND).whileRunning('a', async () => {
    expect(await isComputedElsewhere(here)).toBe(false);
    expect(await isComputedElsewhere(there)).toBe(true);
  });
  expect(await isComputedElsewhere(there)).toBe(false);
  expect(await isComputedElsewhere(undefined)).toBe(false);
  const refuse = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
  expect(await isComputedElsewhere({ request: refuse, query: refuse })).toBe(false);
});

test('damaged files are removed and do not hide the others', async () => {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  await store.keep('a', checkpointAt(3), dataset);
  await store.keep('b', checkpointAt(4), dataset);
  const whole = await files.files.get('a.checkpoint')!.arrayBuffer();
  for (const length of [0, 7, 8, 200, whole.byteLength - 1]) {
    files.files.set('a.checkpoint', new Blob([whole.slice(0, length)]));
    await expect(store.load('a')).rejects.toThrow('damaged');
    expect((await store.list()).interrupted.map(({ id }) => id)).toEqual(['b']);
    expect(files.files.has('a.checkpoint')).toBe(false);
  }
});

test('a file that the browser cannot read, or remove, at this moment stays, and hides no other study', async () => {
  const files = memoryFiles();
  const refused = () => Promise.reject(new DOMException('It is in use.', 'NoModificationAllowedError'));
  const store = createCheckpointStore(
    { ...files, read: (name) => (name.startsWith('held') ? refused() : files.read(name)), remove: refused },
    memoryLocks(),
    FORMATS_AT_HAND,
  );
  await store.keep('good', checkpointAt(1), dataset);
  await store.keep('held', checkpointAt(2), dataset);
  await files.write('damaged.checkpoint', new Blob(['no study']));
  await files.write('alone.pixels', new Blob(['images without a study']));
  expect((await store.list()).interrupted.map(({ id }) => id)).toEqual(['good']);
  expect([...files.files.keys()].filter((name) => name.startsWith('held'))).toHaveLength(2);
});

test('a file whose head is no JSON is damaged, and of no other version', async () => {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  files.files.set('a.checkpoint', new Blob([writeSafetensors({}, { study: '{"version":1,' })]));
  await expect(store.load('a')).rejects.toThrow('damaged');
  expect(await store.list()).toEqual({ interrupted: [], foreign: [], running: [] });
  expect(files.files.has('a.checkpoint')).toBe(false);
});

test.each<[string, (head: CheckpointHead) => object]>([
  ['another format', (head) => ({ ...head, version: 3 })],
  ['settings that this version does not know', (head) => ({ ...head, config: { ...head.config, novelty: 3 } })],
  [
    'settings of an arm that this version does not know',
    (head) => ({ ...head, config: { ...head.config, arms: head.config.arms.map((arm) => ({ ...arm, novelty: 3 })) } }),
  ],
])('a study of another version, with %s, stays until it is discarded', async (_, change) => {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  const { head, ...rest } = checkpointAt(3);
  await store.keep('a', { ...rest, head: change(head) as CheckpointHead }, dataset);
  await store.keep('b', checkpointAt(4), null);
  const { interrupted, foreign } = await store.list();
  expect([interrupted.map(({ id }) => id), foreign]).toEqual([['b'], ['a']]);
  await expect(store.load('a')).rejects.toThrow('another version of this page');
  expect(files.files.has('a.pixels')).toBe(true);
  await store.discard('a');
  expect((await store.list()).foreign).toEqual([]);
});

test('images whose study was never written, because the device was full, are removed', async () => {
  const files = memoryFiles();
  const full: CheckpointFiles = {
    ...files,
    write: (name, bytes) =>
      name.endsWith('.checkpoint') ? Promise.reject(new Error('full')) : files.write(name, bytes),
  };
  const store = createCheckpointStore(full, memoryLocks(), FORMATS_AT_HAND);
  await store.whileRunning('a', async () => {
    await expect(store.keep('a', checkpointAt(1), dataset)).rejects.toThrow('full');
    expect(await store.list()).toEqual({ interrupted: [], foreign: [], running: [] });
    expect([...files.files.keys()]).toEqual(['a.pixels']);
  });
  await createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND).list();
  expect([...files.files.keys()]).toEqual([]);
});

test('a study without its images or gone altogether says so', async () => {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  await expect(store.load('a')).rejects.toThrow('finished or discarded');
  await store.keep('a', checkpointAt(3), null);
  await expect(store.load('a')).rejects.toThrow('images of the saved study are gone');
});
