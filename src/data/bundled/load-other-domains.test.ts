import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../tests/support/bytes.ts';
import { readAtlasIndex, readStyle, type AtlasIndex } from './atlas.ts';
import { conceptsBySide, loadBundledTask } from './bundled.ts';
import { applyDomain } from './domains.ts';
import { loadOtherDomains } from './load-other-domains.ts';
import { OTHER_DOMAINS, otherDomainsOf } from './other-domains.ts';
import { BUNDLED_TASKS, bundledTask, GROUPS } from './tasks.ts';
import { readBuiltAtlas as read } from './test-atlas.ts';
import { ALL_SHOTS } from '../shots.ts';

const SIZE = 32;
const STRIDE = SIZE * SIZE * 3;
const imageOf = (pixels: Uint8Array, i: number) => pixels.subarray(i * STRIDE, (i + 1) * STRIDE);

describe('the other domains of a bundled task', () => {
  let index: AtlasIndex;
  beforeAll(async () => void (index = await readAtlasIndex(read)));

  it('are all but its own', () => {
    for (const task of BUNDLED_TASKS) expect(otherDomainsOf(task)).toHaveLength(OTHER_DOMAINS.length - 1);
    expect(otherDomainsOf({ id: 'groups9-negative' })).not.toContain('negative');
    expect(otherDomainsOf({ id: 'groups9-openmoji' })).not.toContain('openmoji');
    expect(otherDomainsOf({ id: 'food' })).not.toContain('swap');
  });

  it('show its test pictures, transformed, with their labels', async () => {
    const task = await loadBundledTask('groups9-negative', ALL_SHOTS, read);
    const found = await loadOtherDomains(task, ['plain', 'sketch', 'openmoji', 'night'], 50, read);
    expect(found.map(({ id, pictures }) => [id, pictures])).toEqual([
      ['plain', 0],
      ['sketch', 0],
      ['openmoji', 1],
      ['night', 0],
    ]);
    const plain = applyDomain('colour-negative', task.test.pixels.subarray(0, 50 * STRIDE), SIZE);
    for (const { id, images } of found) {
      expect(images.count).toBe(50);
      if (id === 'openmoji' || id === 'fxemoji' || id === 'negative' || id === 'swap') continue;
      expect(images.labels).toEqual(task.test.labels.slice(0, 50));
      expect(sha256(images.pixels)).toBe(sha256(applyDomain(id, plain, SIZE)));
    }
  });

  it.each(['openmoji', 'fxemoji'] as const)('show test concepts only, drawn as %s', async (style) => {
    const task = {
      ...bundledTask('groups9-negative'),
      test: { count: 0, pixels: new Uint8Array(), labels: new Int32Array() },
    };
    const [{ images: found }] = await loadOtherDomains({ ...task, imageSize: SIZE }, [style], null, read);
    const { train, validation } = conceptsBySide(task, index);
    const drawn = await readStyle(read, index, style);
    const trained = new Set<string>();
    drawn.concepts.forEach((concept, at) => {
      if (!train.has(concept) && !validation.has(concept)) return;
      const rgba = drawn.pixels.subarray(at * SIZE * SIZE * 4, (at + 1) * SIZE * SIZE * 4);
      const white = Array.from({ length: STRIDE }, (_, i) => {
        const pixel = Math.floor(i / 3) * 4;
        return rgba[pixel + (i % 3)] + 255 - rgba[pixel + 3];
      });
      trained.add(white.join());
    });
    expect(trained.size).toBeGreaterThan(100);
    for (let i = 0; i < found.count; i++) expect(trained.has(imageOf(found.pixels, i).join())).toBe(false);
    expect(found.count).toBeGreaterThanOrEqual(2 * GROUPS.length);
  });

  it('need the artwork', async () => {
    const task = await loadBundledTask('food', ALL_SHOTS, read);
    await expect(loadOtherDomains(task, ['plain'], null, null)).rejects.toThrow(/artwork cannot be read/);
  });
});

describe('the other domains of own images', () => {
  const pixels = Uint8Array.from({ length: 3 * STRIDE }, (_, i) => (i * 37) % 256);
  const task = {
    id: 'dropped',
    name: 'Mine',
    imageSize: SIZE,
    test: { count: 3, pixels, labels: Int32Array.of(0, 1, 0) },
  };

  it('are their transforms', async () => {
    expect(otherDomainsOf(task)).toEqual(['negative', 'swap', 'sketch', 'mosaic', 'night']);
    const [night, negative] = await loadOtherDomains(task, ['night', 'negative'], 2, null);
    expect([night.images.count, night.pictures, negative.pictures]).toEqual([2, 0, 0]);
    expect([...night.images.labels]).toEqual([0, 1]);
    expect(night.images.pixels).toEqual(applyDomain('night', pixels.subarray(0, 2 * STRIDE), SIZE));
    expect([...negative.images.pixels]).toEqual([...pixels.subarray(0, 2 * STRIDE)].map((value) => 255 - value));
    const [all] = await loadOtherDomains(task, ['swap'], null, null);
    expect(all.images.count).toBe(3);
  });
});
