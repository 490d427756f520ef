import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glossed } from './glossed.ts';
import { GLOSSARY, type TermId } from './terms/messages.ts';

const found = (text: string, known: readonly TermId[] = []) =>
  glossed(text, new Set(known)).flatMap(({ term, text: word }) => (term ? [`${term}: ${word}`] : []));

describe('words of the glossary', () => {
  it('are found in a sentence, once each, whole and in every form', () => {
    expect(
      found('LoRA keeps 61 % of its gain (3 seeds, sampling error 1.8 points); the seed pairs lose 2 points.'),
    ).toEqual(['gain: gain', 'seed: seeds', 'samplingError: sampling error', 'points: points']);
    expect(found('Half-way between two seeds')).toEqual(['midpoint: Half-way', 'seed: seeds']);
    expect(found('95\u00a0% interval 2.0 to 3.4')).toEqual(['interval: 95\u00a0% interval']);
    expect(found('Harmless armour, gained disarming, ‖ΔW‖ and ΔW.')).toEqual(['norm: ‖ΔW‖', 'deltaW: ΔW']);
  });

  it('are units only behind a number', () => {
    expect(found('Adapters as points')).toEqual(['adapter: Adapters']);
    expect(found('as points, 2.7\u00a0points apart')).toEqual(['points: points']);
    expect(found('Points near one another; points: 100 turn a picture')).toEqual([]);
  });

  it('take the longest form', () => {
    expect(found('Half the layers: gain kept, %')).toEqual(['gain: gain kept']);
    expect(found('The factor path lies low.')).toEqual(['factorPath: factor path']);
  });

  it('are two measures of a rank', () => {
    expect(found('The stable rank is below the effective rank.')).toEqual([
      'stableRank: stable rank',
      'rank: effective rank',
    ]);
  });

  it('are explained once, also over several texts', () => {
    const known = new Set<TermId>();
    glossed('One seed', known);
    expect(glossed('Two seeds and an arm', known).filter(({ term }) => term)).toEqual([{ text: 'arm', term: 'arm' }]);
  });

  it('change no text', () => {
    const words = fc.constantFrom(
      'seed',
      'Seeds',
      'gain kept',
      '‖ΔW‖',
      'x',
      ' ',
      ', ',
      '95 % interval',
      'unseeded',
      '\u00a0',
    );
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const text = parts.join('');
        const pieces = glossed(text, new Set());
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        const terms = pieces.flatMap(({ term }) => term ?? []);
        expect(new Set(terms).size).toBe(terms.length);
      }),
    );
  });
});

it('every entry is found by its own name, in order, and explained in plain sentences', () => {
  const names = Object.values(GLOSSARY).map(({ name }) => name);
  expect(names.filter((name) => /^[A-Z][a-z]/.test(name))).toEqual(
    names.filter((name) => /^[A-Z][a-z]/.test(name)).toSorted((a, b) => a.localeCompare(b)),
  );
  for (const [id, { name, text }] of Object.entries(GLOSSARY)) {
    expect(found(`3 ${name} here`), name).toContain(`${id}: ${name}`);
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text.length).toBeLessThan(200);
  }
});
