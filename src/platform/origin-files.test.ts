import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { originFiles } from './origin-files.ts';

beforeEach(() => void vi.stubGlobal('FileSystemFileHandle', { prototype: { createWritable: () => {} } }));
afterEach(() => void vi.unstubAllGlobals());

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
