import { expect, it, onTestFinished, vi } from 'vitest';
import { workerJob, type JobReply } from './worker-job.ts';

/** A job in a worker that says what the test says; its numbers are added up, and negative ones refused. */
function begin(signal?: AbortSignal, closesFiles = false) {
  const said = { postMessage: vi.fn(), terminate: vi.fn() };
  const worker = Object.assign(new EventTarget(), said) as unknown as Worker;
  const start = vi.fn(() => worker);
  const seen: number[] = [];
  const answer = workerJob<string, string, number>({
    start,
    job: 'add',
    onProgress: (number) => {
      if (number < 0) throw new Error('Too little.');
      seen.push(number);
    },
    stopped: () => 'It stopped.',
    signal,
    closesFiles,
  });
  const reply = (data: JobReply<string, number>): void =>
    void worker.onmessage?.(new MessageEvent('message', { data }));
  const tell = (progress: number): void => reply({ type: 'progress', progress });
  return { worker, start, said, answer, seen, reply, tell };
}

it('hears of the job until it is done, and ends its worker', async () => {
  const { said, answer, seen, reply, tell } = begin();
  expect(said.postMessage.mock.calls).toEqual([[{ type: 'job', job: 'add' }]]);
  tell(2);
  tell(3);
  expect(said.terminate).not.toHaveBeenCalled();
  reply({ type: 'done', answer: 'added' });
  expect(await answer).toBe('added');
  expect(seen).toEqual([2, 3]);
  expect(said.terminate).toHaveBeenCalledTimes(1);
});

it('fails with the words of the worker, of whoever hears it, of a worker that stops or never begins, and with the reason of an abort', async () => {
  const failed = begin();
  failed.reply({ type: 'failed', message: 'No such file.' });
  await expect(failed.answer).rejects.toThrow('No such file.');
  const refused = begin();
  refused.tell(-1);
  await expect(refused.answer).rejects.toThrow('Too little.');
  const stopped = begin();
  stopped.worker.onerror?.(Object.assign(new Event('error'), { message: '' }) as ErrorEvent);
  await expect(stopped.answer).rejects.toThrow('It stopped.');
  const unloaded = begin();
  unloaded.worker.onerror?.(new Event('error') as ErrorEvent);
  await expect(unloaded.answer).rejects.toThrow(/^A part of this page could not be loaded.* load the page anew/);
  const abort = new AbortController();
  const aborted = begin(abort.signal);
  abort.abort(new Error('Not wanted any more.'));
  await expect(aborted.answer).rejects.toThrow('Not wanted any more.');
  for (const { said } of [failed, refused, stopped, unloaded, aborted]) expect(said.terminate).toHaveBeenCalledTimes(1);
});

it('lets a worker close its files when it is aborted, and then gives the reason', async () => {
  const stop = new AbortController();
  const { said, answer, reply } = begin(stop.signal, true);
  stop.abort(new Error('cancelled'));
  expect(said.postMessage).toHaveBeenLastCalledWith({ type: 'abort' });
  expect(said.terminate).not.toHaveBeenCalled();
  reply({ type: 'failed', message: 'cancelled in the middle' });
  await expect(answer).rejects.toBe(stop.signal.reason);
  expect(said.terminate).toHaveBeenCalledTimes(1);
});

it('ends a worker that does not close its files', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const stop = new AbortController();
  const { said, answer } = begin(stop.signal, true);
  stop.abort(new Error('cancelled'));
  vi.advanceTimersByTime(2000);
  await expect(answer).rejects.toThrow('cancelled');
  expect(said.terminate).toHaveBeenCalledTimes(1);
});

it('makes no worker for a job that is aborted before', async () => {
  const { start, answer } = begin(AbortSignal.abort(new Error('Not wanted.')));
  await expect(answer).rejects.toThrow('Not wanted.');
  expect(start).not.toHaveBeenCalled();
});
