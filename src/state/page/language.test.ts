import { describe, expect, it } from 'vitest';
import { addressWithLanguage, createLanguageStore, languageOf } from './language.ts';

const keeping = (locale: string) => ({ getItem: () => locale, setItem: () => undefined });

describe('the language of the page', () => {
  it('is the address’s, else the reader’s, else the browser’s, else English', () => {
    expect(languageOf('?lang=de', ['en-GB'], keeping('en'))).toBe('de');
    expect(languageOf('', ['en-GB'], keeping('de'))).toBe('de');
    expect(languageOf('?lang=xx', ['fr-FR', 'de-AT', 'en'], keeping('xx'))).toBe('de');
    expect(languageOf('', ['fr'], null)).toBe('en');
    expect(languageOf('', [], null)).toBe('en');
    expect(languageOf('?lang=qps', ['de'], null)).toBe('qps');
  });

  it('is remembered once it is loaded', async () => {
    const kept: string[] = [];
    const keeper = { getItem: () => null, setItem: (_: string, text: string) => void kept.push(text) };
    const store = createLanguageStore(
      'en',
      async () => () => undefined,
      keeper,
      () => expect.unreachable(),
    );
    await store.getState().choose('de');
    expect([store.getState().locale, kept]).toEqual(['de', ['de']]);
  });

  it('is the one that was chosen last, whichever is loaded first', async () => {
    const spoken: string[] = [];
    const told: unknown[] = [];
    let settle = (): void => {};
    for (const isThere of [true, false]) {
      const load = async (chosen: string) => {
        if (chosen === 'de') await new Promise<void>((resolve) => (settle = resolve));
        if (chosen === 'de' && !isThere) throw new Error('offline');
        return () => void spoken.push(chosen);
      };
      const store = createLanguageStore('en', load, null, (reason) => told.push(reason));
      const first = store.getState().choose('de');
      await store.getState().choose('en');
      settle();
      await first;
      expect([store.getState().locale, spoken.splice(0), told]).toEqual(['en', ['en'], []]);
    }
  });

  it('stays as it is when it cannot be loaded, and the reader is told', async () => {
    const told: unknown[] = [];
    const load = () => Promise.reject(new Error('offline'));
    const store = createLanguageStore('en', load, null, (reason) => told.push(reason));
    await store.getState().choose('de');
    expect([store.getState().locale, told.length]).toEqual(['en', 1]);
  });

  it('changes in an address that names one, and nowhere else', () => {
    const address = (search: string) => addressWithLanguage({ pathname: '/', search, hash: '#r1.x' }, 'de');
    expect(address('?preset=quick&lang=en&present')).toBe('/?preset=quick&lang=de&present#r1.x');
    expect(address('?lang=en')).toBe('/?lang=de#r1.x');
    expect(address('?steps=50')).toBe('/?steps=50#r1.x');
  });
});
