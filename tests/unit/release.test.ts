/** What a repository says of itself beside its code: citation, hosting, forms, workflows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { ISOLATION_HEADERS } from '../../scripts/serve.mjs';
import { studyBibtex } from '../../src/share/citation/bibtex.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';

const read = (file: string): string => readFileSync(file, 'utf8');

describe('CITATION.cff', () => {
  const text = read('CITATION.cff');

  it('is of this version and licence', () => {
    expect(text).toMatch(/^cff-version: 1\.2\.0$/m);
    expect(/^version: (.+)$/m.exec(text)?.[1]).toBe(packageJson.version);
    expect(/^license: (.+)$/m.exec(text)?.[1]).toBe(packageJson.license);
  });

  it('names the papers that README names', () => {
    const papers = (page: string) => [...new Set([...page.matchAll(/arxiv\.org\/abs\/([\d.]+)/g)].map(([, id]) => id))];
    expect(papers(text).sort()).toEqual(papers(read('README.md')).sort());
  });

  it('says what the BibTeX of the page says', () => {
    const bibtex = studyBibtex(studyResultFixture(), '');
    const inCitation = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);
    const inBibtex = (pattern: RegExp) => [...bibtex.matchAll(pattern)].map(([, found]) => found);
    expect(inBibtex(/title +?= \{\{(.+)\}\}/g)).toEqual(inCitation(/^ *(?:- )?title: '?(.+?)'?$/gm));
    expect(inBibtex(/year +?= \{(\d+)\}/g)).toEqual(inCitation(/^(?:date-released| +year): (\d{4})/gm));
    expect(inBibtex(/eprint +?= \{(.+)\}/g)).toEqual(inCitation(/arXiv:([\d.]+)/g));
    const authors = inBibtex(/author +?= \{([^{].+)\}/g).flatMap((all) => all.split(' and '));
    expect(authors).toEqual(
      [...text.matchAll(/family-names: (\w+), given-names: (\w+)/g)].map(([, family, given]) => `${family}, ${given}`),
    );
  });
});

describe('docs/hosting.md', () => {
  const text = read('docs/hosting.md');
  const wanted = Object.entries(ISOLATION_HEADERS).sort();
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name, value]) => [name, value]).sort();

  it('names the headers that npm start sends', () => {
    expect(found(/^\| `(Cross-[\w-]+)` +\| `([\w-]+)` +\|$/gm)).toEqual(wanted);
    expect(found(/^add_header (Cross-[\w-]+) ([\w-]+) always;$/gm)).toEqual(wanted);
    expect(found(/^ {2}(Cross-[\w-]+): ([\w-]+)$/gm)).toEqual(wanted);
  });

  it('gives a static Space the same ones', () => {
    const [, matter] = /```yaml\n---\n([^]*?)\n---\n```/.exec(text) ?? [];
    expect(matter).toMatch(/^sdk: static$/m);
    const [, headers] = /^custom_headers:\n((?: {2}.+\n?)+)$/m.exec(matter) ?? [];
    const pairs = headers
      .trim()
      .split('\n')
      .map((line) => line.trim().split(': '));
    expect(pairs.sort()).toEqual(wanted.map(([name, value]) => [name.toLowerCase(), value]).sort());
  });
});

describe('.github', () => {
  const workflows = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`);

  it.each(workflows)('%s runs actions of a commit, and says of which version', (file) => {
    const uses = [...read(file).matchAll(/uses: *(.*)$/gm)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('keeps packages and actions up to date', () => {
    const text = read('.github/dependabot.yml');
    expect([...text.matchAll(/package-ecosystem: (.+)$/gm)].map(([, name]) => name)).toEqual(['npm', 'github-actions']);
    expect([...text.matchAll(/interval: (.+)$/gm)].map(([, name]) => name)).toEqual(['weekly', 'weekly']);
  });

  const forms = readdirSync('.github/ISSUE_TEMPLATE').filter((name) => name !== 'config.yml');

  it.each(forms)('the form %s asks for something', (name) => {
    const text = read(`.github/ISSUE_TEMPLATE/${name}`);
    for (const key of ['name', 'description', 'body']) expect(text).toMatch(new RegExp(`^${key}:`, 'm'));
    const fields = text.split(/^ {2}- type: /m).slice(1);
    expect(fields.length).toBeGreaterThan(1);
    for (const field of fields)
      expect(field).toMatch(/^(input|textarea|dropdown)\n {4}id: \w+\n {4}attributes:\n {6}label: /);
    expect(new Set(fields.map((field) => /id: (\w+)/.exec(field)?.[1])).size).toBe(fields.length);
  });

  it('has a form for pull requests', () => expect(existsSync('.github/PULL_REQUEST_TEMPLATE.md')).toBe(true));
});
