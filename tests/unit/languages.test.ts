/** Every area of the page has its texts in every language, and every text says something. */
import { describe, expect, it } from 'vitest';
import { catalogue, loadedAreas } from '../../src/core/language/catalogue.ts';
import { DE } from '../../src/languages/de.ts';

// Rows of settings enter their English names when they are loaded.
import '../../src/study/config/config.ts';

const catalogues = import.meta.glob(['../../src/**/{messages,words,*-words}.ts', '../../src/copra/readings/seen.ts']);
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

it('an area has one catalogue', () => {
  expect(() => catalogue('story', {})).toThrow(/story/);
});
