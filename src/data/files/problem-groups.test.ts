import { afterEach, describe, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { dataFiles } from './messages.de.ts';
import { error, leftOut, leftOutOne, warning } from './problem.ts';
import { groupProblems } from './problem-groups.ts';

afterEach(speakEnglish);

describe('groupProblems', () => {
  it('puts errors first and counts what differs in the name only', () => {
    const grouped = groupProblems([
      leftOutOne('a.png', 'it cannot be decoded (no image)'),
      warning(null, '12 files left out (x, y and 10 more): not an image.', 12),
      leftOutOne('b.png', 'it cannot be decoded (no image)'),
      leftOutOne('c.png', 'it cannot be decoded (too large)'),
      error(null, 'There is only one class.'),
    ]);
    expect(grouped.map(({ message, count }) => [message, count])).toEqual([
      ['There is only one class.', 1],
      ['12 files left out (x, y and 10 more): not an image.', 12],
      ['2 files left out: it cannot be decoded (no image).', 2],
      ['“c.png” left out: it cannot be decoded (too large).', 1],
    ]);
    expect(grouped[2].details).toEqual(['a.png', 'b.png']);
  });

  it('leaves single sentences and an empty list as they are', () => {
    expect(groupProblems([])).toEqual([]);
    expect(groupProblems([warning(null, 'Some text.', 3), warning(null, 'Some text.', 2)])).toEqual([
      { severity: 'warning', message: 'Some text.', count: 5, times: 2, details: [] },
    ]);
  });

  it('counts alike files in every language', () => {
    speak('de', (area) => (area === 'dataFiles' ? dataFiles : null));
    const grouped = groupProblems([
      ...leftOut(['a.png'], 'image', 'die Datei ist leer'),
      ...leftOut(['b.png'], 'image', 'die Datei ist leer'),
      ...leftOut(['c', 'd', 'e', 'f'], 'class folder', 'darin sind keine Bilder'),
    ]);
    expect(grouped.map(({ message }) => message)).toEqual([
      '4 Klassenordner weggelassen (c, d, e und 1 weitere): darin sind keine Bilder.',
      '2 Dateien weggelassen: die Datei ist leer.',
    ]);
  });
});
