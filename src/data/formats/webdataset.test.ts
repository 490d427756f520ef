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

  it.each([
    ['numbered shards', 'pets-000000.tar', 'pets-000001.tar'],
    ['shards with numbers only', '00000.tar', '00001.tar'],
    ['shards of two splits', 'pets-train-000000.tar', 'pets-val-000000.tar'],
  ])('reads labels in JSON of %s', async (_, first, second) => {
    const note = (i: number) => ({ json: JSON.stringify({ label: i % 2 ? 'cat' : 'dog' }) });
    const reader = await openDropped({ [first]: testTar(samples(8, note)), [second]: testTar(samples(8, note)) });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ layout: 'webdataset', classes: ['cat', 'dog'], counts: [8, 8] });
  });

  it('guesses at what names the classes, and says so', async () => {
    const note = (i: number) => ({ json: JSON.stringify({ kind: i % 2 ? 'a' : 'b', sex: i % 3 ? 'm' : 'w' }) });
    const reader = await openDropped({ 'pets-000000.tar': testTar(samples(8, note)) });
    expect(reader.plan.labelColumn).toBe('kind');
    expect(messagesOf(reader)).toMatch(/^Nothing beside the images is called like labels\. What is in “kind” counts/);
  });

  it('reads labels in Windows-1252', async () => {
    const files = Object.entries(samples(8, (i) => ({ txt: i % 2 ? 'B\xe4r' : 'B\xf6r' }))).map(([name, text]) => [
      name,
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    ]);
    const reader = await openDropped(Object.fromEntries(files) as Record<string, Uint8Array>);
    expect(reader.plan.classes).toEqual(['Bär', 'Bör']);
  });

  it('takes no split from the names of images', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `${i % 2 ? 'test' : 'car'}_${i}`);
    const files = names.flatMap((name, i) => [
      [`s/${name}.jpg`, name],
      [`s/${name}.cls`, String(i % 2)],
    ]);
    const reader = await openDropped(Object.fromEntries(files) as Record<string, string>);
    expect(reader.plan).toMatchObject({ layout: 'webdataset', counts: [4, 4] });
    expect(new Set(reader.plan.images.map(({ side }) => side))).toEqual(new Set([null]));
  });

  it.each(['', 'dev/', 'test set/'])('takes splits from the folders of samples in "%s"', async (wrap) => {
    const cls = (i: number) => ({ cls: String(i % 2) });
    const shards = ['train-000', 'train-001', 'val-000'].map((name) => [
      `${wrap}${name}.tar`,
      testTar(samples(8, cls)),
    ]);
    const folders = ['train', 'val'].flatMap((name) =>
      Object.entries(samples(8, cls)).map(([file, content]) => [`${wrap}${name}/${file}`, `${name} ${content}`]),
    );
    for (const files of [
      shards,
      folders.map(([path, content]) => [path, path.endsWith('cls') ? content.replace(/\D/g, '') : content]),
    ]) {
      const reader = await openDropped(Object.fromEntries(files) as Record<string, string>);
      expect(reader.plan.layout).toBe('webdataset');
      for (const { path, side } of reader.plan.images) expect(side).toBe(/val/.test(path) ? 'validation' : 'train');
    }
  });

  it('takes no split from folders of classes', async () => {
    const files = ['bullet train', 'test tube', 'bus'].flatMap((name, label) =>
      Object.entries(samples(4, () => ({ cls: String(label) }))).map(([file, content]) => [`${name}/${file}`, content]),
    );
    const reader = await openDropped(Object.fromEntries(files) as Record<string, string>);
    expect(reader.plan).toMatchObject({ layout: 'webdataset', counts: [4, 4, 4] });
    expect(reader.plan.images.every(({ side }) => side === null)).toBe(true);
  });

  it('takes archives that are named after classes for classes, also where captions lie in them', async () => {
    const note = (i: number) => ({ txt: `caption ${i}` });
    for (const classes of [
      ['cat', 'dog'],
      ['class 1', 'class 2'],
    ]) {
      const archives = classes.map((name) => [`${name}.tar`, testTar(samples(8, note))] as const);
      const reader = await openDropped(Object.fromEntries(archives));
      expect(reader.plan).toMatchObject({ layout: 'classes', classes, counts: [8, 8] });
    }
  });

  it('keeps samples of equal names in two shards of a split apart', async () => {
    const shard = (name: string) =>
      testTar(
        Object.fromEntries(
          Array.from({ length: 8 }, (_, i) => [
            [`${i}.cls`, String(name === 'second' ? (i + 1) % 2 : i % 2)],
            [`${i}.jpg`, `${name} ${i}`],
          ]).flat() as [string, string][],
        ),
      );
    const reader = await openDropped({ 'train-000000.tar': shard('first'), 'train-000001.tar': shard('second') });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ layout: 'webdataset', classes: ['0', '1'], counts: [8, 8] });
    const read = await contents(reader);
    for (const { record, label } of reader.plan.images) {
      const [name, number] = textOf(read.get(record)).split(' ');
      expect((Number(number) + Number(name === 'second')) % 2).toBe(label);
    }
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
    expect(messagesOf(reader)).toMatch(/“000003\.json” left out: damaged/);
    expect(messagesOf(reader)).toMatch(/“000004\.jpg” left out: no label file/);
    const folders = await openDropped({
      ...fakeTree(['cat', 'dog']),
      ...Object.fromEntries(Object.keys(fakeTree(['cat', 'dog'])).map((p) => [p.replace('png', 'txt'), 'a caption'])),
    });
    expect(folders.plan.layout).toBe('classes');
  });
});
