/** What the page's style sheets set in motion. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText } from '../support/files.ts';

/** Moved or coloured without laying the page out. What changes a size or a place lays it out and paints it sixty times a second. */
const LAYS_NOTHING_OUT = new Set(['background-color', 'border-color', 'color', 'opacity', 'transform']);

const sheets = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.css'))
  .map((file) => path.posix.join('src', ...file.split(path.sep)));
const declared = (sheet: string, property: string): string[] =>
  [
    ...readText(sheet)
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .matchAll(new RegExp(`(?<![\\w-])${property}:\\s*([^;}]+)[;}]`, 'g')),
  ].map(([, value]) => value);

describe('the style sheets', () => {
  it('have transitions', () => {
    expect(sheets.flatMap((sheet) => declared(sheet, 'transition')).length).toBeGreaterThan(3);
  });

  it.each(sheets)('%s lays nothing out while it moves', (sheet) => {
    const moved = declared(sheet, 'transition')
      .filter((value) => !value.startsWith('none'))
      .flatMap((value) => value.split(',').map((one) => one.trim().split(/\s/)[0]));
    expect(moved.filter((property) => !LAYS_NOTHING_OUT.has(property))).toEqual([]);
    // An endless animation would take a part of a core from the training for as long as it shows.
    expect(declared(sheet, 'animation').filter((value) => !value.startsWith('none'))).toEqual([]);
  });
});
