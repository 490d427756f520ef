/** What links and study files of strangers may call things, against what of it Python and notebooks read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { hasPython, python, sayUnchecked } from '../../../tests/support/python.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { CheckpointHeadSchema } from '../../study/checkpoint/checkpoint.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { armOf } from '../adapter/provenance.ts';
import { queryToConfig } from '../config/config-query.ts';
import { withSettings } from '../config/config-set.ts';
import { decodeResultLink, encodeResultLink } from '../link/result-link.ts';
import { parseConfig, parseResult } from '../study-file/study-file.ts';
import { pythonNotebook } from './notebook.ts';
import { pythonFiles } from './python-files.ts';
import { pythonScript, type ScriptTask } from './script.ts';

if (!hasPython) sayUnchecked('the syntax of Python exports, whatever the names in them');

const [{ config }] = PRESETS;

/** What ends a cell, a comment, a string or a line in some reader of it, between letters. */
const piece = fc.constantFrom(
  ...[
    '\n',
    '\r',
    '\n# %%\n',
    '\n\n# %% script\n',
    '"""',
    "'''",
    '\\',
    '"',
    "'",
    '#',
    '$&',
    '$`',
    '@@RUNS@@',
    '@@ARMS@@',
  ],
  ...[
    '\u2028',
    '\0',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    '<img src=x>',
    '![x](y)',
    '`',
    '{}',
    'import os\n',
    'name',
    '@',
    '@' + 'ab'.repeat(32),
  ],
);
const anyName = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
const anyStudy = fc
  .record({ backbone: anyName, task: anyName, arm: anyName, own: fc.option(anyName), classes: fc.array(anyName) })
  .map(({ backbone, task, arm, own, classes }) => ({
    config: { ...config, backbone, task, arms: [{ ...config.arms[0], name: arm }] } satisfies StudyConfig,
    task: own === null ? null : ({ name: own, classes } satisfies ScriptTask),
  }));

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}

const cellsOf = (study: StudyConfig, task: ScriptTask | null) =>
  (JSON.parse(pythonNotebook(study, task)) as Notebook).cells.map(({ cell_type: kind, source }) => ({
    kind,
    text: source.join(''),
  }));

describe('names of strangers', () => {
  it('make no cell of a notebook and no word of code in it', () => {
    const plain = cellsOf(config, null);
    fc.assert(
      fc.property(anyStudy, ({ config: study, task }) => {
        const cells = cellsOf(study, task);
        expect(cells.map(({ kind }) => kind)).toEqual(plain.map(({ kind }) => kind));
        cells.forEach(({ kind, text }, i) => {
          if (kind === 'code' && !text.startsWith('%%writefile')) expect(text).toBe(plain[i].text);
          if (kind === 'code') return;
          expect(text.split('\n').length).toBe(plain[i].text.split('\n').length);
          expect(text).not.toMatch(/(?<!\\)[<[]/);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('add no line to what is read by people', () => {
    const lines = (text: string) => text.split(/\r|\n|\u2028/).length;
    // The names of strangers are those of their own images and of backbones that do not come with the page.
    const plain = pythonFiles({ ...config, task: 'dropped', backbone: 'owner/name' }, null);
    fc.assert(
      fc.property(anyStudy, ({ config: study, task }) => {
        expect(lines(pythonFiles(study, task)['README.txt'])).toBe(lines(plain['README.txt']));
      }),
      { numRuns: 50 },
    );
  });

  it.skipIf(!hasPython)('leave the script the same but for its literals', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'names-'));
    try {
      const studies = fc.sample(anyStudy, { numRuns: 12, seed: 5 });
      const files = [{ config, task: null }, ...studies].map(({ config: study, task }, i) => {
        const file = path.join(folder, `${i}.py`);
        writeFileSync(file, pythonScript(study, task));
        return file;
      });
      const shapes = JSON.parse(
        python(
          `
import ast, hashlib, json, sys
class Literals(ast.NodeTransformer):
    def visit(self, node):
        try:
            ast.literal_eval(node)
            return ast.Constant('a literal')
        except (ValueError, TypeError, SyntaxError):
            return self.generic_visit(node)
def shape(file):
    with open(file, encoding='utf-8') as text:
        return hashlib.sha256(ast.dump(Literals().visit(ast.parse(text.read()))).encode()).hexdigest()
print(json.dumps([shape(file) for file in sys.argv[1:]]))`,
          ...files,
        ),
      ) as string[];
      expect(new Set(shapes)).toEqual(new Set([shapes[0]]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are made one line wherever they are read', () => {
    const code = 'emoji-clip-2\n\n# %%\nimport os\u202e';
    const line = 'emoji-clip-2 # %% import os';
    const [first, ...arms] = config.arms;
    const named = { ...config, backbone: code, task: code, arms: [{ ...first, name: code }, ...arms] };
    const result = { ...studyResultFixture(), config: named, runs: [], landscape: [], shapley: [], pruning: [] };
    const head = { version: 1, task: '', step: 0, started: '', saved: '', seconds: 0, config: named, runs: [] };
    // Settings that people write take a task of the page only.
    const made = ['backbone', `${first.id}.name`].map((key) => [key, code]);
    const written = [
      queryToConfig(`?${new URLSearchParams(made)}`).config,
      withSettings(
        config,
        made.map(([key, text]) => `${key}=${text}`),
      ),
    ];
    const decoded = decodeResultLink(encodeResultLink(result).fragment);
    const studies = [
      parseConfig(named),
      parseResult(result).config,
      decoded.ok ? decoded.result.config : null,
      v.parse(CheckpointHeadSchema, { ...head, backend: '', device: '', appVersion: '' }).config,
    ];
    const inOneLine = { backbone: line, arms: [{ name: line }, ...arms.map(() => ({}))] };
    for (const study of written) expect(study).toMatchObject(inOneLine);
    for (const study of studies) expect(study).toMatchObject({ ...inOneLine, task: line });
    expect(armOf({ arm: named.arms[0] })?.name).toBe(line);
  });

  it('stay what they are where they are one line', () => {
    for (const name of ['👩‍🔬 ❤️', 'שיטה\u200f CopRA', '\u200eالنموذج']) {
      const { config: study, problems } = queryToConfig(`?copra.name=${encodeURIComponent(name)}`);
      expect(problems).toEqual([]);
      expect(study?.arms[1].name).toBe(name);
    }
    const { config: long } = queryToConfig(`?copra.name=${'x'.repeat(60)}${encodeURIComponent('\u202e')}`);
    expect(long?.arms[1].name).toBe('x'.repeat(60));
  });
});
