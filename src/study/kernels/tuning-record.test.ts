import { describe, expect, it } from 'vitest';
import type { TuningRecord } from '../../engine/kernel-tuning.ts';
import { readTuningFile, readTuningRecord } from './tuning-record.ts';

const record: TuningRecord = {
  version: 1,
  key: 'kernels 1 | a card',
  device: 'a card',
  date: '2026-11-27T12:00:00.000Z',
  sites: { 'product: 4 of 512 rows': { form: 'tall', usual: 'wide', milliseconds: [0.8, 0.5], error: 0.02 } },
  halves: { 'vision 12 × 64': { faster: true, milliseconds: [2, 1], error: 0.1, difference: 1e-3 } },
  faults: { 'attention: blocks': 'wrong' },
};
const opened = (value: unknown) => readTuningFile(new Blob([JSON.stringify(value)]));
const [site] = Object.values(record.sites);

describe('a file of what was found about kernels', () => {
  it('opens as it was written', async () => {
    expect(await opened(record)).toEqual(record);
  });

  it('loses what was found for half precision where that is none, and nothing else', async () => {
    const { halves = {} } = record;
    const [found] = Object.values(halves);
    const unlike = { ...found, difference: null, milliseconds: null, faster: false }; // a loss was no number
    const others = {
      unlike,
      infinite: { ...unlike, difference: Infinity },
      none: null,
      old: { ...found, error: 'small' },
    };
    const kept = { ...record, halves: { ...halves, ...others } };
    expect(readTuningRecord(kept)).toEqual({ ...record, halves: { ...halves, unlike } });
    // What is infinite is null in JSON.
    expect((await opened(kept))?.halves).toEqual({ ...halves, unlike, infinite: unlike });
  });

  it.each<[string, unknown]>([
    ['is of another version', { ...record, version: 2 }],
    ['is a list', [record]],
    ['has times that are none', { ...record, sites: { a: { ...site, milliseconds: [null, 1] } } }],
    ['has a time alone', { ...record, sites: { a: { ...site, milliseconds: [1] } } }],
    ['has a fault that nothing has', { ...record, faults: { a: 'bored' } }],
    ['has a name of a megabyte', { ...record, device: 'x'.repeat(2 ** 20) }],
    ['has a form of half a megabyte', { ...record, sites: { a: { ...site, form: 'x'.repeat(2 ** 19) } } }],
    [
      'has more sites than there are kernels',
      { ...record, sites: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}`, site])) },
    ],
    [
      'has as many of them in half precision',
      { ...record, halves: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}`, null])) },
    ],
    [
      'has as many faults',
      { ...record, faults: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [i, 'bits'])) },
    ],
  ])('is none where it %s', async (_, value) => {
    expect(await opened(value)).toBeNull();
  });

  it('is none where it is no JSON, or nested without end', async () => {
    for (const text of ['', '{', '['.repeat(2 ** 19)]) expect(await readTuningFile(new Blob([text]))).toBeNull();
  });

  it('is not read where it is larger than any', async () => {
    const file = new Blob([new Uint8Array(2 ** 20 + 1)]);
    file.text = () => Promise.reject(new Error('It was read.'));
    expect(await readTuningFile(file)).toBeNull();
  });
});
