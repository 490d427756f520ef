import { expect, it, vi } from 'vitest';
import { workerJob } from './worker-job.ts';

/** A job in a worker that says what the test says; its answers are added up until one is 0. */
function begin(signal?: AbortSignal) {
  const said = { postMessage: vi.fn(), terminate: vi.fn() };
  const worker = Object.assign(new EventTarget(), said) as unknown as Worker;
  let sum = 0;
  const result = workerJob<number, number>({
    start: () => worker,
    request: 'add',
    hear: (answer, done) => {
      if (answer < 0) throw new Error('Too little.');
      sum += answer;
      if (answer === 0) done(sum);
    },
    stopped: () => 'It stopped.',
    signal,
  });
  const answer = (data: number): void => void worker.onmessage?.(new MessageEvent('message', { data }));
  return { worker, said, result, answer };
}

it('hears answers until the job is done, and ends its worker', async () => {
  const { said, result, answer } = begin();
  expect(said.postMessage).toHaveBeenCalledWith('add');
  answer(2);
  answer(3);
  expect(said.terminate).not.toHaveBeenCalled();
  answer(0);
  expect(await result).toBe(5);
  expect(said.terminate).toHaveBeenCalledTimes(1);
});

it('fails with what an answer says, with what is said of a worker that stops, and with the reason of an abort', async () => {
  const refused = begin();
  refused.answer(-1);
  await expect(refused.result).rejects.toThrow('Too little.');
  const stopped = begin();
  stopped.worker.onerror?.(new Event('error') as ErrorEvent);
  await expect(stopped.result).rejects.toThrow('It stopped.');
  const abort = new AbortController();
  const aborted = begin(abort.signal);
  abort.abort(new Error('Not wanted any more.'));
  await expect(aborted.result).rejects.toThrow('Not wanted any more.');
  for (const { said } of [refused, stopped, aborted]) expect(said.terminate).toHaveBeenCalledTimes(1);
});

it('makes no worker for a job that is aborted before', async () => {
  const { said, result } = begin(AbortSignal.abort(new Error('Not wanted.')));
  await expect(result).rejects.toThrow('Not wanted.');
  expect(said.postMessage).not.toHaveBeenCalled();
});
