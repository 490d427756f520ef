/** What a schema says of a value that does not fit it is in a catalogue, so that the page says it in its language. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measurementFixture } from '../fixtures/measurement.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { speak, speakEnglish } from '../../src/core/language/catalogue.ts';
import { DE } from '../../src/languages/de.ts';
import { parseTimmConfig } from '../../src/model/families/timm-config.ts';
import { parseShardIndex } from '../../src/model/open-weights.ts';
import { describeIssues } from '../../src/platform/describe-issues.ts';
import { encodeResultLink } from '../../src/share/link/result-link.ts';
import { linkOf, refusal, sectionsOf } from '../../src/share/link/test-links.ts';
import { parseMeasurement } from '../../src/share/measurement/schema.ts';
import { decodeToHost } from '../../src/study/classroom/frames.ts';
import { MapConfigSchema } from '../../src/study/map/map-config.ts';
import { MAP_PRESETS } from '../../src/study/map/presets.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';

/** Errors whose messages people read as part of a sentence. */
const TOLD: readonly string[] = ['BinaryError', 'BadFrame'];

/** The one file that reads what the library says. */
const READER = 'src/platform/describe-issues.ts';

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file}`)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/test-[^/]+$/.test(file));

/** A sentence, or a part of one. */
const isWords = (node: ts.Node): boolean =>
  (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && /\p{L} \p{L}/u.test(node.getText());

/** What an argument is or gives: itself, or what a function or an object in it holds. A list holds values, and a further call has arguments of its own. */
function wordsIn(node: ts.Node): ts.Node[] {
  if (isWords(node)) return [node];
  const found: ts.Node[] = [];
  if (!ts.isCallExpression(node) && !ts.isArrayLiteralExpression(node))
    ts.forEachChild(node, (inner) => void found.push(...wordsIn(inner)));
  return found;
}

/** How a file calls the whole library, and what it takes of it by name. */
function namesOfLibrary(file: ts.SourceFile): { readonly whole: Set<string>; readonly parts: Set<string> } {
  const [whole, parts] = [new Set<string>(), new Set<string>()];
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || statement.moduleSpecifier.getText() !== "'valibot'") continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) whole.add(bindings.name.text);
    if (bindings && ts.isNamedImports(bindings)) for (const { name } of bindings.elements) parts.add(name.text);
  }
  return { whole, parts };
}

/** English words that a reader would meet in every language, each with its place. */
function englishIn(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const { whole, parts } = namesOfLibrary(file);
  const found: string[] = [];
  const tell = (node: ts.Node) => {
    found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.getText()}`);
  };
  const isOfLibrary = (called: ts.Expression) =>
    ts.isIdentifier(called)
      ? parts.has(called.text)
      : ts.isPropertyAccessExpression(called) && whole.has(called.expression.getText());
  const isTold = (node: ts.Node) =>
    ts.isCallExpression(node)
      ? isOfLibrary(node.expression) || node.expression.getText() === 'addIssue'
      : ts.isNewExpression(node) && TOLD.includes(node.expression.getText());
  const visit = (node: ts.Node): void => {
    if (isTold(node)) for (const argument of (node as ts.CallExpression).arguments) wordsIn(argument).forEach(tell);
    if (
      path !== READER &&
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'message' &&
      /\bissues?\b/.test(node.expression.getText())
    )
      tell(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the source', () => {
  it('holds no words of schemas beside the catalogues', () => {
    expect(SOURCES.length).toBeGreaterThan(500);
    const concerned = SOURCES.map((path) => [path, readFileSync(path, 'utf8')] as const).filter(([, source]) =>
      /valibot|issue|BinaryError|BadFrame/.test(source),
    );
    expect(concerned.flatMap(([path, source]) => englishIn(path, source))).toEqual([]);
  });

  it.each([
    "v.check(fits, 'It does not fit.')",
    "v.pipe(v.string(), v.regex(/a/, 'is no name'))",
    'v.maxLength(3, `At most ${most} of them.`)',
    'v.check(\n  fits,\n  ({ input }) => {\n    return `The value ${input} is too large.`;\n  },\n)',
    "v.rawCheck(({ addIssue }) => {\n  addIssue({ message: 'It does not fit.' });\n})",
    "minLength(1, 'One is needed.')",
    'new BinaryError(`The data ends inside ${what}.`)',
    "new BadFrame('its head is no JSON')",
    'told(where, issue.message)',
    'told(where, parsed.issues[0].message)',
  ])('would be found with %s', (code) => {
    const imports = "import * as v from 'valibot';\nimport { minLength } from 'valibot';\n";
    expect(englishIn('src/some.ts', imports + code)).toHaveLength(1);
  });

  it.each([
    'v.check(fits, () => WORDS.unfit)',
    "v.picklist(['seeds and images', 'seeds'])",
    "v.literal('copra-measurement')",
    'new BinaryError(LINK_CHECKS.ends(what, 1, 0))',
    "new RangeError('A rank is a whole number.')",
  ])('may hold %s', (code) => {
    expect(englishIn('src/some.ts', `import * as v from 'valibot';\n${code}`)).toEqual([]);
  });
});

