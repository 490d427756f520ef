import { beforeAll, describe, expect, it } from 'vitest';
import { gzipped, sha256 } from '../../../tests/support/bytes.ts';
import { HELD_OUT_STYLES, PRETRAINING_STYLES, partFiles, readAtlasIndex, readStyle, type AtlasIndex } from './atlas.ts';
import { readBuiltAtlas as read } from './test-atlas.ts';

describe('the bundled artwork', () => {
  let index: AtlasIndex;

  beforeAll(async () => {
    index = await readAtlasIndex(read);
  });

  it('has 1,914 concepts in nine groups, without skin tones and regional indicators', () => {
    expect(index.concepts).toHaveLength(1914);
    expect(index.groups).toHaveLength(9);
    expect(index.groups).not.toContain('component');
    expect(index.concepts.some(({ name }) => /skin tone|regional indicator/.test(name))).toBe(false);
    expect(new Set(index.concepts.map(({ name }) => name)).size).toBe(1914);
  });

  it('draws as many of them per style as the sets contain', () => {
    const counts = Object.fromEntries(index.styles.map(({ id, concepts }) => [id, concepts.length]));
    expect(counts).toEqual({
      noto: 1652,
      'noto-v1': 1217,
      twemoji: 1914,
      'fluent-emoji-flat': 1594,
      emojione: 1078,
      openmoji: 1914,
      fxemoji: 230,
    });
    expect(index.styles.map(({ id }) => id)).toEqual([...PRETRAINING_STYLES, ...HELD_OUT_STYLES]);
  });

  it('stays below 12 MB', () => {
    expect(index.styles.flatMap(({ files }) => files).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(12e6);
  });

  it('unpacks to the pixels that were drawn, none of them empty, colours within alpha', async () => {
    for (const style of index.styles) {
      const { pixels, count, size } = await readStyle(read, index, style.id);
      expect(sha256(pixels)).toBe(style.sha256);
      expect(pixels.length).toBe(count * size * size * 4);
      const stride = size * size * 4;
      let violations = 0;
      for (let i = 0; i < count; i++) {
        let inked = 0;
        for (let at = i * stride; at < (i + 1) * stride; at += 4) {
          const alpha = pixels[at + 3];
          if (alpha > 0) inked++;
          if (Math.max(pixels[at], pixels[at + 1], pixels[at + 2]) > alpha) violations++;
        }
        if (inked < 20) violations++;
      }
      expect(violations).toBe(0);
    }
  });

  it('lies in the files that the page keeps for offline use', () => {
    for (const { id, files } of index.styles) expect(files.map(({ file }) => file)).toEqual(partFiles(id));
  });

  it('is read in part where only some concepts are wanted, in the same order', async () => {
    const whole = await readStyle(read, index, 'fxemoji');
    const wanted = whole.concepts[3];
    const asked: string[] = [];
    const some = await readStyle(
      (file) => (asked.push(file), read(file)),
      index,
      'fxemoji',
      (concept) => concept === wanted,
    );
    expect(asked).toHaveLength(1);
    expect(some.count).toBeLessThan(whole.count);
    expect(some.concepts).toContain(wanted);
    const stride = whole.size ** 2 * 4;
    expect(some.concepts).toEqual(whole.concepts.filter((concept) => some.concepts.includes(concept)));
    some.concepts.forEach((concept, i) => {
      const at = whole.concepts.indexOf(concept);
      const picture = some.pixels.subarray(i * stride, (i + 1) * stride);
      expect(sha256(picture)).toBe(sha256(whole.pixels.subarray(at * stride, (at + 1) * stride)));
    });
  });

  it('draws the same emoji where code points and where names lead', async () => {
    const heart = index.concepts.findIndex(({ name }) => name === 'green heart');
    for (const { id } of index.styles.filter(({ concepts }) => concepts.includes(heart))) {
      const { pixels, concepts, size } = await readStyle(read, index, id);
      const centre = (concepts.indexOf(heart) * size * size + (size / 2) * size + size / 2) * 4;
      const [r, g, b] = pixels.subarray(centre, centre + 3);
      expect(g, id).toBeGreaterThan(10 + Math.max(r, b));
    }
  });

  it('puts concepts drawn alike into one unit', () => {
    const unitOf = (name: string) => index.concepts.find((concept) => concept.name === name)?.unit;
    expect(unitOf('flag: St. Martin')).toBe(unitOf('flag: France'));
    expect(unitOf('flag: Germany')).not.toBe(unitOf('flag: France'));
    for (const { unit } of index.concepts) expect(index.concepts[unit].unit).toBe(unit);
  });

  it('says what is wrong with damaged files', async () => {
    const html = () => Promise.resolve(new TextEncoder().encode('<!doctype html>').buffer);
    await expect(readAtlasIndex(html)).rejects.toThrow(/atlas\.json, is not JSON/);
    const old = () => Promise.resolve(new TextEncoder().encode('{"version":7}').buffer);
    await expect(readAtlasIndex(old)).rejects.toThrow(/version 7/);
    // one file of three: files are unpacked side by side, and of several damaged ones any may be named
    const cut = async (file: string) => (file === 'fxemoji.2.atlas' ? (await read(file)).slice(0, 1000) : read(file));
    await expect(readStyle(cut, index, 'fxemoji')).rejects.toThrow(/fxemoji\.2\.atlas is damaged/);
    const short = async () => (await gzipped(new Uint8Array(8))).buffer;
    await expect(readStyle(short, index, 'fxemoji')).rejects.toThrow(/8 bytes instead of \d{5}/);
    await expect(readStyle(read, { ...index, styles: [] }, 'noto')).rejects.toThrow(/no style “noto”/);
  });
});
