import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../tests/fixtures/study-result.ts';
import { linkTo, readLink } from './url.ts';

describe('links', () => {
  const result = studyResultFixture();
  const { address } = linkTo(result, 'https://example.org/app/?x=1#old');
  const hash = address.slice(address.indexOf('#'));

  it('replace the query and fragment of the page', () => {
    expect(address).toMatch(/^https:\/\/example\.org\/app\/#r1\./);
  });

  it('open again, also after percent-encoding', () => {
    for (const form of [hash, `#${encodeURIComponent(hash.slice(1))}`, encodeURIComponent(hash)]) {
      const link = readLink(form);
      expect(link.kind).toBe('result');
      if (link.kind === 'result') expect(link.result.config).toEqual(result.config);
    }
  });

  it('that were cut off say so and open nothing', () => {
    const link = readLink(hash.slice(0, 300));
    expect(link.kind).toBe('broken');
    if (link.kind === 'broken') expect(link.message).toMatch(/cut off/);
  });

  it('are not seen in ordinary fragments', () => {
    for (const other of ['', '#', '#results', '#r', '#r1', '#restart.x'])
      expect(readLink(other)).toEqual({ kind: 'none' });
  });
});
