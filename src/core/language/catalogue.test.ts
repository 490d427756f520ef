import { afterEach, describe, expect, it } from 'vitest';
import { compact, grouped, integer, percent, signed } from '../number-format.ts';
import { catalogue, loadedAreas, speak, speakEnglish, spokenLocale } from './catalogue.ts';
import { pseudo, pseudoText } from './pseudo.ts';

const FRUIT = catalogue('test-fruit', {
  apple: 'apple',
  many: (count: number) => `${count} apples`,
  ripe: { yes: 'ripe' },
});
const GERMAN: typeof FRUIT = { apple: 'Apfel', many: (count) => `${count} Äpfel`, ripe: { yes: 'reif' } };

afterEach(speakEnglish);

describe('a catalogue', () => {
  it('has its English texts, until another language is spoken', () => {
    expect([FRUIT.apple, FRUIT.many(2), FRUIT.ripe.yes]).toEqual(['apple', '2 apples', 'ripe']);
    speak('de', (area) => (area === 'test-fruit' ? GERMAN : null));
    expect(spokenLocale()).toBe('de');
    expect([FRUIT.apple, FRUIT.many(2), FRUIT.ripe.yes]).toEqual(['Apfel', '2 Äpfel', 'reif']);
    expect({ ...FRUIT }.apple).toBe('Apfel');
    speakEnglish();
    expect(FRUIT.apple).toBe('apple');
  });

  it('stays in English where a language has no such area', () => {
    speak('de', () => null);
    expect(FRUIT.apple).toBe('apple');
  });

  it('is listed', () => {
    expect(loadedAreas().get('test-fruit')).toMatchObject({ apple: 'apple' });
  });
});

describe('numbers', () => {
  it('are written as the spoken language does', () => {
    speak('de', () => null);
    expect([
      percent(0.5863),
      signed(0.04, 1),
      signed(0.06, 1),
      integer(20000.4),
      grouped(-20000.5, 2),
      compact(0.05),
      compact(0.0025),
    ]).toEqual(['58,6 %', '0,0', '+0,1', '20.000', '−20.000,5', '0,05', '2,5e-3']);
  });
});

describe('the pseudo-language', () => {
  it('marks, accents and lengthens every text', () => {
    expect(pseudoText('Share')).toBe('⟦Šháré~~⟧');
    expect(pseudoText('')).toBe('');
    expect(pseudoText('as $\\frac12 a$ says')).toMatch(/^⟦áš \$\\frac12 a\$ šáýš[~ ]+⟧$/);
    expect(pseudoText('x'.repeat(40))).toBe(`⟦${'x'.repeat(40)}~~~~~~~~ ~~~~⟧`);
  });

  it('changes texts of every shape', () => {
    const changed = pseudo({ ...FRUIT, list: ['one'], count: 3 }) as typeof FRUIT & { list: string[]; count: number };
    expect(changed.many(2)).toBe(pseudoText('2 apples'));
    expect([changed.ripe.yes, changed.list[0], changed.count]).toEqual([pseudoText('ripe'), pseudoText('one'), 3]);
  });
});
