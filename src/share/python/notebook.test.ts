import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPython, python, sayUnchecked } from '../../../tests/support/python.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { pythonNotebook } from './notebook.ts';

/** Prints the modules that Python files import, anywhere in them, which Python itself does not bring. */
const IMPORTED = `
import ast, json, sys
found = set()
for code in json.loads(sys.argv[1]):
    for node in ast.walk(ast.parse(code)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module]
        found |= {name.split('.')[0] for name in names}
print(json.dumps(sorted(found - set(sys.stdlib_module_names))))
`;

/** Packages that have other names than their modules. */
const PACKAGE_OF: Readonly<Record<string, string>> = { PIL: 'pillow' };
/** Colab brings it, and where it is missing the notebook goes on. */
const OPTIONAL = 'google';

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}

if (!hasPython) sayUnchecked('the imports of the notebook');

const { cells } = JSON.parse(pythonNotebook(PRESETS[0].config, null)) as Notebook;
const codes = cells
  .filter(({ cell_type }) => cell_type === 'code')
  .map(({ source }) => source.join('').replace(/^%%writefile .*\n/, ''));

const folder = mkdtempSync(path.join(tmpdir(), 'notebook-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program on the first cell, and returns the commands that it starts. @param has Python that says of a module whether it is there */
const started = (has: string): unknown =>
  JSON.parse(
    python(
      `import importlib.util, json, subprocess, sys
commands = []
class Program:
    stdout, returncode = (), 0
    def __init__(self, command, **how): commands.append(command)
    def __enter__(self): return self
    def __exit__(self, *error): pass
subprocess.Popen = Program
importlib.util.find_spec = lambda name: ${has} or None
exec(sys.argv[1])
print(json.dumps([command[1:] for command in commands]))`,
      codes[0],
    ),
  );

describe.skipIf(!hasPython)('the notebook', () => {
  it('installs what a cell and its script import at the latest there', () => {
    const installed = new Set<string>();
    const imported = codes.map((code) => {
      for (const [, packages] of code.matchAll(/\binstall\((".*")\)/g))
        for (const name of JSON.parse(`[${packages}]`) as string[]) installed.add(name);
      const names = JSON.parse(python(IMPORTED, JSON.stringify([code]))) as string[];
      const needed = names.filter((name) => name !== OPTIONAL).map((name) => PACKAGE_OF[name] ?? name);
      expect(needed.filter((name) => !installed.has(name))).toEqual([]);
      return needed;
    });
    expect(new Set(imported.flat())).toEqual(installed);
  });

  it('asks for what reads data sets of the hub and what draws only where it does so', () => {
    const first = started('False') as string[][];
    expect(first.flat()).toContain('torch');
    expect(first.flat()).not.toContain('datasets');
    expect(first.flat()).not.toContain('matplotlib');
    const cells = [
      codes.find((code) => code.includes('def folder_of')) ?? '',
      codes.find((code) => code.includes('plt.show')) ?? '',
    ];
    const asked = python(
      `import json, os, sys
from pathlib import Path
def install(*packages): print(packages)
names, result = {}, {"landscape": []}
os.chdir(sys.argv[1])
Path("images").mkdir()
for cell in json.loads(sys.argv[2]): exec(cell)`,
      folder,
      JSON.stringify(cells),
    );
    expect(asked).toBe('This study tests no path between two seeds.\n');
  });

  it('installs what is missing alone, and nothing where nothing is', () => {
    expect(started('True')).toEqual([]);
    const pip = ['-m', 'pip', 'install', '--quiet'];
    expect(started("name not in ('PIL', 'peft')")).toEqual([[...pip, 'peft', 'pillow']]);
  });

  it('names the arms, and tells their accuracies in a table as the page does', () => {
    const { arms } = PRESETS[0].config;
    const text = cells[0].source.join('');
    for (const { name } of arms) expect(text).toContain(name);
    const [first] = arms;
    const result = {
      config: { arms: [first] },
      task: { zeroShot: { accuracy: 0.25 } },
      runs: [0.5, 0.75]
        .map((accuracy) => ({ arm: first.id, test: { accuracy } }))
        .concat({ arm: first.id, test: null! }),
      pruning: [
        {
          arm: first.id,
          structured: [
            ['even', 0.4],
            ['odd', 0.2],
            ['all', 1],
          ].map(([label, accuracy]) => ({ label, accuracy })),
        },
      ],
      landscape: [
        { arm: first.id, path: 'factor', lambdas: [0, 0.5, 1], accuracy: [0.5, 0.125, 0.75] },
        { arm: first.id, path: 'product', lambdas: [0, 0.5, 1], accuracy: [0.5, 1, 0.75] },
      ],
    };
    const table = codes.find((code) => code.includes('every other layer')) ?? '';
    const given =
      'import sys\nclass Path:\n  def __truediv__(self, name): return self\n  def read_text(self): return sys.argv[2]\nout = Path()\n';
    const told = python(`${given}exec(sys.argv[1])`, table, JSON.stringify(result)).trimEnd().split('\n');
    expect(told.slice(1).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['zero-shot', '25.0'],
      [first.name, '62.5', '30.0', '12.5'],
    ]);
  });

  it.each([0, 1, 2])(
    'trains on %s GPUs by accelerate only where there are several, and tells it all it would guess',
    (gpus) => {
      const training = codes.find((code) => code.includes('device_count')) ?? '';
      const program = `import json, sys, types
sys.modules["torch"] = types.SimpleNamespace(cuda=types.SimpleNamespace(device_count=lambda: ${gpus}))
data, out = "images", "adapters"
def run(python, *command):
    print(json.dumps(command))
exec(sys.argv[1])`;
      const command = JSON.parse(python(program, training)) as string[];
      const script = command.slice(command.indexOf('train_copra.py'));
      expect(script).toEqual(['train_copra.py', '--data', 'images', '--out', 'adapters']);
      const before = command.slice(0, -script.length).join(' ');
      const [module, guessed] = [
        '-m accelerate.commands.launch --multi_gpu',
        '--mixed_precision no --dynamo_backend no',
      ];
      expect(before).toBe(gpus > 1 ? `${module} --num_machines 1 ${guessed} --num_processes ${gpus}` : '');
    },
  );
});
