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

it('says that another tab writes what is to be removed', async () => {
  const removeEntry = () => Promise.reject(new DOMException('locked', 'NoModificationAllowedError'));
  const busy = originFolders(() => Promise.resolve({ removeEntry } as unknown as FileSystemDirectoryHandle));
  await expect(busy.remove('a')).rejects.toThrow('Another tab is writing this at the moment');
});

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

/** A file of a folder in which another tab is at work. */
const fileOf = (getFile: () => Promise<File>) => ({ kind: 'file', getFile });
const gone = (name = 'NotFoundError') => Promise.reject<never>(new DOMException('', name));
const besides = (entries: () => AsyncGenerator<[string, object]>, getFileHandle: () => Promise<object> = gone) =>
  originFolders(() =>
    Promise.resolve({
      getDirectoryHandle: () => Promise.resolve({ entries, getFileHandle }),
    } as unknown as FileSystemDirectoryHandle),
  );

it('lists what is left where another tab takes away files, or the whole folder, while they are listed', async () => {
  const file = fileOf(() => Promise.resolve(new File(['22'], 'two')));
  const left = besides(async function* () {
    yield ['one.crswap', fileOf(gone)];
    yield ['two', await Promise.resolve(file)];
  });
  expect(await left.files('a')).toEqual([{ name: 'two', bytes: 2 }]);
  const none = besides(async function* () {
    yield ['two', file];
    await gone();
  });
  expect(await none.files('a')).toEqual([]);
});

it('reads what a file holds that another tab replaces or removes meanwhile', async () => {
  const replaced = Object.assign(new File(['old'], 'x'), { arrayBuffer: () => gone('NotReadableError') });
  const files = [replaced, replaced, new File(['new'], 'x')];
  const newer = besides(
    async function* () {},
    () => Promise.resolve(fileOf(() => Promise.resolve(files.shift()!))),
  );
  expect(new TextDecoder().decode((await newer.content('a', 'x'))!)).toBe('new');
  const opened = [replaced];
  const removed = besides(
    async function* () {},
    () => (opened.length > 0 ? Promise.resolve(fileOf(() => Promise.resolve(opened.shift()!))) : gone()),
  );
  expect(await removed.content('a', 'x')).toBeNull();
  const broken = besides(
    async function* () {},
    () => Promise.resolve(fileOf(() => Promise.resolve(replaced))),
  );
  await expect(broken.content('a', 'x')).rejects.toMatchObject({ name: 'NotReadableError' });
});
