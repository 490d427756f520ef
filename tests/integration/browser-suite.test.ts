/** Which unit tests run in Chromium as well is a list of the exceptions: they exist, and still need what they are excepted for. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LAYERS, NEEDS, NODE_ONLY, STAND_INS } from '../browser/suite.ts';
import { readText } from '../support/files.ts';

const tests = LAYERS.flatMap((layer) =>
  (readdirSync(`src/${layer}`, { recursive: true }) as string[])
    .filter((path) => /\.test\.tsx?$/.test(path))
    .map((path) => `src/${layer}/${path.replaceAll('\\', '/')}`),
);
const lacking = (path: string): string[] => {
  const text = readText(path);
  return Object.entries(NEEDS)
    .filter(([, { mark }]) => mark.test(text))
    .map(([need]) => need);
};

it.each(Object.entries(NODE_ONLY))('%s needs what a browser lacks: %s', (path, need) => {
  expect(tests).toContain(path);
  expect(lacking(path)).toContain(need);
});

it('every other test of these layers runs in Chromium: none needs what it lacks', () => {
  const both = tests.filter((path) => !(path in NODE_ONLY));
  expect(both.length).toBeGreaterThan(100);
  expect(both.filter((path) => lacking(path).length > 0 || /from 'node:/.test(readText(path)))).toEqual([]);
  expect(both.filter((path) => path.endsWith('.tsx'))).toEqual([]);
});

it('every stand-in offers what tests use of the module it stands in for', () => {
  for (const [original, standIn] of Object.entries(STAND_INS)) {
    const offered = [...readText(standIn).matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(
      ([, name]) => name,
    );
    for (const name of offered) expect(readText(original), `${original}: ${name}`).toMatch(new RegExp(`\\b${name}\\b`));
    expect(offered.length).toBeGreaterThan(0);
  }
});
