import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeviceWatch } from './device-watch.ts';

beforeEach(() => vi.stubGlobal('GPUOutOfMemoryError', class {}));
afterEach(() => vi.unstubAllGlobals());

it.each(['validation', 'internal'])('an error of the kind "%s" that only its scope tells is thrown', async (kind) => {
  const open: string[] = [];
  const device = {
    addEventListener: () => {},
    lost: new Promise(() => {}),
    pushErrorScope: (filter: string) => open.push(filter),
    popErrorScope: () => Promise.resolve(open.pop() === kind ? { message: 'The compiler crashed.' } : null),
  };
  const watch = new DeviceWatch(device as unknown as GPUDevice);
  await watch.cut(() => false);
  expect(() => watch.check(false)).toThrow('The compiler crashed.');
  await watch.cut(() => true);
  expect(() => watch.check(false), 'what follows from a failure that was told').not.toThrow();
  expect(open).toEqual(['out-of-memory', 'validation', 'internal']);
});
