import { expect, it } from 'vitest';
import { isSoftware } from './software-adapter.ts';

const info = (vendor: string, architecture: string, description: string, isFallbackAdapter = false) => ({
  vendor,
  architecture,
  description,
  isFallbackAdapter,
});

it('knows adapters that compute on the CPU by their mark or by their name', () => {
  expect(isSoftware(info('', '', '', true)), 'Firefox names none').toBe(true);
  expect(isSoftware(info('google', 'swiftshader', ''))).toBe(true);
  expect(isSoftware(info('mesa', 'software', 'llvmpipe (LLVM 19.1, 256 bits)'))).toBe(true);
  expect(isSoftware(info('microsoft', 'warp', 'Microsoft Basic Render Driver'))).toBe(true);
});

it('takes anything else for a card', () => {
  expect(isSoftware(info('nvidia', 'ampere', ''))).toBe(false);
  expect(isSoftware(info('', '', ''))).toBe(false);
});
