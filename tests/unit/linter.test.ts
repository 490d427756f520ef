/** What the linter cannot hold by itself. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readText } from '../support/files.ts';

const FOLDERS = ['src', 'scripts', 'tests', 'bench', 'packages/copra/src', 'packages/copra-playground'];
const CODE = /\.(tsx?|[cm]?js)$/;

/** Read once: every test looks at all. */
const texts = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.posix.join(folder, name)),
)
  .filter((file) => CODE.test(file) && !/\/(dist|page)\//.test(file))
  .map((file) => ({ file, text: readText(file) }));

const filesWith = (pattern: RegExp): string[] => texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

it('no comment switches a rule off: either the code or the configuration changes', () => {
  expect(texts.length).toBeGreaterThan(1000);
  expect(filesWith(/\b(es|ox)lint-(disable|enable)\b/)).toEqual([]);
});

/** Browsers take these encodings for windows-1252, Node does not: byteText of data/files/byte-text.ts reads them alike everywhere. */
it('no decoder is made for an encoding that browsers and Node read differently', () => {
  expect(filesWith(/new TextDecoder\(\s*(['"`])[^'"`]*(latin|ascii|8859)[^'"`]*\1/i)).toEqual([]);
});

/** Pages over http, as in a classroom, lack both: there are platform/sha256.ts and platform/random-id.ts. The service worker runs on secure pages only. */
it('nothing of the page takes digests or ids from what only secure pages have', () => {
  const found = filesWith(/(^|[^`.\w])crypto\s*\.\s*(subtle|randomUUID)\b/m).filter((file) => file.startsWith('src/'));
  expect(found).toEqual(['src/service-worker.ts']);
});
