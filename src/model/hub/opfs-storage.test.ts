/** Models and adapters in a stand-in for the browser's private files, whose disk may be full. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { opfsStorage } from './opfs-storage.ts';

afterEach(() => void vi.unstubAllGlobals());

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);

/** @param whole whether the browser writes files aside by itself @param none how many bytes it says that it wrote where there is no room */
function disk(whole: boolean, none = 0) {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let isFull = false;
  const noRoom = (): DOMException => new DOMException('quota', 'QuotaExceededError');
  const put = (name: string, bytes: Uint8Array<ArrayBuffer>): void => {
    if (isFull && bytes.length > 0) throw noRoom();
    files.set(name, bytes);
  };
  const folder = {
    getDirectoryHandle: () => Promise.resolve(folder),
    removeEntry: (name: string) => Promise.resolve(void files.delete(name)),
    getFileHandle(name: string, { create = false } = {}) {
      if (!files.has(name) && !create) return Promise.reject(new DOMException('', 'NotFoundError'));
      if (!files.has(name)) files.set(name, new Uint8Array(0));
      return Promise.resolve({
        getFile: () => Promise.resolve(new File([files.get(name)!], name)),
        createWritable() {
          let written = new Uint8Array(0);
          return Promise.resolve({
            write: (bytes: Uint8Array<ArrayBuffer>) => Promise.resolve(void (written = bytes)),
            close: () => new Promise<void>((closed) => closed(put(name, written))),
            abort: () => Promise.resolve(),
          });
        },
        createSyncAccessHandle: () =>
          Promise.resolve({
            truncate: (size: number) => files.set(name, files.get(name)!.slice(0, size)),
            write(bytes: Uint8Array<ArrayBuffer>) {
              if (isFull) return none;
              files.set(name, bytes.slice());
              return bytes.length;
            },
            flush: () => undefined,
            close: () => undefined,
          }),
        move(...[, place]: [unknown, string]) {
          files.set(place, files.get(name)!);
          files.delete(name);
          return Promise.resolve();
        },
      });
    },
  };
  vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.resolve(folder) } });
  vi.stubGlobal('FileSystemFileHandle', { prototype: whole ? { createWritable: () => undefined } : {} });
  const read = (): Record<string, string> =>
    Object.fromEntries([...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
  return { read, fill: () => (isFull = true) };
}

describe.each([
  ['that writes files aside', true],
  ['that writes only to the file itself', false],
])('a file, in a browser %s,', (_browser, whole) => {
  it('is replaced, and stays as it was where the disk is full', async () => {
    const { read, fill } = disk(whole);
    const storage = opfsStorage('adapters');
    await storage.write('one', 'manifest.json', text('before'));
    await storage.write('one', 'manifest.json', text('after'));
    expect(read()).toEqual({ 'manifest.json': 'after' });
    fill();
    await expect(storage.write('one', 'manifest.json', text('later'))).rejects.toThrow();
    await expect(storage.write('one', 'config.json', text('new'))).rejects.toThrow();
    expect(read()).toEqual({ 'manifest.json': 'after' });
  });
});

it.each([
  ['no byte', 0],
  ['a negative error as a number, as Chromium in private windows,', 4_294_967_288],
])('weights are not taken as written by a browser that says %s where there is no room', async (_said, none) => {
  const { read, fill } = disk(true, none);
  const appender = await opfsStorage().append('one', 'model.safetensors', 0);
  fill();
  await expect(async () => appender.write(text('weights'))).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(read()).toEqual({ 'model.safetensors': '' });
});
