import { describe, expect, it, vi } from 'vitest';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { blobFile } from '../files/byte-file.ts';
import { openZip } from './zip.ts';

const blobOf = (bytes: Uint8Array) => new Blob([Uint8Array.from(bytes)]);
const zip = (files: Zippable) => zipSync(files, { mtime: '2020-01-01' });
const messages = (archive: { problems: readonly { message: string }[] }) =>
  archive.problems.map(({ message }) => message).join('\n');

/** Position of a little-endian signature. */
function find(bytes: Uint8Array, signature: number, from = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = from; i + 4 <= bytes.length; i++) if (view.getUint32(i, true) === signature) return i;
  return -1;
}
const CENTRAL = 0x02014b50;

const openArchive = async (blob: Blob) => {
  const tree = await openZip(blobFile(blob));
  const text = async (path: string): Promise<string> => {
    for await (const outcome of tree.read([tree.files.findIndex((file) => file.path === path)])) {
      if ('error' in outcome) throw outcome.error;
      return new TextDecoder().decode(outcome.value);
    }
    throw new Error('nothing was read');
  };
  return { ...tree, text };
};

describe('openZip', () => {
  it('lists folders and files and unpacks one by one', async () => {
    const archive = await openArchive(
      blobOf(
        zip({ 'cat/1.png': strToU8('one'), 'cat/2.png': [strToU8('two'), { level: 0 }], 'dog/': new Uint8Array() }),
      ),
    );
    expect(archive.problems).toEqual([]);
    expect(archive.files).toEqual([
      { path: 'cat/1.png', size: 3 },
      { path: 'cat/2.png', size: 3 },
      { path: 'dog/', size: 0 },
    ]);
    expect(await archive.text('cat/2.png')).toBe('two');
  });

  it('unpacks where AbortSignal.any is missing', async () => {
    vi.stubGlobal('AbortSignal', { ...AbortSignal, any: undefined });
    try {
      const tree = await openZip(blobFile(blobOf(zip({ 'cat/1.png': strToU8('one') }))));
      const pieces = tree.file(0).stream(new AbortController().signal);
      expect(new TextDecoder().decode((await pieces.next()).value as Uint8Array)).toBe('one');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('says that garbage and cut archives cannot be read', async () => {
    const whole = zip({ 'cat/1.png': strToU8('one'.repeat(500)), 'dog/1.png': strToU8('two'.repeat(500)) });
    for (const bytes of [
      new Uint8Array(),
      strToU8('not a zip at all'),
      whole.slice(0, whole.length - 30),
      whole.slice(0, 40),
    ]) {
      const archive = await openArchive(blobOf(bytes));
      expect(archive.files).toEqual([]);
      expect(archive.problems[0]).toMatchObject({ severity: 'error', path: null });
      expect(messages(archive)).toMatch(/cannot be read/);
    }
  });

  it('fails for the missing members only when the beginning is cut off', async () => {
    const whole = zip({ 'cat/1.png': strToU8('one'.repeat(500)), 'dog/1.png': strToU8('two'.repeat(500)) });
    const archive = await openArchive(blobOf(whole.slice(40)));
    await expect(archive.text('cat/1.png')).rejects.toThrow();
    expect(await archive.text('dog/1.png')).toBe('two'.repeat(500));
  });

  it('fails for a member that has another size than the archive says', async () => {
    for (const size of [1499, 1501]) {
      const bytes = zip({ 'cat/1.png': strToU8('one'.repeat(500)) });
      const view = new DataView(bytes.buffer);
      for (const at of [22, find(bytes, CENTRAL) + 24]) view.setUint32(at, size, true); // both headers
      await expect((await openArchive(blobOf(bytes))).text('cat/1.png')).rejects.toThrow();
    }
  });

  it('leaves out paths that climb out or are absolute', async () => {
    const evil = {
      '../evil.png': strToU8('x'),
      '/etc/evil.png': strToU8('x'),
      'a/../../evil.png': strToU8('x'),
      'C:/evil.png': strToU8('x'),
    };
    const archive = await openArchive(blobOf(zip({ ...evil, 'cat/1.png': strToU8('one') })));
    expect(archive.files.map(({ path }) => path)).toEqual(['cat/1.png']);
    expect(archive.problems).toMatchObject([{ severity: 'warning', count: 4 }]);
    expect(messages(archive)).toMatch(/^4 files left out \(\.\.\/evil\.png.*must not be absolute/);
  });

  it('reads paths of Windows, as PowerShell 5.1 writes them, and no hostile ones among them', async () => {
    const files = {
      'c\\cat\\1.png': strToU8('one'),
      'c\\dog\\': new Uint8Array(),
      '..\\evil.png': strToU8('x'),
      'a\\..\\..\\evil.png': strToU8('x'),
      '\\evil.png': strToU8('x'),
      'C:\\evil.png': strToU8('x'),
    };
    const archive = await openArchive(blobOf(zip(files)));
    expect(archive.files.map(({ path }) => path)).toEqual(['c/cat/1.png', 'c/dog/']);
    expect(await archive.text('c/cat/1.png')).toBe('one');
    expect(archive.problems).toMatchObject([{ severity: 'warning', count: 4 }]);
    expect(messages(archive)).toMatch(/must not be absolute/);
  });

  it('leaves out encrypted files', async () => {
    const bytes = zip({ 'cat/1.png': strToU8('one'), 'cat/2.png': strToU8('two') });
    const view = new DataView(bytes.buffer);
    view.setUint16(6, view.getUint16(6, true) | 1, true); // local header of the first file
    const central = find(bytes, CENTRAL);
    view.setUint16(central + 8, view.getUint16(central + 8, true) | 1, true);
    const archive = await openArchive(blobOf(bytes));
    expect(archive.files.map(({ path }) => path)).toEqual(['cat/2.png']);
    expect(messages(archive)).toMatch(/“cat\/1\.png” left out: encrypted/);
  });

  it('leaves out members that would explode or are huge', async () => {
    const bomb = new Uint8Array(8 * 1024 * 1024);
    const archive = await openArchive(blobOf(zip({ 'cat/bomb.bmp': bomb, 'cat/1.png': strToU8('one') })));
    expect(archive.files.map(({ path }) => path)).toEqual(['cat/1.png']);
    expect(messages(archive)).toMatch(/“cat\/bomb\.bmp” left out: it would unpack to more than 200 times its size/);
    const bytes = zip({ 'cat/1.png': strToU8('one') });
    new DataView(bytes.buffer).setUint32(find(bytes, CENTRAL) + 24, 3000 * 1024 * 1024, true);
    expect(messages(await openArchive(blobOf(bytes)))).toMatch(/larger than 2048 MB/);
  });

  it('refuses an archive whose members are each modest but too much together', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [`cat/${i}.bmp`, strToU8(`picture ${i}`.repeat(3))]),
    );
    const bytes = zip(files);
    const view = new DataView(bytes.buffer);
    for (let at = find(bytes, CENTRAL); at >= 0; at = find(bytes, CENTRAL, at + 1)) {
      view.setUint32(at + 20, 1900 * 1024 * 1024, true); // claims 1.9 GB packed and unpacked
      view.setUint32(at + 24, 1900 * 1024 * 1024, true);
    }
    const archive = await openArchive(blobOf(bytes));
    expect(archive.files).toEqual([]);
    expect(messages(archive)).toMatch(/would unpack to 18\.6 GB; at most 16 GB/);
  });

  it('stops when a member is larger than announced, or damaged', async () => {
    const bytes = zip({
      'cat/lie.bmp': new Uint8Array(300_000),
      'cat/bad.png': strToU8('some text that is packed, some text'),
    });
    const view = new DataView(bytes.buffer);
    view.setUint32(find(bytes, CENTRAL) + 24, 1000, true);
    const archive = await openArchive(blobOf(bytes));
    expect(archive.files[0]).toEqual({ path: 'cat/lie.bmp', size: 1000 });
    await expect(archive.text('cat/lie.bmp')).rejects.toThrow();
    const second = find(bytes, 0x04034b50, 4);
    bytes[second + 30 + 11 + 5] ^= 0xff;
    const damaged = await openArchive(blobOf(bytes));
    await expect(damaged.text('cat/bad.png')).rejects.toThrow();
  });
});
