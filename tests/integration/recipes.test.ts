/** Follows the recipes of CONTRIBUTING.md in a copy of the project: their lists hold every file that an addition takes, and the result type-checks. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADDITIONS, type Edit } from '../support/recipe-additions.ts';

const COPIED = [
  'src',
  'tests',
  'scripts',
  'bench',
  'packages',
  'docs',
  'package.json',
  'tsconfig.base.json',
  'public/backbones',
];
/** A minute of the compiler on a busy machine. */
const PATIENCE = { timeout: 400_000 };

const guide = readFileSync('CONTRIBUTING.md', 'utf8');
const recipes = new Map(
  guide
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading, ...lines] = section.split('\n');
      return [heading, lines.flatMap((line) => /^\d+\. `([^`]+)`:/.exec(line)?.[1] ?? [])] as const;
    }),
);

const named = (file: string, names: Readonly<Record<string, string>>): string =>
  Object.entries(names).reduce((name, [placeholder, value]) => name.replaceAll(placeholder, value), file);

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'copra-recipes-'));
  const skipped = /generated|\.wasm$|tests[\\/](figures|golden)/;
  for (const name of COPIED)
    cpSync(name, path.join(copy, name), { recursive: true, filter: (from) => !skipped.test(from) });
  symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'), 'junction');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function follow({ file, content, insert = [] }: Edit): void {
  const target = path.join(copy, file);
  if (content !== undefined) {
    if (existsSync(target)) throw new Error(`${file} is there already.`);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return;
  }
  let text = readFileSync(target, 'utf8');
  for (const [at, added, where = 'behind'] of insert) {
    const place = text.indexOf(at);
    if (place < 0)
      throw new Error(`${file} has no "${at}" any more: tests/support/recipe-additions.ts says where its text goes.`);
    const end = where === 'before' ? place : place + at.length;
    text = text.slice(0, end) + added + text.slice(end);
  }
  writeFileSync(target, text);
}

/** Lines that are not empty. */
const linesOf = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

/** "23 files, 10 of them new: 250 lines" */
function sizeOf(edits: readonly Edit[]): string {
  const fresh = edits.filter(({ content }) => content !== undefined);
  const added = edits.flatMap(({ content, insert = [] }) => content ?? insert.map(([, text]) => text));
  return `${edits.length} files, ${fresh.length} of them new: ${added.reduce((sum, text) => sum + linesOf(text), 0)} lines`;
}

describe('the recipes of CONTRIBUTING.md', () => {
  it('take as much as this', () => {
    expect(Object.fromEntries(ADDITIONS.map(({ recipe, edits }) => [recipe, sizeOf(edits)]))).toMatchInlineSnapshot(`
      {
        "Add a chart": "4 files, 2 of them new: 39 lines",
        "Add a family of backbones": "7 files, 1 of them new: 25 lines",
        "Add a merging method": "6 files, 0 of them new: 7 lines",
        "Add a method": "5 files, 1 of them new: 17 lines",
        "Add a setting of an analysis": "5 files, 0 of them new: 5 lines",
        "Add a setting of an arm": "6 files, 0 of them new: 13 lines",
        "Add an analysis": "29 files, 11 of them new: 119 lines",
      }
    `);
  });

  it.each(ADDITIONS)('$recipe: lists the files that it takes', ({ recipe, names, edits }) => {
    const listed = recipes.get(recipe)?.map((file) => named(file, names));
    expect(listed?.toSorted()).toEqual(edits.map(({ file }) => file).toSorted());
  });

  it('name files that there are, but for new ones', () => {
    const missing = [...recipes.values()].flat().filter((file) => !file.includes('<') && !existsSync(file));
    expect(missing).toEqual([]);
  });

  it('all followed at once, make a project that type-checks', PATIENCE, () => {
    for (const { edits } of ADDITIONS) edits.forEach(follow);
    const compilerOptions = {
      composite: false,
      emitDeclarationOnly: false,
      noEmit: true,
      lib: ['ES2023', 'DOM', 'DOM.Iterable', 'WebWorker'],
      types: ['node', '@webgpu/types', 'vite/client'],
    };
    const project = {
      extends: './tsconfig.base.json',
      compilerOptions,
      include: ['src'],
      files: ['src/engine/devices/wasm/kernels/kernel-id.ts'],
      exclude: ['src/engine/devices/wasm/kernels', '**/*.test.ts', '**/*.test.tsx'],
    };
    writeFileSync(path.join(copy, 'tsconfig.json'), JSON.stringify(project));
    const compiler = path.resolve('node_modules/typescript-native/bin/tsc');
    let said = '';
    try {
      execFileSync(process.execPath, [compiler, '-p', copy], { cwd: copy, encoding: 'utf8' });
    } catch (error) {
      said = (error as { stdout: string }).stdout;
    }
    expect(said).toBe('');
  });
});
