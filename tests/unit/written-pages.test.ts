/** What pages say in numbers is what the saved results say: `npm run figures -- --report` writes it again. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blocksOf, filled } from '../../scripts/figures/blocks.ts';
import { claimsTable } from '../../scripts/figures/claims.ts';
import { docBlocks } from '../../scripts/figures/doc-blocks.ts';
import { onePage } from '../../scripts/figures/one-page.ts';
import { candidates, chosenRate, readSearch, SEARCHES } from '../../scripts/figures/regime-search.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { writtenPages } from '../../scripts/figures/written-pages.ts';
import { formatted } from '../../scripts/formatted.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';

const pages = await writtenPages(readSaved);

describe('a page that is written from saved results', () => {
  it.each(pages)('%s is what they say', (file, text) => {
    expect(readFileSync(file, 'utf8'), `${file}: run "npm run figures -- --report"`).toBe(text);
  });

  it('docs/results.md has their claims', async () => {
    const results = new Map(PRESETS.filter(({ saved }) => saved).map((preset) => [preset, readSaved(preset)]));
    const page = readFileSync('docs/results.md', 'utf8');
    expect(page).toContain(await formatted('claims.md', claimsTable(results)));
    expect(page).toContain(await formatted('claims.md', onePage(results)));
  });

  it.each(SEARCHES)('says of the study $preset.id what its search chose', (search) => {
    const found = readSearch(search);
    expect(found.candidates.map(({ learningRate, rank, steps }) => [learningRate, rank, steps])).toEqual(
      candidates(search).map(({ arms: [{ learningRate, rank }], training: { steps } }) => [learningRate, rank, steps]),
    );
    for (const arm of search.preset.config.arms) expect(arm.learningRate).toBe(chosenRate(search, found, arm));
    for (const seed of found.seeds) expect(search.preset.config.seeds).not.toContain(seed);
  });

  it('is every page with a generated part', () => {
    const used = pages.flatMap(([, text]) => blocksOf(text));
    expect([...new Set(used)].sort()).toEqual(Object.keys(docBlocks(readSaved)).sort());
  });
});

describe('blocks', () => {
  const page = 'A.\n\n<!-- generated: one -->old\n<!-- end -->\n\nB: <!-- generated: two -->old<!-- end -->, C.';

  it('are filled, and nothing else is touched', () => {
    const text = filled(page, { one: '| a |\n| - |', two: '3 %' }, 'page.md');
    expect(text).toBe(
      'A.\n\n<!-- generated: one -->\n\n| a |\n| - |\n\n<!-- end -->\n\nB: <!-- generated: two -->3 %<!-- end -->, C.',
    );
    expect(filled(text, { one: '| a |\n| - |', two: '3 %' }, 'page.md')).toBe(text);
  });

  it('that nobody writes, or without an end, are named', () => {
    expect(() => filled(page, { one: '' }, 'page.md')).toThrow('page.md has a block "two"');
    expect(() => filled(`${page}\n<!-- generated: one -->`, { one: '', two: '' }, 'page.md')).toThrow('<!-- end -->');
  });
});
