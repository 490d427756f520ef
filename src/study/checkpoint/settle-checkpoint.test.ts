import { beforeEach, expect, test } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { StudyConfig } from '../config/config.ts';
import type { StudyResult } from '../result/result.ts';
import { createCheckpointStore, type CheckpointStore } from './checkpoint-store.ts';
import { FORMATS_AT_HAND } from './formats-at-hand.ts';
import { settleCheckpoint } from './settle-checkpoint.ts';
import { memoryLocks } from '../../platform/test-locks.ts';
import { memoryFiles } from './test-checkpoint-files.ts';

const whole: StudyResult = { ...studyResultFixture(), status: 'complete' };
const stopped: StudyResult = { ...whole, status: 'stopped' };
const others: StudyConfig = { ...whole.config, seeds: [7] };

let store: CheckpointStore;
beforeEach(() => void (store = createCheckpointStore(memoryFiles(), memoryLocks(), FORMATS_AT_HAND)));

interface About {
  readonly images?: DroppedDataset | null;
  /** The map whose cell it is. */
  readonly map?: string;
}

const save = (id: string, step: number, config = whole.config, { images = null, map }: About = {}): Promise<void> =>
  store.keep(
    id,
    {
      head: {
        version: 2,
        config,
        task: whole.task.name,
        step,
        started: '2026-01-01T00:00:00.000Z',
        saved: '2026-01-01T00:00:10.000Z',
        seconds: 1,
        backend: 'wasm',
        device: 'test',
        appVersion: '1',
        runs: [],
        ...(map !== undefined && { map }),
      },
      trainers: [],
    },
    images,
  );

/** A study that saves a checkpoint, and ends. @param step of its checkpoint; null: it saved none */
const study = (id: string, step: number | null, result: StudyResult, about: About = {}): Promise<void> =>
  store.whileRunning(id, async () => {
    if (step !== null) await save(id, step, result.config, about);
    await settleCheckpoint(store, id, result, about.images ?? null);
  });

const offered = async () =>
  (await store.list()).interrupted.map(({ id, head }) => `${id} ${head.stopped ? 'stopped' : 'interrupted'}`);

test('a study that is whole leaves none, and one that its user stopped can be resumed', async () => {
  await study('a', 12, whole);
  expect(await offered()).toEqual([]);
  await study('b', 5, stopped);
  expect(await offered()).toEqual(['b stopped']);
  expect((await store.load('b')).checkpoint.head).toMatchObject({ step: 5, stopped: true });
});

test('nothing is offered of a study that was stopped before its first step', async () => {
  await study('a', null, stopped);
  await study('b', 0, stopped);
  expect(await offered()).toEqual([]);
});

test('a cell of a map that is stopped can go on, takes no place of another, and no other takes its place', async () => {
  await study('a', 5, stopped);
  await study('cell', 7, { ...stopped, config: others }, { map: 'a map' });
  await study('before its first step', 0, { ...stopped, config: others }, { map: 'a map' });
  await study('b', 9, stopped);
  expect((await offered()).toSorted()).toEqual(['b stopped', 'cell interrupted']);
  await study('cell', 12, { ...whole, config: others }, { map: 'a map' });
  expect(await offered()).toEqual(['b stopped']);
});

test('of studies that were stopped the last is kept, beside those that were interrupted', async () => {
  await save('crashed', 3);
  await study('a', 5, stopped);
  await study('b', 7, { ...stopped, config: others });
  expect((await offered()).toSorted()).toEqual(['b stopped', 'crashed interrupted']);
  // Stopped before it had anything to keep, a study takes no other's place.
  await study('c', null, stopped);
  expect(await offered()).toContain('b stopped');
});

test('a study run anew and whole is not offered any more, and others are', async () => {
  await study('a', 5, stopped);
  await study('b', 12, { ...whole, config: others });
  expect(await offered()).toEqual(['a stopped']);
  await study('c', 12, whole);
  expect(await offered()).toEqual([]);
  await save('reloaded', 5);
  await save('other', 5, others);
  await study('d', 12, whole);
  expect(await offered()).toEqual(['other interrupted']);
});

test('a study of own images is the same with the same images, and not with others of its name', async () => {
  const own = { ...whole, config: { ...whole.config, task: 'dropped' } };
  const imagesOf = (red: number): DroppedDataset => ({
    name: own.task.name,
    imageSize: 1,
    classes: ['cat'],
    prompts: ['a cat'],
    pixels: Uint8Array.of(red, 0, 0),
    labels: Int32Array.of(0),
    split: Uint8Array.of(0),
  });
  await save('reloaded', 5, own.config, { images: imagesOf(1) });
  await save('of other images', 5, own.config, { images: imagesOf(2) });
  await study('stopped', 7, { ...own, status: 'stopped' }, { images: imagesOf(3) });
  await study('again', 12, own, { images: imagesOf(1) });
  expect((await offered()).toSorted()).toEqual(['of other images interrupted', 'stopped stopped']);
  await study('and again', null, own, { images: imagesOf(3) });
  expect(await offered()).toEqual(['of other images interrupted']);
});

test('what another tab offers where it was stopped stays as long as it does', async () => {
  await study('a', 5, stopped);
  const withdraw = store.offer('a');
  await study('b', 7, { ...stopped, config: others });
  expect((await offered()).toSorted()).toEqual(['a stopped', 'b stopped']);
  withdraw();
  await study('c', 9, stopped);
  expect(await offered()).toEqual(['c stopped']);
});

test('it is the same study in whatever order its prompts were typed', async () => {
  const perClass = { cat: 'a {} that sleeps', dog: 'a {} that runs' };
  const typed = (names: readonly (keyof typeof perClass)[]): StudyConfig => ({
    ...whole.config,
    prompts: { templates: ['a {}'], perClass: Object.fromEntries(names.map((name) => [name, perClass[name]])) },
  });
  await study('a', 5, { ...stopped, config: typed(['cat', 'dog']) });
  await study('b', 12, { ...whole, config: typed(['dog', 'cat']) });
  expect(await offered()).toEqual([]);
});

test('what another tab goes on with stays', async () => {
  await study('a', 5, stopped);
  let end = (): void => undefined;
  const elsewhere = store.whileRunning('a', () => new Promise<void>((resolve) => (end = resolve)));
  await study('b', 7, stopped);
  await store.forget('a');
  end();
  await elsewhere;
  expect((await offered()).toSorted()).toEqual(['a stopped', 'b stopped']);
});

test('a device without room takes nothing from a result, and what it has saved stays on offer', async () => {
  const full = () => Promise.reject(new DOMException('There is no room.', 'QuotaExceededError'));
  await store.whileRunning('a', async () => {
    await save('a', 5);
    await settleCheckpoint({ ...store, keep: full }, 'a', stopped, null);
    await settleCheckpoint({ ...store, list: full }, 'a', whole, null);
  });
  expect(await offered()).toEqual(['a interrupted']);
});
