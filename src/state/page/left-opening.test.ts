import { expect, it, vi } from 'vitest';
import { leftOpening } from './left-opening.ts';

it('remembers over the end of a page, and tells it once', () => {
  const kept = new Map<string, string>();
  const keeper = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
  const visit = () => leftOpening(new EventTarget(), keeper);
  expect(visit().take()).toBe(false);
  visit().note();
  const next = visit();
  expect([next.take(), next.take()]).toEqual([true, false]);
});

it('hears that the page is left, and needs no storage', () => {
  const page = new EventTarget();
  const left = leftOpening(page, null);
  const heard = vi.fn();
  const unhear = left.onLeave(heard);
  page.dispatchEvent(new Event('pagehide'));
  expect(heard).toHaveBeenCalledTimes(1);
  unhear();
  page.dispatchEvent(new Event('pagehide'));
  expect(heard).toHaveBeenCalledTimes(1);
  left.note();
  expect(left.take()).toBe(false);
});
