/** What comments name is there: files of the project, and what a documented function takes. A rename passes a comment by, and a reader who follows it finds nothing. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { readText } from '../support/files.ts';

const FOLDERS = ['src', 'scripts', 'tests', 'bench', 'packages/copra/src', 'packages/copra-playground'];

const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    path.posix.join(folder, name.replaceAll('\\', '/')),
  ),
).filter((file) => !/\/(dist|page)\//.test(file));

const AT_ROOT = readdirSync('.');

const SOURCES = FILES.filter((file) => /\.(tsx?|mjs)$/.test(file)).map((file) => ({ file, text: readText(file) }));

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/gm;

/** A path or a name, but no pattern and no end of a name. */
const FILE_NAME = /(?<![\w./@*>…-])(?:\.{1,2}\/)*((?:[\w@.-]+\/)*\w[\w.-]*\.(?:tsx?|mjs|css))\b/g;

const isThere = (name: string): boolean =>
  AT_ROOT.includes(name) || FILES.some((file) => file === name || file.endsWith(`/${name}`));

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

it('comments name files that are there', () => {
  expect(SOURCES.length).toBeGreaterThan(1000);
  const missing = SOURCES.flatMap(({ file, text }) =>
    [...text.matchAll(COMMENT)].flatMap((comment) =>
      [...comment[0].matchAll(FILE_NAME)].flatMap(({ 1: name, index }) =>
        isThere(name) ? [] : [`${file}:${lineOf(text, comment.index + index)} ${name}`],
      ),
    ),
  );
  expect(missing).toEqual([]);
});

/** Parameters that are documented and do not stand in the code behind the comment: under the name of the parameter, or of what is taken apart in its place. */
function strangersIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const doc of ts.getJSDocCommentsAndTags(node)) {
      // A function has the comment of what it is the value of as well.
      if (!ts.isJSDoc(doc) || doc.parent !== node) continue;
      const code = new Set(node.getText(source).match(/\w+/g));
      for (const tag of doc.tags ?? [])
        if (ts.isJSDocParameterTag(tag) && !code.has(tag.name.getText(source)))
          found.push(`${file}:${lineOf(text, tag.pos)} ${tag.name.getText(source)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('comments document parameters that there are', () => {
  const documented = SOURCES.filter(({ file, text }) => file.endsWith('.ts') && text.includes('@param'));
  expect(documented.length).toBeGreaterThan(200);
  expect(documented.flatMap(({ file, text }) => strangersIn(file, text))).toEqual([]);
});
