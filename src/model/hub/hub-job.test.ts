import { describe, expect, it } from 'vitest';
import { hubJobs, type HubReply, type HubRequest, type HubWorker } from './hub-job.ts';
import type { TransferProgress } from './progress.ts';

class FakeWorker implements HubWorker<string, number> {
  readonly sent: HubRequest<string>[] = [];
  terminated = false;
  onmessage: HubWorker<string, number>['onmessage'] = null;
  onerror: HubWorker<string, number>['onerror'] = null;
  postMessage(message: HubRequest<string>): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  reply(data: HubReply<number>): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }
}

const PROGRESS: TransferProgress = {
  phase: 'weights',
  doneBytes: 1,
  totalBytes: 2,
  bytesPerSecond: null,
  remainingSeconds: null,
  waiting: null,
};

function started() {
  const worker = new FakeWorker();
  const stop = new AbortController();
  const seen: TransferProgress[] = [];
  const answer = hubJobs<string, number>(
    () => worker,
    () => 'It stopped.',
  )('a job', (progress) => seen.push(progress), stop.signal);
  return { worker, stop, seen, answer };
}

describe('a job of a hub worker', () => {
  it('gives progress and an answer, and ends its worker', async () => {
    const { worker, seen, answer } = started();
    expect(worker.sent).toEqual([{ type: 'job', job: 'a job' }]);
    worker.reply({ type: 'progress', progress: PROGRESS });
    worker.reply({ type: 'done', answer: 7 });
    expect(await answer).toBe(7);
    expect([seen, worker.terminated]).toEqual([[PROGRESS], true]);
  });

  it('fails with the words of the worker', async () => {
    const { worker, answer } = started();
    worker.reply({ type: 'failed', message: 'No such file.' });
    await expect(answer).rejects.toThrow('No such file.');
    expect(worker.terminated).toBe(true);
  });

  it('fails when its worker stops', async () => {
    const { worker, answer } = started();
    worker.onerror?.(new Event('error') as ErrorEvent);
    await expect(answer).rejects.toThrow('It stopped.');
  });

  it('lets the worker close its files when it is aborted, and then gives the reason', async () => {
    const { worker, stop, answer } = started();
    stop.abort(new Error('cancelled'));
    expect(worker.sent.at(-1)).toEqual({ type: 'abort' });
    expect(worker.terminated).toBe(false);
    worker.reply({ type: 'failed', message: 'cancelled in the middle' });
    await expect(answer).rejects.toThrow('cancelled');
    expect(worker.terminated).toBe(true);
  });

  it('does not begin after an abort', async () => {
    const run = hubJobs<string, number>(
      () => expect.unreachable(),
      () => 'It stopped.',
    );
    await expect(run('a job', () => {}, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});
