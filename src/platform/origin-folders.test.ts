import { expect, it } from 'vitest';
import { bytesOf, originFolders } from './origin-folders.ts';

type Tree = Map<string, Tree | string>;

/** A folder as the browser's private file system gives it. */
const folderOf = (tree: Tree): object => {
  const handleOf = (name: string): object => {
    const found = tree.get(name);
    if (found === undefined) throw new DOMException('', 'NotFoundError');
    if (typeof found !== 'string') return { kind: 'directory', ...folderOf(found) };
    return { kind: 'file', getFile: () => Promise.resolve(new File([found], name)) };
  };
  const found = (name: string) => Promise.resolve().then(() => handleOf(name));
  return {
    getDirectoryHandle: found,
    getFileHandle: found,
    removeEntry: (name: string) => found(name).then(() => tree.delete(name)),
    async *entries() {
      for (const name of tree.keys()) yield [name, await found(name)];
    },
  };
};

const made = () =>
  new Map<string, Tree | string>([
    [
      'a',
      new Map<string, Tree | string>([
        ['one', '1'],
        ['two', '22'],
        ['deeper', new Map()],
      ]),
    ],
    ['b', new Map()],
    ['file', '333'],
  ]);
const opened = (tree = made()) => originFolders(() => Promise.resolve(folderOf(tree) as FileSystemDirectoryHandle));

it('lists folders, and the files in one with their sizes', async () => {
  expect(await opened().folders()).toEqual(['a', 'b']);
  const files = await opened().files('a');
  expect(files).toEqual([
    { name: 'one', bytes: 1 },
    { name: 'two', bytes: 2 },
  ]);
  expect(bytesOf(files)).toBe(3);
});

it('reads a file, and removes a folder with what is in it', async () => {
  const folders = opened();
  expect(await (await folders.read('a', 'two'))?.text()).toBe('22');
  await folders.remove('a');
  expect(await folders.folders()).toEqual(['b']);
});

it('finds nothing where there is no such folder or file, and removes nothing', async () => {
  const folders = opened();
  expect(await folders.files('c')).toEqual([]);
  expect(await folders.read('c', 'one')).toBeNull();
  expect(await folders.read('a', 'three')).toBeNull();
  await folders.remove('c');
  expect(await folders.folders()).toEqual(['a', 'b']);
});
