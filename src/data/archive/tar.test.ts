import { describe, expect, it } from 'vitest';
import { gzipped } from '../../../tests/support/bytes.ts';
import { bytesOf, dropped, fakeTree, messagesOf, openDropped } from '../test-files.ts';
import { blobFile } from '../files/byte-file.ts';
import { gunzipped } from '../files/gunzip.ts';
import { openTar, paxRecords, tarHeader } from './tar.ts';
import { testTar } from './test-tar.ts';

const fakes = fakeTree(['pets/cat', 'pets/dog'], 5);

describe('openTar', () => {
  it('opens several archives side by side, named after splits', async () => {
    const part = testTar(fakeTree(['cat', 'dog']));
    const reader = await openDropped({
      'pets-train.tar': part,
      'pets-test.tar.gz': await gzipped(part),
      'old.rar': 'x',
    });
    expect(reader.plan).toMatchObject({ layout: 'splits', classes: ['cat', 'dog'], counts: [8, 8] });
    expect(messagesOf(reader)).toMatch(/“old\.rar” left out: only zip, tar and tar\.gz are read/);
  });

  it('takes archives for classes that have a split in their names, unless all differ in it only', async () => {
    const part = testTar({ '0.png': 'a', '1.png': 'b', '2.png': 'c', '3.png': 'd' });
    for (const names of [
      ['bullet_train', 'car', 'steam train', 'test_tube'],
      ['bullet_train', 'test_tube'],
    ]) {
      const reader = await openDropped(Object.fromEntries(names.map((name) => [`${name}.tar`, part])));
      expect(reader.plan).toMatchObject({ layout: 'classes', classes: names });
    }
  });

  it('leaves out hostile paths, links and repeated names, and reads up to where it is cut off', async () => {
    const files = { '../evil.png': 'x', '/etc/evil.png': 'x', ...fakes };
    const whole = await openDropped({ 'a.tar': testTar(files, { links: ['pets/cat/link.png'] }) });
    expect(whole.plan.counts).toEqual([5, 5]);
    expect(messagesOf(whole)).toMatch(/2 files left out \(\.\.\/evil\.png, \/etc\/evil\.png\)/);
    expect(messagesOf(whole)).toMatch(/“pets\/cat\/link\.png” left out: links/);
    const cut = await openDropped({ 'a.tar': testTar(files).slice(0, 512 * 23 + 3) });
    expect(messagesOf(cut)).toMatch(/cut off or damaged after \d+ entries \(it ends within a file\)/);
    expect(cut.plan.counts).toEqual([5, 4]);
    const packed = await gzipped(testTar(files));
    const damaged = await openDropped({ 'a.tar.gz': packed.subarray(0, packed.length - 40) });
    expect(messagesOf(damaged)).toMatch(/cannot be read/);
  });

  it('says that garbage is no archive', async () => {
    for (const bytes of ['', 'no tar at all'.repeat(200)]) {
      const reader = await openDropped({ 'a.tar': bytes });
      expect(reader.plan.problems[0].severity).toBe('error');
    }
  });

  it('stops at bombs', async () => {
    const bomb = await gzipped(new Uint8Array(3_000_000));
    const limits = { bytes: 1e9, ratio: 100, small: 1e6 };
    const tree = await openTar(gunzipped(blobFile(new Blob([bomb])), limits));
    // zeros end an archive at once: read beyond them to see the limit at work
    expect(tree.files).toEqual([]);
    const read = async (bytes: number, ratio: number) => {
      for await (const chunk of gunzipped(blobFile(new Blob([bomb])), { ...limits, bytes, ratio }).stream()) void chunk;
    };
    await expect(read(1e9, 100)).rejects.toThrow(/more than 100 times/);
    await expect(read(2e6, 1e6)).rejects.toThrow(/more than 2 MB/);
  });

  it('stops when aborted', async () => {
    const abort = AbortSignal.abort(new Error('enough'));
    await expect(openTar(blobFile(dropped({ a: testTar(fakes) })[0].blob as Blob), abort)).rejects.toThrow('enough');
  });
});

describe('headers', () => {
  it('checks the sum and reads sizes in octal and base 256', () => {
    const [header] = [testTar({ 'a.png': 'hello' }).subarray(0, 512)];
    expect(tarHeader(header)).toEqual({ path: 'a.png', size: 5, type: '0' });
    const flipped = Uint8Array.from(header);
    flipped[0] ^= 1;
    expect(tarHeader(flipped)).toBe(null);
    expect(tarHeader(header.subarray(0, 511))).toBe(null);
    // 9 GB do not fit eleven octal digits.
    const large = Uint8Array.from(header);
    const size = 9 * 2 ** 30 + 5;
    large.set(
      Array.from({ length: 12 }, (_, i) => (i === 0 ? 0x80 : Math.floor(size / 256 ** (11 - i)) % 256)),
      124,
    );
    large.fill(0x20, 148, 156);
    const sum = large.reduce((total, byte) => total + byte, 0);
    large.set(bytesOf(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect(tarHeader(large)).toEqual({ path: 'a.png', size, type: '0' });
  });

  it('reads PAX records and stops at broken ones', () => {
    expect(paxRecords(bytesOf('18 path=bücher.p\n11 size=12\n'))).toEqual(
      new Map([
        ['path', 'bücher.p'],
        ['size', '12'],
      ]),
    );
    expect(paxRecords(bytesOf('99 path=a\n'))).toEqual(new Map());
    expect(paxRecords(bytesOf('0 path=a\n'))).toEqual(new Map());
  });
});
