import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serveJob } from './serve-job.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Serve = typeof serveJob<number, Uint8Array, string>;

/** A worker that serves a job; what it posts. */
function serve(perform: Parameters<Serve>[1]) {
  const post = vi.fn();
  const scope: { postMessage: unknown; onmessage?: (event: MessageEvent) => void } = { postMessage: post };
  vi.stubGlobal('self', Object.assign(new EventTarget(), scope));
  serveJob({ de: () => Promise.resolve({}) }, perform, ({ buffer }) => [buffer]);
  const hear = (data: unknown): void => (self as unknown as typeof scope).onmessage?.({ data } as MessageEvent);
  return { post, hear };
}

it('tells how far the job is, then answers, with what is transferred', async () => {
  const { post, hear } = serve((size, tell) => {
    tell('half');
    return new Uint8Array(size);
  });
  hear({ type: 'job', job: 2 });
  await vi.waitFor(() => expect(post).toHaveBeenCalledTimes(2));
  const answer = Uint8Array.of(0, 0);
  expect(post.mock.calls).toEqual([
    [{ type: 'progress', progress: 'half' }, []],
    [{ type: 'done', answer }, [answer.buffer]],
  ]);
});

it('says why a job failed, at once or later, and when it is aborted', async () => {
  const thrown = serve(() => {
    throw new Error('No such file.');
  });
  thrown.hear({ type: 'job', job: 1 });
  const aborted = serve(
    (_, __, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  );
  aborted.hear({ type: 'job', job: 1 });
  aborted.hear({ type: 'abort' });
  await vi.waitFor(() => {
    expect(thrown.post).toHaveBeenCalledWith({ type: 'failed', message: 'No such file.' }, []);
    expect(aborted.post).toHaveBeenCalledWith({ type: 'failed', message: 'cancelled' }, []);
  });
});
