import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { shapleyField, valueField } from '../../lessons/three-layers/three-layers.ts';
import { ThreeLayers } from './ThreeLayers.tsx';

const FOUND = { [shapleyField(0)]: '5', [shapleyField(1)]: '11', [shapleyField(2)]: '14' };

/** Rows of the table of values: what the learner found, and what holds now. */
function rowsOf(fields: Readonly<Record<string, string>>): string[][] {
  const html = renderToStaticMarkup(<ThreeLayers fields={fields} onChange={() => undefined} />);
  const table = /<table[^>]*>(?:(?!<table).)*you found.*?<\/table>/.exec(html)?.[0] ?? '';
  return [...table.matchAll(/<td>(.*?)<\/td><td>(.*?)<\/td>/g)].map(([, found, now]) => [found, now]);
}

it('values that were found stand beside those of changed accuracies, so that one sees which move', () => {
  expect(rowsOf(FOUND)).toEqual([
    ['5', '5'],
    ['11', '11'],
    ['14', '14'],
  ]);
  // With all layers 6 more: 2 for each of them.
  expect(rowsOf({ ...FOUND, [valueField(7)]: '66' }).map(([, now]) => now)).toEqual(['7', '13', '16']);
});

it('no value is shown before all are found', () => {
  expect(rowsOf({})).toEqual([]);
  expect(rowsOf({ ...FOUND, [shapleyField(2)]: '13' })).toEqual([]);
});
