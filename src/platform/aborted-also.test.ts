import { expect, it, vi } from 'vitest';
import { abortedAlso } from './aborted-also.ts';

it('is aborted with the outer signal, for its reason, and by itself', () => {
  const outer = new AbortController();
  const [before, own, plain] = [abortedAlso(outer.signal), abortedAlso(outer.signal), abortedAlso(undefined)];
  own.abort('done');
  outer.abort('left');
  plain.abort('done');
  expect([before, own, plain, abortedAlso(outer.signal)].map(({ signal }) => signal.reason as unknown)).toEqual([
    ...['left', 'done', 'done', 'left'],
  ]);
});

it('leaves nothing at the outer signal once it is aborted', () => {
  const outer = new AbortController();
  const own = abortedAlso(outer.signal);
  own.abort();
  const heard = vi.spyOn(own, 'abort');
  outer.abort();
  expect(heard).not.toHaveBeenCalled();
});