describe('on the German page', () => {
  beforeEach(() => speak('de', (area) => DE[area] ?? null));
  afterEach(speakEnglish);

  const result = studyResultFixture({ seed: 1 });
  const faultOf = (schema: v.GenericSchema, value: unknown): string => {
    const { issues } = v.safeParse(schema, value);
    return issues ? describeIssues(issues) : 'fits';
  };

  it('a result with an impossible accuracy is refused in German', () => {
    const [run, ...others] = result.runs;
    const damaged = { ...result, runs: [{ ...run, test: { accuracy: 3, loss: 1 } }, ...others] };
    expect(faultOf(StudyResultSchema, damaged)).toBe(
      'runs.0.test.accuracy: Genauigkeiten und Anteile liegen zwischen 0 und 1.',
    );
  });

  it('so is a map with two axes of one setting', () => {
    const [{ config }] = MAP_PRESETS;
    expect(faultOf(MapConfigSchema, { ...config, y: config.x })).toBe(
      'Die beiden Achsen einer Karte sind zwei Einstellungen.',
    );
  });

  it('so is a measurement with a task twice', () => {
    const measurement = measurementFixture();
    expect(() => parseMeasurement({ ...measurement, tasks: [...measurement.tasks, ...measurement.tasks] })).toThrow(
      'Diese Messung ist beschädigt (tasks: Eine Aufgabe kommt doppelt vor.).',
    );
  });

  it('so are files of a backbone, by our words and by those of the library', () => {
    expect(() => parseShardIndex({ weight_map: { head: '../head.safetensors' } })).toThrow(
      'model.safetensors.index.json, weight_map.head: ist kein Name einer safetensors-Datei',
    );
    expect(() => parseShardIndex({ weight_map: 3 })).toThrow(
      'model.safetensors.index.json, weight_map: Erwartet wird Object, hier steht 3',
    );
    expect(() => parseTimmConfig({ architecture: 'vit_tiny_patch16_224', pretrained_cfg: { std: [0, 1, 1] } })).toThrow(
      'config.json, pretrained_cfg.std: muss positiv sein',
    );
  });

  it('so is a link whose bytes hold no result', () => {
    const sections = sectionsOf(encodeResultLink(result).fragment);
    expect(refusal(linkOf(sections.slice(1)))).toBe(
      'Dieser Link enthält kein gültiges Ergebnis: Die Beschreibung der Studie fehlt.',
    );
  });

  it('so is a message of a classroom', () => {
    expect(() => decodeToHost(new Uint8Array(3))).toThrow('Die Nachricht hat 3 Bytes');
  });
});
