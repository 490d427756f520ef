import { expect, it, vi } from 'vitest';
import { unlessStopped } from './unless-stopped.ts';

it('a question that is stopped before it begins is not begun', async () => {
  const work = vi.fn(() => Promise.resolve(1));
  expect(await unlessStopped(AbortSignal.abort(), work)).toBeNull();
  expect(work).not.toHaveBeenCalled();
});

it('one that is stopped while it is answered has no answer, and any other fails with what its work throws', async () => {
  const { signal } = new AbortController();
  const failing = () => Promise.reject(new Error('No device.'));
  expect(await unlessStopped(signal, () => Promise.resolve(1))).toBe(1);
  await expect(unlessStopped(signal, failing)).rejects.toThrow('No device.');
  const stop = new AbortController();
  const stopped = unlessStopped(stop.signal, () => {
    stop.abort();
    return failing();
  });
  expect(await stopped).toBeNull();
});
