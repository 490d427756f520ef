/** Every area of the page has its texts in every language, and every text says something. */
import { describe, expect, it } from 'vitest';
import { catalogue, loadedAreas } from '../../src/core/language/catalogue.ts';
import { DE } from '../../src/languages/de.ts';
import { presets } from '../../src/study/presets/messages.de.ts';
import { studyResults } from '../../src/study/result/words.de.ts';
import { geometry } from '../../src/ui/analyses/geometry/messages.de.ts';
import { merging } from '../../src/ui/analyses/merging/messages.de.ts';
import { multitask } from '../../src/ui/analyses/multitask/messages.de.ts';
import { plane } from '../../src/ui/analyses/plane/messages.de.ts';
import { TIMELINE_WORDS } from '../../src/ui/analyses/timeline/messages.ts';
import { header } from '../../src/ui/header/messages.de.ts';
import { LIVE_WORDS } from '../../src/ui/live/messages.ts';
import { adapters } from '../../src/ui/results/adapters/messages.de.ts';
import { ADAPTER_WORDS } from '../../src/ui/results/adapters/messages.ts';
import { pictures } from '../../src/ui/results/pictures/messages.de.ts';
import { PICTURE_WORDS } from '../../src/ui/results/pictures/messages.ts';

// Rows of settings enter their English names when they are loaded.
import '../../src/study/config/config.ts';

const catalogues = import.meta.glob('../../src/**/{messages,words,*-words}.ts');
const catalogueSources = import.meta.glob<string>('../../src/**/{messages,words,*-words}.ts', {
  query: '?raw',
  import: 'default',
});
await Promise.all(Object.values(catalogues).map(async (load) => load()));
// Tests that share this process have catalogues of their own.
const english = new Map([...loadedAreas()].filter(([area]) => !area.startsWith('test-')));

/** Paths of the texts in a part of a catalogue, with what each is. */
function textsOf(part: unknown, path: string): [string, unknown][] {
  if (typeof part === 'object' && part !== null)
    return Object.entries(part).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
  return [[path, part]];
}

describe('the German page', () => {
  it('has every area of the English one', () => {
    expect(Object.keys(DE).sort()).toEqual([...english.keys()].sort());
  });

  it('leaves no text empty that English has, and adds none', () => {
    const german = new Map(textsOf(DE, ''));
    const texts = [...english].flatMap(([area, texts]) => textsOf(texts, `.${area}`));
    const missing = texts
      .filter(([path, text]) => text !== '' && (german.get(path) ?? '') === '')
      .map(([path]) => path);
    expect(missing).toEqual([]);
    expect([...german.keys()].filter((path) => !new Map(texts).has(path))).toEqual([]);
  });
});

it('a message of a figure is one sentence without numbers', () => {
  const messages = (areas: Iterable<readonly [string, object]>): string[] =>
    [...areas].flatMap(([area, words]) =>
      textsOf(words, area).flatMap(([path, text]) =>
        /\.message(\.|$)/.test(path) && typeof text === 'string' ? [text] : [],
      ),
    );
  const [own, german] = [messages(english), messages(Object.entries(DE))];
  expect(own.length).toBeGreaterThan(15);
  for (const text of [...own, ...german]) expect(text).toMatch(/^[A-ZÄÖÜ][^.\d]+\.$/);
  for (const text of own) expect(text.length).toBeLessThan(140);
});

/** Lines whose straight marks are code: a setting of PEFT. */
const CODE_IN_TEXTS = ['bias="none"'];

it('English texts have the quotation marks and apostrophes of typography', async () => {
  // Prettier takes double quotes for code only where a text has a straight apostrophe.
  const straight = /"|\p{L}'\p{L}/u;
  expect(straight.test('the class "cat"') && straight.test("the page's server")).toBe(true);
  const sources = await Promise.all(
    Object.entries(catalogueSources).map(async ([file, load]) => [file, await load()] as const),
  );
  expect(sources.length).toBeGreaterThan(100);
  const found = sources.flatMap(([file, source]) =>
    source
      .replaceAll(/\/\*.*?\*\/|^\s*\/\/[^\n]*/gms, '')
      .split('\n')
      .filter((line) => straight.test(CODE_IN_TEXTS.reduce((text, code) => text.replaceAll(code, ''), line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

it('contradictions of a result name runs in German', () => {
  const { lengths, run, twice } = studyResults;
  expect(twice('landscape', run('lora', 0))).toBe('„landscape“ enthält Arm „lora“, Seed 0 doppelt.');
  expect(lengths('shapley', run('lora', 0), 12, 11)).toBe(
    '„shapley“ von Arm „lora“, Seed 0: Die Listen sind verschieden lang (12 und 11 Werte).',
  );
});

it('names presets as the menu does', () => {
  const [{ called }, { presetChosen }] = [presets, header];
  expect(geometry.off).toContain(`${presetChosen(null).split(':')[0]} „${called('Geometry')}“`);
  expect(plane.off).toContain(`Vorlage „${called('Geometry')}“`);
  expect(merging.off).toContain(`Vorlage „${called('Merge')}“`);
  expect(multitask.off).toContain(`Vorlage „${called('Many tasks')}“`);
});

it('what is said of a button begins with what is written on it', () => {
  for (const { table } of [ADAPTER_WORDS, adapters])
    expect(table.modelOf('LoRA · seed 0')).toMatch(new RegExp(`^${table.model}.*LoRA · seed 0`));
  for (const { takenFor, removeFilter } of [PICTURE_WORDS, pictures]) {
    const written = takenFor('cat', 'LoRA');
    expect(removeFilter(written)).toMatch(new RegExp(`^${written}.`));
  }
});

it('one of something is singular', () => {
  expect(TIMELINE_WORDS.missingSteps(4, 1)).toContain('1 is known');
  expect(TIMELINE_WORDS.missingSteps(4, 2)).toContain('2 are known');
  expect([[3], [3, 4]].map(LIVE_WORDS.tape.layers)).toEqual([': layer 3', ': layers 3, 4']);
});

it('an area has one catalogue', () => {
  expect(() => catalogue('story', {})).toThrow(/story/);
});
