/** Whatever the written pages name is there: pages, headings, files, commands, options, keys of addresses, lessons, parts of the page. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { KNOWN_IDS } from '../../scripts/config-source.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { ARM_KEYS, STUDY_KEYS } from '../../src/share/config/config-keys.ts';
import { LESSONS } from '../../src/lessons/course/index.ts';
import { PAGE_PARTS } from '../../src/lessons/parts.ts';
import { readTeachingLink } from '../../src/lessons/teaching-link.ts';
import { MAP_KEY } from '../../src/state/map/map-store.ts';
import { ROOM_KEY } from '../../src/state/room/room-store.ts';
import { SEARCH_KEY } from '../../src/state/search/search-store.ts';
import { MEASURE_KEY } from '../../src/state/measure/measure-store.ts';
import { unknownParts } from '../../src/state/page/unknown-parts.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { EMBED_VIEWS } from '../../src/ui/embed/views.ts';

const PAGES = [
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** What is fetched or made by tools, not written. */
const MADE = new Set(['node_modules', 'dist', '.git', '.cache', 'test-results', 'playwright-report', 'coverage']);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : filesIn(name);
    return [name];
  });
const FILES = filesIn('.');
const FOLDERS = new Set(
  FILES.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))).filter(Boolean),
);

/** Every token of a page, however deep. */
function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  void marked.walkTokens(marked.lexer(text), (token) => void found.push(token));
  return found;
}

interface Page {
  readonly file: string;
  readonly links: readonly string[];
  /** In `backticks`. */
  readonly spans: readonly string[];
  /** Fenced. */
  readonly code: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

/** The anchor that GitHub gives a heading. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');

function read(file: string): Page {
  const tokens = tokensOf(readFileSync(file, 'utf8'));
  const of = <T extends Token>(type: T['type']) => tokens.filter((token): token is T => token.type === type);
  const counts = new Map<string, number>();
  const anchors = of<Tokens.Heading>('heading').map(({ text }) => {
    const own = slug(text.replaceAll('`', ''));
    const times = counts.get(own) ?? 0;
    counts.set(own, times + 1);
    return times === 0 ? own : `${own}-${times}`;
  });
  return {
    file,
    links: [...of<Tokens.Link>('link'), ...of<Tokens.Image>('image')].map(({ href }) => href),
    spans: of<Tokens.Codespan>('codespan').map(({ text }) => text),
    code: of<Tokens.Code>('code').map(({ text }) => text),
    anchors: new Set(anchors),
  };
}

const pages = PAGES.filter((file) => existsSync(file)).map(read);
const pageOf = new Map(pages.map((page) => [page.file, page]));

describe.each(pages)('$file', (page) => {
  it('links to pages and headings that there are', () => {
    const missing = page.links.filter((href) => {
      if (/^(https?:|mailto:)/.test(href)) return false;
      // Of the host, not of the repository: runs of a workflow, and forms.
      const workflow = /^\.\.\/\.\.\/actions\/workflows\/([\w.-]+)(?:\/badge\.svg)?$/.exec(href);
      if (workflow) return !existsSync(`.github/workflows/${workflow[1]}`);
      // A page in docs/ is three folders below the repository there.
      const form = /^\.\.\/\.\.\/\.\.\/issues\/new\?template=([\w.-]+)$/.exec(href);
      if (form) return !page.file.startsWith('docs/') || !existsSync(`.github/ISSUE_TEMPLATE/${form[1]}`);
      const [target, anchor] = href.split('#');
      const file = target === '' ? page.file : path.posix.join(path.posix.dirname(page.file), target);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !(pageOf.get(file) ?? read(file)).anchors.has(anchor);
    });
    expect(missing).toEqual([]);
  });

  it('names files and folders that there are', () => {
    const missing = page.spans.filter((span) => looksLikePath(span) && !isThere(span));
    expect(missing).toEqual([]);
  });

  it('names commands and options that there are', () => {
    const lines = [...page.spans, ...page.code.flatMap((code) => code.split('\n'))];
    expect(lines.flatMap((line) => commandProblems(line))).toEqual([]);
  });

  it('names keys of addresses that there are', () => {
    expect(page.spans.flatMap((span) => keyProblems(span))).toEqual([]);
  });
});

/** Extensions of files of this repository; other names in backticks are of files that users have. */
const OURS = /\.(ts|tsx|mjs|cjs|css|yml|cff)$/;

/** "src/core/", "evaluation/variants.ts", "plan.ts", but no pattern and no name of a package. */
const looksLikePath = (span: string): boolean =>
  /^[\w.@-]+(\/[\w.@*-]+)*\/?$/.test(span) &&
  !span.startsWith('@') &&
  (OURS.test(span) ||
    /^(src|tests|scripts|docs|public|bench|core|copra|model|engine|data|study|worker|share|lessons|state|ui)\//.test(
      span,
    ));

