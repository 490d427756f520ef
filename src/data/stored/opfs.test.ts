import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { originFiles } from '../../platform/origin-files.ts';
import { opfsDatasets } from './opfs.ts';

const full = (): Promise<never> => Promise.reject(new DOMException('quota', 'QuotaExceededError'));
const root = { getDirectoryHandle: full, getFileHandle: full, removeEntry: () => Promise.resolve() };
const storage = {
  getDirectory: () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve(root) }),
  estimate: () => Promise.resolve({ quota: 5e6, usage: 0 }),
  // Firefox, as long as its question stands.
  persist: () => new Promise<never>(() => {}),
};

beforeEach(() => {
  vi.stubGlobal('navigator', { storage });
  vi.stubGlobal('FileSystemFileHandle', { prototype: { createWritable: full } });
});
afterEach(() => void vi.unstubAllGlobals());

const info = {
  version: 1 as const,
  id: 'a',
  name: 'A',
  imageSize: 8,
  classes: 2,
  images: 8,
  savedAt: '2026-01-01T00:00:00.000Z',
};

it('says in words that there is no room, where not even a folder can be made', async () => {
  const edits = { names: [], shares: { test: 0.2, validation: 0.1 }, seed: 0 };
  const contents = { layout: 'classes' as const, classes: [], edits, problems: [], images: [] };
  const pixels = new Uint8Array(8 * 8 * 8 * 3);
  await expect(opfsDatasets().write({ info, contents, pixels })).rejects.toThrow(
    'Keeping these images needs 1 MB, and the device has too little room. Delete data sets or models',
  );
});

it('says in words that there is no room for another name', async () => {
  const file = { getFile: () => Promise.resolve(new File([JSON.stringify(info)], 'info.json')), createWritable: full };
  const folder = { getFileHandle: () => Promise.resolve(file) };
  const getDirectoryHandle = () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve(folder) });
  vi.stubGlobal('navigator', { storage: { ...storage, getDirectory: () => Promise.resolve({ getDirectoryHandle }) } });
  await expect(opfsDatasets().rename('a', 'B')).rejects.toThrow('This device has no more room for this page.');
});

it('says in words that a data set was deleted while it got another name', async () => {
  const file = { getFile: () => Promise.resolve(new File([JSON.stringify(info)], 'info.json')) };
  const folder = { getFileHandle: () => Promise.resolve(file) };
  const missing = new DOMException('A requested file or directory could not be found.', 'NotFoundError');
  const getFolder = vi.fn(() => Promise.reject<typeof folder>(missing)).mockResolvedValueOnce(folder);
  const getDirectoryHandle = () => Promise.resolve({ getDirectoryHandle: getFolder });
  vi.stubGlobal('navigator', { storage: { ...storage, getDirectory: () => Promise.resolve({ getDirectoryHandle }) } });
  await expect(opfsDatasets().rename('a', 'B')).rejects.toThrow('This data set is no longer on the device');
});

it('knows no room where the browser does not report it', async () => {
  vi.stubGlobal('navigator', { storage: { getDirectory: storage.getDirectory } });
  expect(await opfsDatasets().free()).toBeNull();
});

it('says of other files that there is no room', async () => {
  await expect(originFiles('checkpoints').write('a', new Uint8Array(4))).rejects.toMatchObject({
    name: 'QuotaExceededError',
    message: 'This device has no more room for this page.',
  });
});

it('says why nothing is kept where the page is not served securely, and knows no room', async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('isSecureContext', false);
  await expect(opfsDatasets().list()).rejects.toThrow(
    'This page is not served over https, so data sets cannot be kept.',
  );
  expect(await opfsDatasets().free()).toBeNull();
  await expect(originFiles('checkpoints').names()).rejects.toThrow('This page is not served over https');
});

it('says why nothing is kept where the browser refuses', async () => {
  const denied = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
  vi.stubGlobal('navigator', { storage: { getDirectory: denied } });
  vi.stubGlobal('isSecureContext', true);
  await expect(opfsDatasets().list()).rejects.toThrow(
    'This browser keeps no data for this page (site data is blocked, or the window is private), so data sets cannot be kept.',
  );
});

it('says so before anything is written where the browser cannot write files, as Safari before 26', async () => {
  vi.stubGlobal('FileSystemFileHandle', { prototype: { getFile: full } });
  const why = 'This browser writes no files for a page (Safari does from version 26)';
  await expect(opfsDatasets().list()).rejects.toThrow(`${why}, so data sets cannot be kept.`);
  await expect(originFiles('checkpoints').names()).rejects.toThrow(why);
});

it('tells other tabs what is deleted here, and hears what they change', async () => {
  const heard = vi.fn();
  const post = vi.fn();
  let hear = (): void => undefined;
  class Channel {
    postMessage = post;
    set onmessage(listener: () => void) {
      hear = listener;
    }
  }
  vi.stubGlobal('BroadcastChannel', Channel);
  const datasets = opfsDatasets();
  datasets.follow(heard);
  await datasets.remove('a');
  expect(post).toHaveBeenCalledOnce();
  expect(heard).not.toHaveBeenCalled();
  hear();
  expect(heard).toHaveBeenCalledOnce();
});
