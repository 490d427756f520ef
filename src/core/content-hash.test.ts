import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentHash } from './content-hash.ts';

const words = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 1, maxLength: 40 });
const nameOf = (values: readonly number[]) => new ContentHash().addWords(values).name;

it('gives equal contents one name, however they are added', () => {
  fc.assert(
    fc.property(words, fc.nat(), (values, at) => {
      const cut = at % values.length;
      const inParts = new ContentHash().addWords(values.slice(0, cut)).addWords(Uint32Array.from(values.slice(cut)));
      expect(inParts.name).toBe(nameOf(values));
    }),
  );
});

it('gives another name when one bit, the order or the length changes', () => {
  fc.assert(
    fc.property(words, fc.nat(), fc.integer({ min: 0, max: 31 }), (values, at, bit) => {
      const changed = values.map((value, i) => (i === at % values.length ? (value ^ (1 << bit)) >>> 0 : value));
      expect(nameOf(changed)).not.toBe(nameOf(values));
      expect(nameOf([...values, 0])).not.toBe(nameOf(values));
      if (values.some((value) => value !== values[0]))
        expect(nameOf([...values.slice(1), values[0]])).not.toBe(nameOf(values));
    }),
  );
});

it('meets no two alike among 50,000 neighbours, in any of its words', () => {
  const seen = Array.from({ length: 4 }, () => new Set<number>());
  const count = 50000;
  for (let i = 0; i < count; i++)
    new ContentHash().addWords([7, i, 0]).words.forEach((word, lane) => seen[lane].add(word));
  // Of 2³² values, 0.3 meet by chance.
  for (const { size } of seen) expect(size).toBeGreaterThan(count - 10);
});

it('tells zeros by their sign', () => {
  const of = (value: number) => new ContentHash().addFloats(Float32Array.of(1, value)).name;
  expect(of(-0)).not.toBe(of(0));
});
