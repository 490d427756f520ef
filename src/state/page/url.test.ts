import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { queryToConfig } from '../../share/config/config-query.ts';
import { full } from '../../study/presets/full.ts';
import { linkTo, linkWithQuery, readLink } from './result-address.ts';
import { BASE_NAME, queryFor } from './url.ts';

describe('links', () => {
  const result = studyResultFixture();
  const { address } = linkTo(result, 'https://example.org/app/?x=1#old');
  const hash = address.slice(address.indexOf('#'));

  it('replace the query and fragment of the page', () => {
    expect(address).toMatch(/^https:\/\/example\.org\/app\/\?shapley-seeds=2#r2\./);
    expect(linkWithQuery(result, 'https://example.org/app/', 'embed=shapley').address).toContain('/?embed=shapley#r2.');
  });

  it('open again, also after percent-encoding', () => {
    for (const form of [hash, `#${encodeURIComponent(hash.slice(1))}`, encodeURIComponent(hash)]) {
      const link = readLink(form);
      expect(link.kind).toBe('result');
      if (link.kind === 'result') expect(link.result.config).toEqual(result.config);
    }
  });

  it('stay within the limit of their size, address and query counted', () => {
    const large = studyResultFixture({ seeds: 6 });
    const page = 'https://example.org/a-rather-long-name-of-a-course/copra/';
    expect(linkTo(large, page).address.length).toBeGreaterThan(2000);
    expect(linkTo(large, page, 'chat').address.length).toBeLessThanOrEqual(2000);
    expect(linkTo(large, page, 'qr').address.length).toBeLessThanOrEqual(1300);
    expect(linkTo(large, page, 'qr').leftOut.length).toBeGreaterThan(1);
  });

  it('that were cut off say so and hold what arrived', () => {
    const link = readLink(hash.slice(0, 1200));
    expect(link.kind).toBe('damaged');
    if (link.kind !== 'damaged') return;
    expect(link.message()).toMatch(/cut off.* missing: the pruning curves and the loss curves/);
    expect(link.result.landscape.length).toBeGreaterThan(0);
    expect(readLink(hash.slice(0, 60)).kind).toBe('broken');
  });

  it('are not seen in ordinary fragments', () => {
    for (const other of ['', '#', '#results', '#r', '#r1', '#restart.x'])
      expect(readLink(other)).toEqual({ kind: 'none' });
  });
});

describe('the query for settings', () => {
  const base = queryToConfig(`?${BASE_NAME}`).config!;

  it('keeps what other parts of the page put there', () => {
    expect(queryFor('?lesson=2&steps=5', { ...base, shots: 4 })).toBe('?lesson=2&shots=4');
    expect(queryFor('?lesson=2&steps=5', null)).toBe('?lesson=2');
    expect(queryFor('?seeds=4', null)).toBe('');
  });

  it('names the base, too', () => {
    expect(queryFor('', base)).toBe('?v=1');
    expect(queryFor('', full.config)).toMatch(/^\?backbone=emoji-clip-2&seeds=0-5&steps=2000/);
  });
});
