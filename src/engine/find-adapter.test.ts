import { expect, it } from 'vitest';
import { findAdapter } from './find-adapter.ts';

const offering = (adapter: object | null) => ({ requestAdapter: () => Promise.resolve(adapter) });

it('tells a card from an emulated one, and from none', async () => {
  expect(await findAdapter(offering({ info: { vendor: 'nvidia', architecture: 'ampere' } }))).toBe('hardware');
  expect(await findAdapter(offering({ info: { vendor: 'google', architecture: 'swiftshader' } }))).toBe('software');
  expect(await findAdapter(offering(null))).toBe('none');
  expect(await findAdapter({ requestAdapter: () => Promise.reject(new Error('Blocked.')) })).toBe('none');
});

it('takes an adapter that says nothing of itself, as in Chrome before 127, for a card', async () => {
  expect(await findAdapter(offering({}))).toBe('hardware');
});
