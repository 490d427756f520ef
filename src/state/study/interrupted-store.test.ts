import { expect, test, vi } from 'vitest';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { createCheckpointStore, type SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import { FORMATS_AT_HAND } from '../../study/checkpoint/formats-at-hand.ts';
import { memoryLocks } from '../../platform/test-locks.ts';
import { memoryFiles } from '../../study/checkpoint/test-checkpoint-files.ts';
import { neighbours } from '../../platform/test-tab-news.ts';
import { createInterruptedStudies, resumableHere } from './interrupted-store.ts';
import { createStudyStore, runsElsewhere } from './study-store.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

const dataset: DroppedDataset = {
  name: 'mine',
  imageSize: 1,
  classes: ['a'],
  prompts: ['an a'],
  pixels: Uint8Array.of(1, 2, 3),
  labels: Int32Array.of(0),
  split: Uint8Array.of(0),
};

function setUp() {
  const files = memoryFiles();
  const locks = memoryLocks();
  const [here, there] = neighbours();
  const checkpoints = createCheckpointStore(files, locks, FORMATS_AT_HAND, here);
  const otherTab = createCheckpointStore(files, locks, FORMATS_AT_HAND, there);
  const study = createStudyStore();
  const keep = (id: string, own: DroppedDataset | null = null, version = 1, by = checkpoints) =>
    by.keep(
      id,
      {
        head: {
          version: version as 1,
          config: PRESETS[0].config,
          task: 'emoji',
          step: 3,
          started: '2026-01-01T00:00:00.000Z',
          saved: '2026-01-01T00:00:00.000Z',
          seconds: 1,
          backend: 'wasm',
          device: 'test',
          appVersion: '1',
          runs: [],
        },
        trainers: [],
      },
      own,
    );
  const interrupted = createInterruptedStudies(checkpoints, study, here);
  const ids = () => interrupted.getState().studies.map(({ id }) => id);
  return { files, checkpoints, otherTab, study, keep, interrupted, ids };
}

test('a study that runs elsewhere is offered once it is interrupted', async () => {
  const { checkpoints, keep, interrupted, ids } = setUp();
  await keep('a');
  let crash = () => {};
  const running = checkpoints.whileRunning(
    'a',
    () => new Promise<void>((_, reject) => (crash = () => reject(new Error('gone')))),
  );
  await interrupted.refresh();
  expect(ids()).toEqual([]);
  crash();
  await expect(running).rejects.toThrow('gone');
  await vi.waitFor(() => expect(ids()).toEqual(['a']), PATIENT);
});

test('what another tab goes on with, saves, leaves and discards changes the list at once', async () => {
  const { keep, interrupted, ids, otherTab } = setUp();
  await keep('a');
  await interrupted.refresh();
  expect(ids()).toEqual(['a']);
  let close = (): void => undefined;
  const runs = (id: string) =>
    otherTab.whileRunning(id, async () => {
      if (id === 'b') await keep('b', null, 1, otherTab);
      await new Promise<void>((resolve) => (close = resolve));
    });
  const resumed = runs('a');
  await vi.waitFor(() => expect(ids()).toEqual([]), PATIENT);
  close();
  await resumed;
  await vi.waitFor(() => expect(ids()).toEqual(['a']), PATIENT);
  await otherTab.forget('a');
  await vi.waitFor(() => expect(ids()).toEqual([]), PATIENT);
  // A new one is known here, too, by the time that its tab is closed.
  const begun = runs('b');
  await vi.waitFor(() => expect(otherTab.list()).resolves.toMatchObject({ running: ['b'] }), PATIENT);
  await new Promise((resolve) => setTimeout(resolve, 10));
  close();
  await begun;
  await vi.waitFor(() => expect(ids()).toEqual(['b']), PATIENT);
});

test('that another tab runs it is said for as long as it does', async () => {
  const { checkpoints, study, keep, interrupted, ids } = setUp();
  await keep('a');
  const said = () => 'Something else.';
  let end = (): void => undefined;
  const running = checkpoints.whileRunning('a', () => new Promise<void>((resolve) => (end = resolve)));
  study.setState({ status: 'starting', checkpoint: 'a' });
  study.setState({ status: 'idle', notices: [said, runsElsewhere] });
  await vi.waitFor(() => expect(interrupted.getState().isLooking).toBe(false), PATIENT);
  expect(study.getState().notices).toEqual([said, runsElsewhere]);
  end();
  await running;
  await vi.waitFor(() => expect(ids()).toEqual(['a']), PATIENT);
  expect(study.getState().notices).toEqual([said]);
});

test('it looks again when a study of this page ends, and forgets what is discarded', async () => {
  const { study, keep, interrupted, ids, checkpoints } = setUp();
  study.setState({ status: 'running' });
  await keep('a');
  study.setState({ status: 'idle' });
  await vi.waitFor(() => expect(ids()).toEqual(['a']), PATIENT);
  await interrupted.discard('a');
  expect(ids()).toEqual([]);
  expect((await checkpoints.list()).interrupted).toEqual([]);
});

test('a study that another version of the page saved is listed until it is discarded', async () => {
  const { keep, interrupted, ids, files } = setUp();
  await keep('a', dataset, 3);
  await keep('b');
  await interrupted.refresh();
  expect(ids()).toEqual(['b']);
  expect(interrupted.getState().foreign).toEqual(['a']);
  await interrupted.discard('a');
  expect(interrupted.getState().foreign).toEqual([]);
  expect([...files.files.keys()]).toEqual(['b.checkpoint']);
});

test('a study that another tab goes on with is not discarded, and keeps its images', async () => {
  const { keep, interrupted, ids, checkpoints } = setUp();
  await keep('a', dataset);
  await interrupted.refresh();
  let close = () => {};
  const elsewhere = checkpoints.whileRunning('a', () => new Promise<void>((resolve) => (close = resolve)));
  await interrupted.discard('a');
  expect(ids()).toEqual([]);
  expect(await checkpoints.images('a')).toEqual(dataset);
  close();
  await elsewhere;
  await vi.waitFor(() => expect(ids()).toEqual(['a']), PATIENT);
});

test('without storage there is nothing to offer', async () => {
  const none = createInterruptedStudies(null, createStudyStore());
  await none.refresh();
  expect(none.getState().studies).toEqual([]);
  const { checkpoints } = setUp();
  const forbidden = { ...checkpoints, list: () => Promise.reject(new Error('forbidden')) };
  const blocked = createInterruptedStudies(forbidden, createStudyStore());
  await blocked.refresh();
  expect(blocked.getState().studies).toEqual([]);
});

test('a list is neither read nor set while a study runs', async () => {
  const { study, keep, interrupted, ids, checkpoints } = setUp();
  await keep('a');
  const reading = interrupted.refresh();
  study.setState({ status: 'starting' });
  await reading;
  expect(ids()).toEqual([]);
  const list = vi.spyOn(checkpoints, 'list');
  await interrupted.refresh();
  expect(list).not.toHaveBeenCalled();
  expect(ids()).toEqual([]);
  study.setState({ status: 'idle' });
  await vi.waitFor(() => expect(ids()).toEqual(['a']), PATIENT);
});

test('an offer never stands beside the study that took it up', async () => {
  const { study, keep, interrupted, ids, checkpoints } = setUp();
  await keep('a');
  await interrupted.refresh();
  expect(ids()).toEqual(['a']);
  study.setState({ status: 'starting' });
  expect(ids()).toEqual([]);
  await checkpoints.discard('a'); // it ended
  const seen: number[] = [];
  interrupted.subscribe(({ studies }) => seen.push(studies.length));
  study.setState({ status: 'idle' });
  await vi.waitFor(() => expect(seen).toEqual([0]), PATIENT);
});

test('of a study that ended here it is known at last whether it can be resumed', async () => {
  const { study, keep, interrupted, checkpoints } = setUp();
  const here = () => resumableHere(interrupted.getState(), study.getState().checkpoint);
  study.setState({ status: 'running', checkpoint: 'mine' });
  await keep('mine');
  await keep('other');
  study.setState({ status: 'idle' });
  expect(interrupted.getState().isLooking).toBe(true);
  expect(here()).toBeNull();
  await vi.waitFor(() => expect(here()?.id).toBe('mine'), PATIENT);
  expect(interrupted.getState().isLooking).toBe(false);

  // No other tab puts its own in the place of what is offered here.
  const offered = async () =>
    (await checkpoints.list()).interrupted.flatMap(({ id, isOffered = false }) => (isOffered ? [id] : []));
  expect(await offered()).toEqual(['mine']);

  // What can be resumed of another study is offered above the page.
  study.setState({ status: 'running', checkpoint: null });
  study.setState({ status: 'idle' });
  await vi.waitFor(() => expect(interrupted.getState().studies).toHaveLength(2), PATIENT);
  expect(here()).toBeNull();
  expect(await offered()).toEqual([]);
});

test.each([
  ['a study of a class asks its reader before it goes on', { byClass: true }],
  ['a cell of a map goes on with the map', { map: 'regime-map' }],
])('%s, so it is offered above the page', (_what, head) => {
  expect(resumableHere({ studies: [{ id: 'mine', head } as SavedStudy] }, 'mine')).toBeNull();
});
