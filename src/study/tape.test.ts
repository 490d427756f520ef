import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS } from './presets.ts';
import { packTape, TapeRecorder, unpackTape } from './tape.ts';

const gates = fc.array(fc.constantFrom(0, 1), { maxLength: 300 }).map((list) => Uint8Array.from(list));

describe('the activation tape', () => {
  it('unpacks to what was packed, in a sixth of the characters', () => {
    fc.assert(
      fc.property(gates, (rows) => {
        const text = packTape(rows);
        expect(unpackTape(text, rows.length)).toEqual(rows);
        expect(text.length).toBeLessThanOrEqual(4 * Math.ceil(Math.ceil(rows.length / 8) / 3));
      }),
    );
  });

  it('puts the first gate into the most significant bit', () => {
    expect(atob(packTape(Uint8Array.of(1, 0, 0, 0, 0, 0, 1, 0, 1)))).toBe('\x82\x80');
  });

  it('refuses what is no tape', () => {
    expect(() => unpackTape('?', 4)).toThrow('not valid base64');
    expect(() => unpackTape(packTape(new Uint8Array(8)), 9)).toThrow('holds 8 gates, not 9');
  });

  it('records steps and hands out what is new', () => {
    const tape = new TapeRecorder({ ...PRESETS[0].config.training, steps: 3 }, 2);
    tape.push(Uint8Array.of(1, 0));
    expect(tape.since(0)).toEqual(Uint8Array.of(1, 0));
    tape.push(Uint8Array.of(0, 1));
    tape.push(Uint8Array.of(1, 1));
    expect(tape.since(1)).toEqual(Uint8Array.of(0, 1, 1, 1));
    expect(tape.since(3)).toHaveLength(0);
    expect(unpackTape(tape.packed(), 6)).toEqual(Uint8Array.of(1, 0, 0, 1, 1, 1));
  });
});
