import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { taskFromDropped } from '../../data/dataset/dropped.ts';
import { ALL_SHOTS } from '../../data/shots.ts';
import type { FederatedRun } from '../../study/analyses/federated/result.ts';
import { TRY_IT_STUDIES } from '../../study/presets/try-it.ts';
import type { Asked } from '../../worker/protocol.ts';
import { answering } from '../../worker/test-answers.ts';
import { twoOwnImages } from '../../../tests/support/own-images.ts';
import { createDatasetStore } from '../dataset/dataset-store.ts';
import type { Keeper } from '../page/keeper.ts';
import { createEstimates, secondsOf, tryItOf } from './estimates.ts';
import { createStudyStore, type StudyState } from './study-store.ts';
import { wantSeconds } from './want-seconds.ts';

const engine = { backend: 'wasm', device: 'WebAssembly SIMD, 2 threads', threads: 2, software: false } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function keeper(): NonNullable<Keeper> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text) };
}

/** A device on which a step takes as many seconds as its pace says. */
function setUp(storage: Keeper = null) {
  const study = createStudyStore();
  const dataset = createDatasetStore();
  const estimate = vi.fn(({ configs, pace }: Asked<'estimate'>) =>
    Promise.resolve({ pace: pace ?? 0.2, seconds: configs.map(({ training }) => (pace ?? 0.2) * training.steps) }),
  );
  const store = createEstimates(study, dataset, answering({ estimate }), storage);
  const opened = async (): Promise<void> => {
    study.setState({ device: { status: 'ready', engine, message: null } });
    await vi.advanceTimersByTimeAsync(1000);
  };
  return { study, dataset, estimate, store, opened };
}

test('the device is measured once, and the study is estimated whenever its settings change', async () => {
  const storage = keeper();
  const { study, estimate, store, opened } = setUp(storage);
  const first = study.getState().config;
  expect(secondsOf(store.getState(), first)).toBeNull();
  await opened();
  expect(estimate.mock.calls[0][0].pace).toBeNull();
  expect(secondsOf(store.getState(), first)).toBeCloseTo(0.2 * first.training.steps, 9);
  const longer = { ...first, training: { ...first.training, steps: 5000 } };
  study.setState({ config: longer });
  expect(secondsOf(store.getState(), longer)).toBeNull();
  await vi.advanceTimersByTimeAsync(1000);
  expect(estimate.mock.calls[1][0].pace).toBe(0.2);
  expect(secondsOf(store.getState(), longer)).toBeCloseTo(1000, 9);
  const next = setUp(storage);
  await next.opened();
  expect(next.estimate.mock.calls[0][0].pace).toBe(0.2);
});

test('another device is measured anew, and damaged notes are ignored', async () => {
  for (const text of ['{"device":"another","pace":9}', '{"device":3}', 'nonsense', '{"device":"x","pace":-1}']) {
    const storage = keeper();
    storage.setItem('copra-pace', text);
    const { estimate, opened } = setUp(storage);
    await opened();
    expect(estimate.mock.calls[0][0].pace).toBeNull();
  }
});

test('“Try it” takes the largest study of a minute, or the smallest when nothing was measured in time', async () => {
  const { store, opened } = setUp();
  const asked = tryItOf(store);
  await opened();
  const chosen = await asked;
  expect(0.2 * chosen.training.steps).toBeLessThanOrEqual(50);
  expect(store.getState().tries).toEqual(TRY_IT_STUDIES.map(({ training }) => 0.2 * training.steps));
  const silent = tryItOf(setUp().store);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await silent).toBe(TRY_IT_STUDIES[0]);
});

