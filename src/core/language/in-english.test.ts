import { afterEach, expect, it } from 'vitest';
import { percent } from '../number-format.ts';
import { catalogue, inEnglish, speak, speakEnglish } from './catalogue.ts';

const TREES = catalogue('test-trees', { many: (count: number) => `${count} trees` });
const GERMAN: typeof TREES = { many: (count) => `${count} Bäume` };

const told = (): string => `${TREES.many(2)} ${percent(0.5)}`;

afterEach(speakEnglish);

it('texts and numbers are English for a file, and in the spoken language again after it', () => {
  speak('de', () => GERMAN);
  expect([told(), inEnglish(told), told()]).toEqual(['2 Bäume 50,0 %', '2 trees 50.0 %', '2 Bäume 50,0 %']);
});

it('the language is spoken again after a failure', () => {
  speak('de', () => GERMAN);
  const fail = (): never => {
    throw new Error('lost');
  };
  expect(() => inEnglish(fail)).toThrow('lost');
  expect(told()).toBe('2 Bäume 50,0 %');
});
