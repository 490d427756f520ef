import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { originFiles } from './origin-files.ts';

beforeEach(() => void vi.stubGlobal('FileSystemFileHandle', { prototype: { createWritable: () => {} } }));
afterEach(() => void vi.unstubAllGlobals());

/** A disk that has no room for what is written, but for names. @param kept sizes of the files that are there */
function fullFolder(kept: Map<string, number>) {
  const full = () => Promise.reject(new DOMException('quota', 'QuotaExceededError'));
  const missing = new DOMException('not found', 'NotFoundError');
  const folder = {
    getFileHandle(name: string, { create = false } = {}) {
      if (!kept.has(name) && !create) return Promise.reject(missing);
      kept.set(name, kept.get(name) ?? 0);
      return Promise.resolve({
        createWritable: () => Promise.resolve({ write: full, abort: () => Promise.resolve() }),
        getFile: () => Promise.resolve({ size: kept.get(name) }),
      });
    },
    removeEntry: (name: string) => Promise.resolve(void kept.delete(name)),
  };
  const getDirectory = () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve(folder) });
  vi.stubGlobal('navigator', { storage: { getDirectory } });
}

it('leaves nothing of a file whose first write fails, and all of one that was there', async () => {
  const kept = new Map([['old', 12]]);
  fullFolder(kept);
  for (const name of ['old', 'new'])
    await expect(originFiles('maps').write(name, new Uint8Array(4))).rejects.toThrow('no more room');
  expect([...kept]).toEqual([['old', 12]]);
});

it('leaves no stream open that failed: what it wrote would take room, and what it locks could not be removed', async () => {
  const full = () => Promise.reject(new DOMException('quota', 'QuotaExceededError'));
  const abort = vi.fn(() => Promise.resolve());
  const handle = { createWritable: () => Promise.resolve({ write: full, abort }) };
  const folder = { getFileHandle: () => Promise.resolve(handle) };
  const getDirectory = () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve(folder) });
  vi.stubGlobal('navigator', { storage: { getDirectory } });
  await expect(originFiles('checkpoints').write('a', new Uint8Array(4))).rejects.toThrow('no more room');
  expect(abort).toHaveBeenCalledOnce();
});
