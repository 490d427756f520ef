import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import sharp from 'sharp';
import { stream } from '../../core/rng.ts';
import { differenceHash, fingerprintsOf, lookalikesAmong, nearDuplicates } from './near-duplicates.ts';
import { assignSplits, lookalikesAcross } from './split.ts';

const size = 48;
/** Some blobs of colour: a picture with structure, another for every seed. */
async function picture(seed: number): Promise<Buffer> {
  const rng = stream(seed, 'analysis');
  const spot = () => {
    const [x, y, r] = [rng.integer(96), rng.integer(96), 8 + rng.integer(30)];
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="rgb(${rng.integer(256)},${rng.integer(256)},${rng.integer(256)})"/>`;
  };
  const svg = `<svg width="96" height="96"><rect width="96" height="96" fill="#888"/>${Array.from({ length: 9 }, spot).join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
const pixelsOf = async (image: Buffer) =>
  new Uint8Array(await sharp(image).resize(size, size).removeAlpha().raw().toBuffer());

describe('nearDuplicates', () => {
  it('groups a picture saved again, scaled, brightened a little or cropped by a pixel, and nothing else', async () => {
    const originals = await Promise.all(Array.from({ length: 30 }, (_, i) => picture(i)));
    const variants = await Promise.all(
      originals
        .slice(0, 10)
        .flatMap((image) => [
          sharp(image).jpeg({ quality: 50 }).toBuffer(),
          sharp(image).resize(61, 61).png().toBuffer(),
          sharp(image).linear(1.02).png().toBuffer(),
          sharp(image).extract({ left: 1, top: 1, width: 95, height: 95 }).png().toBuffer(),
        ]),
    );
    const all = await Promise.all([...originals, ...variants].map((image) => pixelsOf(image)));
    const groups = nearDuplicates(fingerprintsOf(new Uint8Array(Buffer.concat(all)), size));
    expect([...groups.subarray(0, 30)]).toEqual(Array.from({ length: 30 }, (_, i) => i));
    const found = Array.from({ length: 40 }, (_, i) => groups[30 + i] === Math.floor(i / 4));
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(38);
    const prints = (images: readonly Uint8Array[]) => fingerprintsOf(new Uint8Array(Buffer.concat(images)), size);
    const [first, others] = [prints(all.slice(0, 30)), prints(all.slice(30))];
    const twins = lookalikesAmong(others, first, [...Array(30).keys()]);
    expect([...twins].filter((twin, i) => twin === Math.floor(i / 4)).length).toBeGreaterThanOrEqual(38);
    expect([...lookalikesAmong(others, first, [0, 1])].every((twin, i) => twin === -1 || i < 8)).toBe(true);
  });

  it('takes no pictures for alike whose hashes differ in more than eight bits, however alike their thumbnails are', () => {
    const withBits = (bits: number) => ({
      hashes: Uint32Array.of(0, 0, 0, 0, 2 ** 4 - 1, 0, 2 ** (bits - 4) - 1, 0),
      thumbs: new Uint8Array(2 * 3),
    });
    const [near, far] = [withBits(8), withBits(9)];
    expect([...nearDuplicates(near)]).toEqual([0, 0]);
    expect([...nearDuplicates(far)]).toEqual([0, 1]);
    expect([...lookalikesAmong(near, near, [0])]).toEqual([0, 0]);
    expect([...lookalikesAmong(far, far, [0])]).toEqual([0, -1]);
  });

  it('takes none for alike whose thumbnails differ by more than five levels', () => {
    const withLevels = (levels: number) => ({
      hashes: new Uint32Array(8),
      thumbs: Uint8Array.of(90, 90, 90, 90 + levels, 90 - levels, 90 + levels),
    });
    expect([...nearDuplicates(withLevels(5))]).toEqual([0, 0]);
    expect([...nearDuplicates(withLevels(6))]).toEqual([0, 1]);
  });

  it('gives flat pictures no random bits and tells their colours apart', () => {
    const flat = (value: number) => Uint8Array.from({ length: 12 * 12 * 3 }, (_, i) => value + (i % 2));
    expect([...differenceHash(flat(90), 12)]).toEqual([0, 0, 0, 0]);
    const all = Uint8Array.from([flat(90), flat(92), flat(200)].flatMap((image) => [...image]));
    expect([...nearDuplicates(fingerprintsOf(all, 12))]).toEqual([0, 0, 2]);
  });
});

describe('splits of groups', () => {
  it('keep look-alikes on one side, whatever the groups are', () => {
    const classes = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 30, maxLength: 40 }), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(classes, fc.nat(), (perClass, seed) => {
        const labels: number[] = [];
        const groups: number[] = [];
        perClass.forEach((sizes, label) =>
          sizes.forEach((count) => {
            const first = labels.length;
            for (let i = 0; i < count; i++) {
              labels.push(label);
              groups.push(first);
            }
          }),
        );
        const names = perClass.map((_, label) => String(label));
        const sides = labels.map(() => null);
        const { split, problems } = assignSplits(
          Int32Array.from(labels),
          sides,
          names,
          seed,
          undefined,
          Int32Array.from(groups),
        );
        expect(problems).toEqual([]);
        expect(lookalikesAcross(split, Int32Array.from(groups))).toEqual([]);
        const test = labels.filter((label, i) => label === 0 && split[i] === 2).length;
        expect(Math.abs(test - 0.2 * labels.filter((label) => label === 0).length)).toBeLessThanOrEqual(3);
      }),
      { numRuns: 100 },
    );
  });

  it('do not put a class aside that is all alike', () => {
    const labels = Int32Array.from({ length: 20 }, (_, i) => Math.floor(i / 10));
    const groups = new Int32Array(20);
    const { split, problems } = assignSplits(
      labels,
      [...labels].map(() => null),
      ['a', 'b'],
      1,
      undefined,
      groups,
    );
    expect(problems).toEqual([]);
    expect(lookalikesAcross(split, groups).length).toBeGreaterThan(0);
  });
});
