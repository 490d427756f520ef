import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../core/rng.ts';
import { buildDataset } from '../dataset/dataset.ts';
import { editPlan } from '../dataset/edit.ts';
import { planFolders } from '../dataset/test-plans.ts';
import { memoryStorage } from './test-storage.ts';
import { openStored } from './open-stored.ts';
import { parseStored, toStored, type KeptParts } from './stored-dataset.ts';

const SIDE = 4;
const STRIDE = SIDE * SIDE * 3;

/** Classes of these sizes with random pixels; some images cannot be decoded, some look alike. */
function parts(sizes: readonly number[], seed: number, names: readonly (string | null)[]): KeptParts {
  const random = stream(seed, 'split');
  const plan = planFolders(
    sizes.flatMap((size, c) => Array.from({ length: size }, (_, i) => ({ path: `c${c}/${i}.png`, size: 10 }))),
  );
  const used = plan.images
    .filter(({ label }) => names[label] !== null)
    .map(({ record }) => record)
    .filter(() => random.uniform() > 0.1)
    .sort((a, b) => a - b);
  return {
    name: 'set',
    plan,
    imageSize: SIDE,
    dataset: { classes: [] },
    edits: { names, shares: { test: 0.2, validation: 0.15 }, seed },
    prepared: {
      pixels: Uint8Array.from({ length: used.length * STRIDE }, () => Math.floor(256 * random.uniform())),
      records: Int32Array.from(used),
      groups: Int32Array.from(used, (_, i) => (i % 7 === 1 ? i - 1 : i)),
      problems: [],
    },
  };
}

const options = (given: KeptParts) => ({
  imageSize: SIDE,
  seed: given.edits.seed,
  shares: given.edits.shares,
  promptOf: (name: string) => name,
});

describe('a kept data set', () => {
  it('opens as the data set it was: images, labels, names and split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 8, max: 30 }), { minLength: 3, maxLength: 6 }),
        fc.nat(1000),
        fc.boolean(),
        async (sizes, seed, drop) => {
          const names = sizes.map((_, i) => (drop && i === 1 ? null : `name ${Math.floor(i / 2)}`));
          const given = parts(sizes, seed, names);
          const before = await buildDataset(
            { prepare: () => Promise.resolve(given.prepared) },
            { ...editPlan(given.plan, names), name: 'set' },
            options(given),
          );
          const storage = memoryStorage();
          await storage.write(toStored(given, 'id', new Date(0)));
          const read = await storage.read('id');
          const again = openStored(parseStored(read.info, JSON.parse(JSON.stringify(read.contents)), read.pixels));
          const after = await buildDataset(again, editPlan(again.plan, read.contents.edits.names), options(given));
          expect(after.dataset).toEqual(before.dataset);
          expect(read.info.images).toBe(given.prepared.records.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has its domains again', async () => {
    const given = parts([8, 8], 1, ['a', 'b']);
    const other = { name: 'night', pixels: new Uint8Array(2 * STRIDE).fill(7), labels: Int32Array.of(1, 0) };
    const stored = toStored({ ...given, dataset: { classes: ['a', 'b'], others: [other] } }, 'id', new Date(0));
    const read = parseStored(stored.info, JSON.parse(JSON.stringify(stored.contents)), stored.pixels);
    expect(read.contents.edits.heldOut).toEqual(['night']);
    const opened = openStored(read);
    const { plan } = opened;
    expect(plan.domains).toEqual([{ name: 'night', count: 2 }]);
    const images = plan.images.filter(({ domain }) => domain === 'night');
    expect(images.map(({ label }) => plan.classes[label]).sort()).toEqual(['c0', 'c1']);
    const { pixels } = await opened.prepare(
      images.map(({ record }) => record),
      SIDE,
      true,
    );
    expect(pixels.every((value) => value === 7)).toBe(true);
  });

  it('is scaled to another size, and says when that enlarges it', async () => {
    const given = parts([8, 8], 1, ['a', 'b']);
    const opened = openStored(toStored(given, 'id', new Date(0)));
    const half = await opened.prepare([0, 2], 2, true);
    expect(half.pixels).toHaveLength(2 * 12);
    expect(half.problems).toEqual([]);
    const { problems } = await opened.prepare([0], 8, true);
    expect(problems[0].message).toMatch(/kept at 4 × 4 pixels and is enlarged to 8 × 8/);
    await expect(opened.prepare([0], 8, true, { signal: AbortSignal.abort() })).rejects.toThrow();
    await expect(opened.relabel({ labelColumn: 'x' })).rejects.toThrow(/drop them again/);
  });

  it('is refused when its parts do not fit together', () => {
    const { info, contents, pixels } = toStored(parts([8, 8], 1, ['a', 'b']), 'id', new Date(0));
    const plain = JSON.parse(JSON.stringify(contents)) as Record<string, unknown>;
    expect(() => parseStored(info, plain, pixels)).not.toThrow();
    expect(() => parseStored(info, plain, pixels.subarray(1))).toThrow(/damaged/);
    expect(() => parseStored({ ...info, images: 3 }, plain, pixels)).toThrow(/damaged/);
    expect(() => parseStored(info, { ...plain, classes: ['a'] }, pixels)).toThrow(/damaged/);
    expect(() => parseStored(info, null, pixels)).toThrow(/damaged/);
  });
});

describe('a storage', () => {
  it('says when there is no room, and what is gone', async () => {
    const storage = memoryStorage(1000);
    const small = toStored(parts([8, 8], 1, ['a', 'b']), 'small', new Date(0));
    await storage.write(small);
    await expect(storage.write(toStored(parts([30, 30], 1, ['a', 'b']), 'big', new Date(1)))).rejects.toThrow(
      /needs 1 MB, and only 1 MB are free .*Delete data sets/,
    );
    await storage.rename('small', 'Other');
    expect((await storage.list()).map(({ info }) => info?.name)).toEqual(['Other']);
    await storage.remove('small');
    expect(await storage.list()).toEqual([]);
    await expect(storage.read('small')).rejects.toThrow(/no longer on the device/);
    await expect(storage.rename('small', 'x')).rejects.toThrow(/no longer on the device/);
  });
});
