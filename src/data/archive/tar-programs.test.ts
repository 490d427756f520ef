/** Archives that the tar of the system writes. */
import { expect, it } from 'vitest';
import { contents, fakeTree, messagesOf, openDropped, textOf } from '../test-files.ts';
import { hasTool, madeBy, run, writeTree } from '../test-tools.ts';

const fakes = fakeTree(['pets/cat', 'pets/dog'], 5);

it.runIf(hasTool('tar')).each(['ustar', 'pax', 'gnu', 'v7'])('reads what tar --format=%s writes', async (format) => {
  const long = `pets/cat/${format === 'v7' ? 'x' : 'a long name '.repeat(format === 'ustar' ? 6 : 14)}.png`;
  const unicode = 'pets/dog/Bücher 狗.png';
  const made = madeBy((folder) => {
    writeTree(folder, { ...fakes, [long]: 'long', [unicode]: 'unicode' });
    run(folder, 'tar', `--format=${format}`, '-cf', 'x.tar', 'pets');
    run(folder, 'tar', `--format=${format}`, '-czf', 'x.tgz', 'pets');
    return ['x.tar', 'x.tgz'];
  });
  for (const name of ['x.tar', 'x.tgz']) {
    const reader = await openDropped({ [name]: made[name] });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ name: 'pets', layout: 'classes', classes: ['cat', 'dog'], counts: [6, 6] });
    const read = await contents(reader);
    for (const { record, path } of reader.plan.images)
      expect(textOf(read.get(record))).toBe(path === long ? 'long' : path === unicode ? 'unicode' : fakes[path]);
  }
});
