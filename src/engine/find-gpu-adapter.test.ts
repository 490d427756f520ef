import { expect, it } from 'vitest';
import { findGpuAdapter } from './find-gpu-adapter.ts';

const offering = (adapter: object | null) => ({ requestAdapter: () => Promise.resolve(adapter) });

it('tells a card from an emulated one, and from none', async () => {
  expect((await findGpuAdapter(offering({ info: { vendor: 'nvidia', architecture: 'ampere' } }))).kind).toBe(
    'hardware',
  );
  expect((await findGpuAdapter(offering({ info: { vendor: 'google', architecture: 'swiftshader' } }))).kind).toBe(
    'software',
  );
  expect((await findGpuAdapter(offering(null))).kind).toBe('none');
  expect((await findGpuAdapter({ requestAdapter: () => Promise.reject(new Error('Blocked.')) })).kind).toBe('none');
});

it('takes an adapter that says nothing of itself, as in Chrome before 127, for a card', async () => {
  expect((await findGpuAdapter(offering({}))).kind).toBe('hardware');
});

it('knows the name by which a card is remembered, and cards that compute wrongly', async () => {
  expect(await findGpuAdapter(offering({ info: { vendor: 'img-tec', architecture: 'd-series' } }))).toEqual({
    kind: 'untrusted',
    name: 'img-tec d-series',
  });
});
