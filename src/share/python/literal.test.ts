import { describe, expect, it } from 'vitest';
import { pythonLiteral } from './literal.ts';

describe('a Python literal', () => {
  it('turns the direction of no code behind it', () => {
    expect(pythonLiteral('a\u202Eb\u2066c\u2069')).toBe(String.raw`"a\u202eb\u2066c\u2069"`);
  });

  it('is broken into lines when it is long', () => {
    expect(pythonLiteral({ a: [1, true, null], b: 'x' })).toBe('{"a": [1, True, None], "b": "x"}');
    const long = pythonLiteral({ text: 'x'.repeat(90), list: [1e-7, false] });
    expect(long).toBe(`{\n    "text": "${'x'.repeat(90)}",\n    "list": [1e-7, False],\n}`);
  });
});