/** By its whole name, or by its end: pages leave out what their text says already. */
function isThere(span: string): boolean {
  const name = span.replace(/\/$/, '');
  const pattern = new RegExp(`(^|/)${name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  return span.endsWith('/')
    ? [...FOLDERS].some((folder) => pattern.test(folder))
    : [...FILES, ...FOLDERS].some((file) => pattern.test(file));
}

const SCRIPTS: Readonly<Record<string, string>> = packageJson.scripts;

/** What is wrong with a command line. */
function commandProblems(line: string): string[] {
  const found = /(?:^|\s|&& )(npm (?:run )?[\w:-]+|node scripts\/\S+)(.*)$/.exec(line);
  if (!found) return [];
  const [, command, rest] = found;
  const [program, , script] = command.split(' ');
  if (program === 'node') return nodeProblems(`${command}${rest}`);
  const name = command.startsWith('npm run ') ? script : command.split(' ')[1];
  if (['install', 'ci'].includes(name)) return [];
  if (!(name in SCRIPTS)) return [`${line}: there is no script "${name}"`];
  const own = SCRIPTS[name];
  const [, options = ''] = rest.split(/ -- /);
  return [...presetProblems(line, name, options), ...optionProblems(line, scriptFiles(own), options)];
}

/** Where a command names a preset in the place of a file: a word that is neither a file nor an address. */
const PRESET_IN: Readonly<Record<string, RegExp>> = {
  study: /^\s*([a-z][\w-]*)(?=\s|$)/,
  figures: /^\s*([a-z][\w-]*)(?=\s|$)/,
  analyse: /--config ([a-z][\w-]*)(?=\s|$)/,
};

function presetProblems(line: string, script: string, options: string): string[] {
  const [, id] = PRESET_IN[script]?.exec(options) ?? [];
  return id === undefined || KNOWN_IDS.includes(id) ? [] : [`${line}: there is no preset "${id}"`];
}

/** The files behind a script of package.json, and what they import of scripts/ and bench/. */
function scriptFiles(command: string): string[] {
  const nested = /npm run ([\w:-]+)/.exec(command);
  return nested
    ? scriptFiles(SCRIPTS[nested[1]])
    : command.split(' ').filter((word) => /^scripts\/.*\.(ts|mjs)$/.test(word));
}

function nodeProblems(line: string): string[] {
  const files = line.split(' ').filter((word) => word.startsWith('scripts/'));
  const missing = files.filter((file) => !existsSync(file)).map((file) => `${line}: there is no ${file}`);
  return missing.length > 0 ? missing : optionProblems(line, files, line);
}

/** Long options are in the code of the script that takes them. */
function optionProblems(line: string, files: readonly string[], options: string): string[] {
  const code = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...options.matchAll(/--([a-z][\w-]*)/g)]
    .map(([, name]) => name)
    .filter((name) => !new RegExp(`--${name}\\b|['"]${name}['"]|\\b${name}: \\{`).test(code))
    .map((name) => `${line}: nothing takes --${name}`);
}

const TEACHING = ['lesson', 'preset', 'hide', 'lock', 'lang', 'present'];
const QUERY_KEYS = new Set([
  'v',
  'arms',
  'embed',
  'theme',
  MAP_KEY,
  SEARCH_KEY,
  MEASURE_KEY,
  ROOM_KEY,
  ...TEACHING,
  ...STUDY_KEYS.flatMap(({ key, path }) => [key, path.join('.')]),
  ...ARM_KEYS.map(({ key }) => key),
]);
/** Settings of other programs that pages quote. */
const FOREIGN = new Set(['PUBLIC_URL', 'E2E_PORT', 'CHROME_PATH', 'NODE_USE_ENV_PROXY']);

/** "?lesson=lora&hide=gpu", "rank=8", "copra.rank=8", "analyses.plane.grid=9" */
function keyProblems(span: string): string[] {
  if (!/^\??[\w.-]+=[^=\s(){}]*(&[\w.-]+(=[^\s(){}]*)?)*$/.test(span)) return [];
  return span
    .replace(/^\?/, '')
    .split('&')
    .map((part) => part.split('=')[0])
    .filter(
      (key) => ![key, key.slice(key.lastIndexOf('.') + 1)].some((name) => QUERY_KEYS.has(name) || FOREIGN.has(name)),
    )
    .map((key) => `${span}: no address has a key "${key}"`);
}

it('docs/reliability.md names tests that there are', () => {
  const rows = [...readFileSync('docs/reliability.md', 'utf8').matchAll(/^\|.*\| `([^`|]+)` ([^|]+?) *\|$/gm)];
  expect(rows.length).toBeGreaterThan(40);
  const missing = rows.filter(
    ([, file, title]) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title.replaceAll('\\', '')),
  );
  expect(missing.map(([, file, title]) => `${file}: ${title}`)).toEqual([]);
});

describe('docs/lessons.md', () => {
  const text = readFileSync('docs/lessons.md', 'utf8');

  it('lists all parts of the page', () => {
    const [, list] = /\nParts: ([^.]*)\./.exec(text) ?? [];
    expect([...list.matchAll(/`([\w-]+)`/g)].map(([, part]) => part)).toEqual([...PAGE_PARTS]);
  });

  it('lists all lessons', () => {
    const rows = [...text.matchAll(/^\| ([^|]+?) +\| `([\w-]+)` +\|/gm)].map(([, title, id]) => ({ title, id }));
    expect(rows).toEqual(LESSONS.map(({ id, words }) => ({ title: words().title, id })));
  });
});

it('every address that opens a part of the page is understood', () => {
  const presets = PRESETS.map(({ id }) => id);
  const addresses = pages.flatMap(({ spans }) => spans.filter((span) => span.startsWith('?')));
  expect(addresses.length).toBeGreaterThan(5);
  for (const address of addresses.filter((span) => !/[A-Z…]/.test(span))) {
    expect(readTeachingLink(address, presets).problems, address).toEqual([]);
    expect(unknownParts(address), address).toEqual([]);
    const view = new URLSearchParams(address).get('embed');
    if (view !== null) expect([...EMBED_VIEWS.map(({ id }) => id), 'all']).toContain(view);
  }
});
