/**
 * Links that were handed out once must open for ever. tests/golden/links holds, for each, the fragment (.txt) and what it said when it was
 * made (.json). Never regenerate these files: a failure means that old links changed their meaning.
 */
import { describe, expect, it } from 'vitest';
import { filesIn, readJsonFile, readText } from '../../tests/support/files.ts';
import { decodeResultLink } from './result-link.ts';

const folder = 'tests/golden/links';
const links = filesIn(folder).filter((name) => name.endsWith('.txt'));

describe('golden links', () => {
  it('are there', () => expect(links.length).toBeGreaterThanOrEqual(25));

  it.each(links)('%s says what it always said', (name) => {
    const decoded = decodeResultLink(readText(`${folder}/${name}`));
    const expected = readJsonFile(`${folder}/${name.replace(/txt$/, 'json')}`);
    expect(decoded).toEqual({ ok: true, ...(expected as object) });
  });
});
