import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorText } from '../core/error-text.ts';
import { comingCode } from './coming-code.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('code whose host accepts and never answers counts as missing after half a minute, in words', async () => {
  const told = comingCode(new Promise(() => undefined)).catch(errorText);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await told).toMatch(/^A part of this page could not be loaded/);
});

test('code that comes is passed on, and so is why it fails', async () => {
  expect(await comingCode(Promise.resolve({ made: 1 }))).toEqual({ made: 1 });
  await expect(comingCode(Promise.reject(new Error('It has a fault.')))).rejects.toThrow('It has a fault.');
});
