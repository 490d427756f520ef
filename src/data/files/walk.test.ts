import { describe, expect, it } from 'vitest';
import { entriesOf, fromFileList, walkEntries } from './walk.ts';

const file = (fullPath: string, size = 5): FileSystemEntry =>
  ({
    isFile: true,
    isDirectory: false,
    fullPath,
    file: (ok: (f: Blob) => void) => ok(new Blob(['x'.repeat(size)])),
  }) as never;
const unreadable = (fullPath: string): FileSystemEntry =>
  ({ isFile: true, isDirectory: false, fullPath, file: (_: unknown, fail: () => void) => fail() }) as never;
/** Gives its children a hundred at a time, as browsers do. */
const folder = (fullPath: string, children: FileSystemEntry[]): FileSystemEntry =>
  ({
    isFile: false,
    isDirectory: true,
    fullPath,
    createReader: () => {
      let at = 0;
      return { readEntries: (ok: (some: FileSystemEntry[]) => void) => ok(children.slice(at, (at += 100))) };
    },
  }) as never;

describe('walkEntries', () => {
  it('reads folders of any depth and size to the end', async () => {
    const many = Array.from({ length: 250 }, (_, i) => file(`/pets/cat/${i}.png`));
    let deep = file('/pets/a/deep.png');
    for (let i = 0; i < 60; i++) deep = folder('/pets/a', [deep]);
    const found = await walkEntries([folder('/pets', [folder('/pets/cat', many), folder('/pets/none', []), deep])]);
    expect(found).toHaveLength(252);
    expect(found.find(({ path }) => path === 'pets/none/')).toMatchObject({ size: 0, blob: null });
    expect(found.find(({ path }) => path === 'pets/a/deep.png')?.size).toBe(5);
  });

  it('goes on after a file that cannot be read', async () => {
    const found = await walkEntries([unreadable('/gone.png'), file('/here.png')]);
    expect(found.map(({ path, size }) => [path, size])).toEqual([
      ['gone.png', 0],
      ['here.png', 5],
    ]);
  });

  it('stops beyond the limit and when aborted', async () => {
    const endless = folder(
      '/x',
      Array.from({ length: 3_000 }, (_, i) => file(`/x/${i}.png`, 1)),
    );
    expect(await walkEntries([endless], undefined, 2_000)).toHaveLength(2_000);
    await expect(walkEntries([endless], AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  it('reads a folder with more files than a call takes as arguments', async () => {
    const many = Array.from({ length: 150_000 }, () => unreadable('/x/1.png'));
    expect(await walkEntries([folder('/x', many)], undefined, many.length)).toHaveLength(many.length);
  });

  it('takes entries from items and paths from file inputs', () => {
    const entry = file('/a.png');
    const items = [
      { kind: 'string', webkitGetAsEntry: () => null },
      { kind: 'file', webkitGetAsEntry: () => entry },
    ];
    expect(entriesOf(items as never)).toEqual([entry]);
    const chosen = new File(['abc'], 'b.png');
    Object.defineProperty(chosen, 'webkitRelativePath', { value: 'pets/cat/b.png' }); // read-only in browsers
    expect(fromFileList([chosen])[0]).toMatchObject({ path: 'pets/cat/b.png', size: 3 });
  });
});
