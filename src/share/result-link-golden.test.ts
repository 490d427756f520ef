/**
 * Links that were handed out once must open for ever. tests/golden/links holds, for each, the fragment (.txt) and what it said when it was
 * made (.json). Never regenerate these files: a failure means that old links changed their meaning.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeResultLink } from './result-link.ts';

const folder = 'tests/golden/links';
const links = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('golden links', () => {
  it('are there', () => expect(links.length).toBeGreaterThanOrEqual(3));

  it.each(links)('%s says what it always said', (name) => {
    const decoded = decodeResultLink(readFileSync(`${folder}/${name}`, 'utf8'));
    const expected: unknown = JSON.parse(readFileSync(`${folder}/${name.replace(/txt$/, 'json')}`, 'utf8'));
    expect(decoded).toEqual({ ok: true, ...(expected as object) });
  });
});
