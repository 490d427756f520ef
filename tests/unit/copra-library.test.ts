/** The public interface of the library `copra`: every name, with its type. A change shows as a change of tests/golden/copra-api.txt (`npx vitest run copra-library -u`). */
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import rootPackage from '../../package.json' with { type: 'json' };
import command from '../../packages/copra-playground/package.json' with { type: 'json' };
import library from '../../packages/copra/package.json' with { type: 'json' };

const ENTRY = path.resolve('packages/copra/src/index.ts');

/** "function name(…): …", "const name", or a type as it is declared, without comments. */
function describeExport(checker: ts.TypeChecker, exported: ts.Symbol): string {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declaration = symbol.declarations?.[0];
  if (!declaration) throw new Error(`${exported.name} is declared nowhere`);
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration))
    return ts
      .createPrinter({ removeComments: true })
      .printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile());
  const type = checker.getTypeOfSymbol(symbol);
  const [signature] = type.getCallSignatures();
  if (!signature) return `const ${exported.name}`;
  return `function ${exported.name}${checker.signatureToString(signature, undefined, ts.TypeFormatFlags.NoTruncation)}`;
}

function publicInterface(): string {
  const program = ts.createProgram([ENTRY], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(ENTRY);
  const entry = source && checker.getSymbolAtLocation(source);
  if (!entry) throw new Error('the entry point exports nothing');
  const exported = checker.getExportsOfModule(entry).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return `${exported.map((symbol) => describeExport(checker, symbol)).join('\n')}\n`;
}

describe('the library', () => {
  it('has the interface that its users build on', async () => {
    await expect(publicInterface()).toMatchFileSnapshot('../golden/copra-api.txt');
  });

  it('and the command have the version of the project, and need what the project uses', () => {
    const known: Readonly<Record<string, string>> = { ...rootPackage.dependencies, ...rootPackage.devDependencies };
    for (const each of [library, command]) {
      expect(each.version).toBe(rootPackage.version);
      expect(each.license).toBe(rootPackage.license);
      expect(each.engines).toEqual(rootPackage.engines);
      for (const [name, version] of Object.entries({
        ...each.dependencies,
        ...('optionalDependencies' in each && each.optionalDependencies),
      }))
        expect(known[name], name).toBe(version);
    }
    expect(Object.keys(library.dependencies)).toEqual(['ml-matrix']);
  });
});
