import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameContent } from './same-content.ts';

describe('the same content', () => {
  it('have copies, and only what JSON writes alike', () => {
    // JSON has one zero.
    const values = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(sameContent(a, structuredClone(a))).toBe(true);
        if (sameContent(a, b)) expect(a).toEqual(b);
        else expect(JSON.stringify(a)).not.toBe(JSON.stringify(b));
      }),
    );
  });

  it('tells zeros apart, which floats store differently, and knows NaN again', () => {
    expect(sameContent([0], [-0])).toBe(false);
    expect(sameContent([NaN], [NaN])).toBe(true);
  });

  it('tells lists from objects, and entries from none', () => {
    expect(sameContent([], {})).toBe(false);
    expect(sameContent({}, [])).toBe(false);
    expect(sameContent({ a: 1 }, { b: 1 })).toBe(false);
    expect(sameContent({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameContent(null, {})).toBe(false);
    expect(sameContent(undefined, null)).toBe(false);
  });
});
