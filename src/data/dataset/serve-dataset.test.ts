import { expect, it, vi } from 'vitest';
import { PATIENT } from '../../../tests/support/patient.ts';
import { dropped, textOf } from '../test-files.ts';
import { openDataset, type WorkerLike } from './dataset-client.ts';
import { serveDataset } from './serve-dataset.ts';
import type { DataReply, DataRequest } from './worker-messages.ts';

/** A worker in this thread, whose replies can be kept on their way. */
function inThread() {
  const state = { isHeld: false, held: [] as DataReply[], said: [] as DataReply['type'][] };
  const hear = serveDataset(
    (message) => {
      state.said.push(message.type);
      if (state.isHeld) state.held.push(message);
      else setTimeout(() => say(message));
    },
    // An image is as grey as the number in it says.
    ({ imageSize }) =>
      (bytes) =>
        Promise.resolve(new Uint8Array(imageSize * imageSize * 3).fill(Number(textOf(bytes)))),
  );
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (message: DataRequest) => setTimeout(() => hear(message)),
    terminate: () => {},
  };
  const say = (data: DataReply) => void worker.onmessage?.call(worker as Worker, { data } as MessageEvent);
  const release = () => {
    state.isHeld = false;
    state.held.splice(0).forEach(say);
  };
  return { state, start: () => worker, release };
}

const NAMES = Array.from({ length: 24 }, (_, i) => `${i < 12 ? 'a' : 'b'}/${i}.jpg`);
/** A table beside class folders that lists the images the other way round. */
const FILES = dropped({
  ...Object.fromEntries(NAMES.map((name, i) => [name, `${i}`])),
  'labels.csv': ['file,label', ...NAMES.map((name, i) => `${name},${i % 2 ? 'odd' : 'even'}`).toReversed()].join('\n'),
});

it.each([
  ['being listed', false],
  ['listed, of which the page has not heard', true],
])('reads images by the plan that the page has after another reading is cancelled: %s', async (_, isListed) => {
  const { state, start, release } = inThread();
  const opened = await openDataset({ kind: 'files', files: FILES }, {}, start);
  const { images } = await opened.relabel({ reading: 'folders' });
  const paths = new Map(images.map(({ record, path }) => [record, path]));
  const cancelling = new AbortController();
  state.said = [];
  state.isHeld = true;
  const other = opened.relabel({ reading: 'table' }, { signal: cancelling.signal });
  if (isListed) await vi.waitFor(() => expect(state.said).toContain('opened'), PATIENT);
  cancelling.abort(new Error('cancelled'));
  await expect(other).rejects.toThrow('cancelled');
  release();
  const { pixels, records } = await opened.prepare(
    [...paths.keys()].sort((a, b) => a - b),
    1,
    false,
  );
  expect(records).toHaveLength(24);
  records.forEach((record, i) => expect(paths.get(record)).toMatch(new RegExp(`^./${pixels[3 * i]}\\.jpg$`)));
});

it('reads images by another reading once the page has its plan', async () => {
  const opened = await openDataset({ kind: 'files', files: FILES }, {}, inThread().start);
  for (const reading of ['folders', 'table'] as const) {
    const { images } = await opened.relabel({ reading });
    const { pixels } = await opened.prepare([images[0].record], 1, false);
    expect(images[0].path).toMatch(new RegExp(`^./${pixels[0]}\\.jpg$`));
  }
});
