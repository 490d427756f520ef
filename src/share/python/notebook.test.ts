import { describe, expect, it } from 'vitest';
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

describe.skipIf(!hasPython)('the notebook', () => {
  it('installs in its first cell all that its cells and its script import', () => {
    const { cells } = JSON.parse(pythonNotebook(PRESETS[0].config, null)) as Notebook;
    const codes = cells
      .filter(({ cell_type }) => cell_type === 'code')
      .map(({ source }) => source.join('').replace(/^%%writefile .*\n/, ''));
    const installed = /PACKAGES = (\[.*\])/.exec(codes[0])?.[1] ?? '[]';
    const imported = JSON.parse(python(IMPORTED, JSON.stringify(codes))) as string[];
    const needed = imported.filter((name) => name !== OPTIONAL).map((name) => PACKAGE_OF[name] ?? name);
    expect(needed).toContain('matplotlib');
    expect(needed.filter((name) => !(JSON.parse(installed) as string[]).includes(name))).toEqual([]);
  });
});
