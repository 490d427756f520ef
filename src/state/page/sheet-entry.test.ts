import { expect, it, vi } from 'vitest';
import { enterSheet, type SheetWindow } from './sheet-entry.ts';

function browser() {
  const listeners = new Set<() => void>();
  const entries: string[] = ['/?steps=3'];
  const back = (): void => {
    entries.pop();
    listeners.forEach((listener) => listener());
  };
  const fake: SheetWindow = {
    location: { href: '/?steps=3' },
    history: {
      pushState: (_: unknown, __: string, address?: string | URL | null) => void entries.push(String(address)),
      back,
    },
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  };
  return { fake, entries, back, listeners };
}

it('is an entry of the history with the address of the page, which Back leaves', () => {
  const { fake, entries, back, listeners } = browser();
  const onBack = vi.fn();
  enterSheet(fake, onBack);
  expect(entries).toEqual(['/?steps=3', '/?steps=3']);
  back();
  expect(entries).toEqual(['/?steps=3']);
  expect(onBack).toHaveBeenCalledOnce();
  expect(listeners.size).toBe(0);
});

it('is left by its button in the same way, once, however often it is pressed', () => {
  const { fake, entries, back } = browser();
  const onBack = vi.fn();
  const leave = enterSheet(fake, onBack);
  leave();
  leave();
  expect(entries).toEqual(['/?steps=3']);
  back();
  expect(onBack).toHaveBeenCalledOnce();
});
