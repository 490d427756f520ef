/** A page with a controller, and a client that a test plays. */
import { vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { CheckpointHead } from '../../study/checkpoint/checkpoint.ts';
import type { CheckpointStore } from '../../study/checkpoint/checkpoint-store.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { StudyWorkerClient } from '../../worker/client.ts';
import { createAdaptersStore } from '../adapters/adapters-store.ts';
import { showResult } from './replace-shown.ts';
import { createStudyController } from './study-controller.ts';
import { createStudyStore } from './study-store.ts';

export const engine = { backend: 'wasm', device: 'WebAssembly SIMD, 2 threads', threads: 2, software: false } as const;

/** A client whose run the test ends, and whose events the test sends. */
function fakeClient() {
  let send: (event: StudyEvent) => void = () => undefined;
  let end = (): void => undefined;
  let fail: (error: Error) => void = () => undefined;
  const client = {
    open: vi.fn(() => Promise.resolve({ engine, notices: ['A note.'] })),
    run: vi.fn((_config, _dataset, onEvent: (event: StudyEvent) => void) => {
      send = onEvent;
      return new Promise<void>((resolve, reject) => {
        end = resolve;
        fail = reject;
      });
    }),
    continueStudy: vi.fn((_study, onEvent: (event: StudyEvent) => void) => {
      send = onEvent;
      return Promise.resolve();
    }),
    evaluate: vi.fn((_config, _dataset, _adapters, onEvent: (event: StudyEvent) => void) => {
      send = onEvent;
      return Promise.resolve();
    }),
    readAdapter: vi.fn(() => Promise.reject(new Error('no files'))),
    mergeWeights: vi.fn(() => Promise.reject(new Error('no files'))),
    scoreGates: vi.fn(() => Promise.resolve(null)),
    predict: vi.fn(() => Promise.resolve(null)),
    lookInside: vi.fn(() => Promise.resolve(null)),
    readPicture: vi.fn(() => Promise.reject(new Error('no files'))),
    estimate: vi.fn(() => Promise.resolve(null)),
    planMemory: vi.fn(() => Promise.reject(new Error('no engine'))),
    limitMemory: vi.fn(),
    probe: vi.fn(() => Promise.reject(new Error('no engine'))),
    measure: vi.fn(() => Promise.resolve(null)),
    stopMeasuring: vi.fn(() => Promise.resolve()),
    leadClass: vi.fn(() => Promise.resolve()),
    joinClass: vi.fn(() => Promise.resolve()),
    pause: vi.fn(() => Promise.resolve()),
    resume: vi.fn(() => Promise.resolve()),
    step: vi.fn(() => Promise.resolve()),
    stop: vi.fn(() => Promise.resolve()),
    terminate: vi.fn(),
  } satisfies StudyWorkerClient;
  return { client, send: (event: StudyEvent) => send(event), end: () => end(), fail: (error: Error) => fail(error) };
}

export const result = { ...studyResultFixture(), status: 'running' as const };
export const started: Extract<StudyEvent, { type: 'started' }> = {
  type: 'started',
  engine,
  result: { ...result, runs: [], landscape: [], shapley: [], pruning: [] },
};

/**
 * A page whose study runs in a client that the test plays.
 * @param steps of the checkpoints that are found one after the other; null: there is none
 */
export function setUp(steps: readonly (number | null)[] = []) {
  const store = createStudyStore();
  const fake = fakeClient();
  const left = [...steps];
  const discard = vi.fn(() => Promise.resolve());
  const head = (step: number) => ({ step, config: store.getState().config }) as CheckpointHead;
  const checkpoints = {
    ended: () => Promise.resolve(),
    list: () => {
      const [, , , , id = 'long'] = (fake.client.run.mock.calls.at(0) ?? []) as unknown as string[];
      const step = left.shift() ?? null;
      return Promise.resolve({
        interrupted: step === null ? [] : [{ id, head: head(step) }],
        foreign: [],
        running: [],
      });
    },
    discard,
    images: () => Promise.resolve(null),
    load: () => Promise.reject(new Error('nothing is loaded here')),
    keep: () => Promise.reject(new Error('nothing is kept here')),
    whileRunning: (_id: string, work: () => Promise<void>) => work(),
  } satisfies CheckpointStore;
  const adapters = createAdaptersStore();
  const controller = createStudyController(store, fake.client, adapters, checkpoints);
  const show = (result: StudyResult, source: 'saved' | 'file'): void =>
    showResult({ study: store, adapters }, result, source);
  return { store, adapters, show, ...fake, controller, discard };
}
