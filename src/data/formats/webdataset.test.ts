import { describe, expect, it } from 'vitest';
import { testTar } from '../archive/test-tar.ts';
import { contents, fakeTree, messagesOf, openDropped, textOf } from '../test-files.ts';

const samples = (count: number, note: (i: number) => Record<string, string | undefined>) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => i).flatMap((i) => [
      [`${String(i).padStart(6, '0')}.jpg`, `image ${i}`],
      ...Object.entries(note(i)).map(([extension, text]) => [`${String(i).padStart(6, '0')}.${extension}`, text]),
    ]),
  ) as Record<string, string>;

describe('openWebDataset', () => {
  it('pairs images with numbered classes, over several shards, with names from a file', async () => {
    const cls = (i: number) => ({ cls: `${i % 3}\n` });
    const reader = await openDropped({
      'pets-000000.tar': testTar(samples(12, cls)),
      'pets-000001.tar': testTar(samples(12, cls)),
      'classes.txt': 'cat\ndog\nhen\n',
    });
    expect(reader.plan).toMatchObject({ layout: 'webdataset', classes: ['cat', 'dog', 'hen'], counts: [8, 8, 8] });
    expect(reader.plan.columns).toEqual([]);
    const read = await contents(reader);
    for (const { record, label } of reader.plan.images)
      expect(Number(textOf(read.get(record)).slice(6)) % 3).toBe(label);
  });

  it('offers what JSON and text hold as labels', async () => {
    const note = (i: number) => ({
      json: JSON.stringify({ label: i % 2, meta: { name: i % 2 ? 'odd' : 'even' }, long: 'x'.repeat(300) }),
      txt: i % 4 < 2 ? 'low' : 'high',
    });
    const reader = await openDropped({ 'a.tar': testTar(samples(16, note)) });
    expect(reader.plan.classes).toEqual(['0', '1']);
    expect(reader.plan.columns.map(({ name, distinct }) => [name, distinct])).toEqual([
      ['label', 2],
      ['meta.name', 2],
      ['txt', 2],
    ]);
    expect((await reader.relabel({ labelColumn: 'meta.name' })).plan.classes).toEqual(['even', 'odd']);
    expect((await reader.relabel({ labelColumn: 'txt' })).plan.classes).toEqual(['high', 'low']);
  });

  it('names damaged labels and images without one; folders with captions stay folders', async () => {
    const files = samples(10, (i) =>
      i === 3 ? { json: '{"label": ' } : i === 4 ? {} : { json: `{"label": "${i % 2}"}` },
    );
    const reader = await openDropped({ 'a.tar': testTar(files) });
    expect(reader.plan.counts).toEqual([4, 4]);
    expect(messagesOf(reader)).toMatch(/"000003\.json" left out: damaged/);
    expect(messagesOf(reader)).toMatch(/"000004\.jpg" left out: no label file/);
    const folders = await openDropped({
      ...fakeTree(['cat', 'dog']),
      ...Object.fromEntries(Object.keys(fakeTree(['cat', 'dog'])).map((p) => [p.replace('png', 'txt'), 'a caption'])),
    });
    expect(folders.plan.layout).toBe('classes');
  });
});
