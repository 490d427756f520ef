/** A page with a controller, and a client that a test plays. */
import { vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { CheckpointHead } from '../../study/checkpoint/checkpoint.ts';
import type { CheckpointStore } from '../../study/checkpoint/checkpoint-store.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Order, StudyWorkerClient } from '../../worker/client.ts';
import type { SendOptions } from '../../worker/connection.ts';
import type { Asked } from '../../worker/protocol.ts';
import { answering } from '../../worker/test-answers.ts';
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
  type Hearing = Pick<SendOptions<'run'>, 'onNews'>;
  const begin = ({ onNews = () => undefined }: Hearing): void => void (send = onNews);
  const answers = {
    run: vi.fn((_: Asked<'run'>, options: Hearing) => {
      begin(options);
      return new Promise<void>((resolve, reject) => {
        end = resolve;
        fail = reject;
      });
    }),
    continue: vi.fn((_: Asked<'continue'>, options: Hearing) => Promise.resolve(begin(options))),
    evaluate: vi.fn((_: Asked<'evaluate'>, options: Hearing) => Promise.resolve(begin(options))),
  };
  const client = {
    ...answering(answers),
    open: vi.fn<StudyWorkerClient['open']>(() => Promise.resolve({ engine, notices: ['A note.'] })),
    order: vi.fn<(type: Order) => Promise<void>>(() => Promise.resolve()),
    terminate: vi.fn(),
  };
  return {
    client,
    answers,
    send: (event: StudyEvent) => send(event),
    end: () => end(),
    fail: (error: Error) => fail(error),
  };
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
export function setUp(steps: readonly (number | null)[] = [], mayStart?: () => boolean) {
  const store = createStudyStore();
  const fake = fakeClient();
  const left = [...steps];
  const discard = vi.fn(() => Promise.resolve());
  const head = (step: number) => ({ step, config: store.getState().config }) as CheckpointHead;
  const checkpoints = {
    ended: () => Promise.resolve(),
    offer: () => () => undefined,
    list: () => {
      const id = fake.answers.run.mock.calls.at(0)?.[0].study ?? 'long';
      const step = left.shift() ?? null;
      return Promise.resolve({
        interrupted: step === null ? [] : [{ id, head: head(step) }],
        foreign: [],
        running: [],
      });
    },
    discard,
    forget: discard,
    images: () => Promise.resolve(null),
    load: () => Promise.reject(new Error('nothing is loaded here')),
    keep: () => Promise.reject(new Error('nothing is kept here')),
    whileRunning: (_id: string, work: () => Promise<void>) => work(),
  } satisfies CheckpointStore;
  const adapters = createAdaptersStore();
  const controller = createStudyController(store, fake.client, adapters, checkpoints, mayStart);
  const show = (result: StudyResult, source: 'saved' | 'file'): void =>
    showResult({ study: store, adapters }, result, source);
  return { store, adapters, show, ...fake, controller, discard };
}
