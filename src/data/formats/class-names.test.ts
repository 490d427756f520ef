import { describe, expect, it } from 'vitest';
import { fakeTree, messagesOf, openDropped } from '../test-files.ts';

describe('names of numbered classes', () => {
  const table = (column: string) =>
    [
      'file,level,other\n'.replace('other', column),
      ...Array.from({ length: 8 }, (_, i) => `${i}.png,${i % 2},${i % 2}\n`),
    ].join('');
  const images = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i}.png`, `image ${i}`]));

  it('come from classes.txt, for folders and tables', async () => {
    const folders = await openDropped({ ...fakeTree(['0', '1']), 'classes.txt': 'cat\ndog\nhen\n' });
    const labels = await openDropped({ ...images, 'labels.csv': table('label'), 'classes.txt': 'cat\ndog\n' });
    for (const reader of [folders, labels]) {
      expect(reader.plan.classes).toEqual(['cat', 'dog']);
      expect(messagesOf(reader)).toBe('');
    }
  });

  it('are read in other encodings than UTF-8, and name numbers with a fraction of zero', async () => {
    const names = Uint8Array.from('B\xe4r\nK\xe4fer\n', (character) => character.charCodeAt(0));
    const folders = await openDropped({ ...fakeTree(['0', '1']), 'classes.txt': names });
    const numbers = table('label').replaceAll(/(\d)\n/g, '$1.0\n');
    const labels = await openDropped({ ...images, 'labels.csv': numbers, 'classes.txt': names });
    for (const reader of [folders, labels]) expect(reader.plan.classes).toEqual(['Bär', 'Käfer']);
  });

  it('are numbers where a name is missing or comes twice, or another column counts something', async () => {
    for (const text of ['cat', 'cat\ncat\n'])
      expect((await openDropped({ ...fakeTree(['0', '1']), 'classes.txt': text })).plan.classes).toEqual(['0', '1']);
    const levels = await openDropped({ ...images, 'labels.csv': table('label'), 'classes.txt': 'cat\ndog\n' }, 'level');
    expect(levels.plan).toMatchObject({ labelColumn: 'level', classes: ['0', '1'] });
  });
});