test('other settings are estimated while they are wanted, beside those of the page', async () => {
  const { store, study, opened } = setUp();
  await opened();
  const ofSteps = (steps: number) => {
    const { config } = study.getState();
    return { ...config, training: { ...config.training, steps } };
  };
  const secondsNow = () => [...store.getState().wanted.values()];
  // There are no own images here.
  const [some, own, more] = [ofSteps(70), { ...ofSteps(70), task: 'dropped' }, ofSteps(90)];
  const leave = [some, own].map((config) => wantSeconds(store, config));
  expect(secondsNow()).toEqual([null, null]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(secondsNow()).toEqual([0.2 * 70, null]);
  expect(secondsOf(store.getState(), study.getState().config)).not.toBeNull();
  // From two places of the page.
  wantSeconds(store, more);
  await vi.advanceTimersByTimeAsync(1000);
  expect(secondsNow()).toEqual([0.2 * 70, null, 0.2 * 90]);
  leave.forEach((stop) => stop());
  expect(store.getState().wanted).toEqual(new Map([[more, 0.2 * 90]]));
});

/** A study of the page's settings ends after twice the estimated time, and its result arrives as a worker sends it. */
async function endStudy({ study, store }: ReturnType<typeof setUp>, ended: Partial<StudyState> = {}): Promise<void> {
  const { config } = study.getState();
  const result = studyResultFixture();
  const seconds = 2 * (secondsOf(store.getState(), config) ?? NaN);
  const provenance = { ...result.provenance, device: engine.device, seconds };
  study.setState({ status: 'running', isNew: true });
  study.setState({ result: structuredClone({ ...result, config, provenance }), source: 'live', ...ended });
  study.setState({ status: 'idle' });
  await vi.advanceTimersByTimeAsync(1000);
}

test('a study that ends here corrects the pace', async () => {
  const page = setUp(keeper());
  await page.opened();
  await endStudy(page);
  expect(page.estimate.mock.calls.at(-1)?.[0].pace).toBeCloseTo(0.4, 9);
});

test('a study of which only a part was computed here, or that did not begin, corrects nothing', async () => {
  const page = setUp(keeper());
  await page.opened();
  const paceAfter = async (work: Promise<void>): Promise<number | null | undefined> => {
    await work;
    return page.estimate.mock.calls.at(-1)?.[0].pace;
  };
  expect(await paceAfter(endStudy(page, { isNew: false }))).toBe(0.2); // it was resumed, or seeds were added
  const result = page.study.getState().result!;
  expect(await paceAfter(endStudy(page, { result: { ...result, status: 'stopped' } }))).toBe(0.2);
  const federated = { partitions: [], runs: [{ attendance: {} } as FederatedRun] }; // devices of a class
  expect(await paceAfter(endStudy(page, { result: { ...result, federated } }))).toBe(0.2);
  await endStudy(page);
  expect(await paceAfter(endStudy(page, { result: page.study.getState().result }))).toBeCloseTo(0.4, 9);
});

test('own images are estimated as soon as they are read, without their pixels, and a failing device says nothing', async () => {
  const { study, dataset, store, opened, estimate } = setUp();
  await opened();
  const own = { ...study.getState().config, task: 'dropped' };
  study.setState({ config: own });
  await vi.advanceTimersByTimeAsync(1000);
  expect(secondsOf(store.getState(), own)).toBeNull();
  expect(store.getState().tries).not.toBeNull();
  dataset.setState({ dataset: twoOwnImages(7) });
  await vi.advanceTimersByTimeAsync(1000);
  expect(secondsOf(store.getState(), own)).toBeCloseTo(0.2 * own.training.steps, 9);
  const sent = estimate.mock.calls.at(-1)![0].dataset!;
  expect([sent.pixels.length, taskFromDropped(sent, ALL_SHOTS).test.count]).toEqual([0, 1]);
  estimate.mockRejectedValueOnce(new Error('lost'));
  const other = { ...own, task: 'groups9', seeds: [4] };
  study.setState({ config: other });
  await vi.advanceTimersByTimeAsync(1000);
  expect(secondsOf(store.getState(), other)).toBeNull();
});
