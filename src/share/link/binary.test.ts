import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64UrlLength, fromBase64Url, toBase64Url } from './base64url.ts';
import { BinaryError, ByteReader, ByteWriter } from './binary.ts';
import { crc32 } from '../../core/crc32.ts';
import { DICTIONARY } from './dictionary.ts';
import { LONGEST_TEXT } from '../../study/config/config.ts';
import { readValue, writeValue } from './value-codec.ts';
import type { Value } from './value.ts';

const bytesOf = (write: (writer: ByteWriter) => void): Uint8Array => {
  const writer = new ByteWriter();
  write(writer);
  return writer.finish();
};

describe('binary', () => {
  it('gives back every kind of number and text', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'grapheme' }),
        (n, x, t) => {
          const reader = new ByteReader(
            bytesOf((writer) => {
              writer.varint(n);
              writer.f64(x);
              writer.text(t);
              writer.u24(n % 2 ** 24);
              writer.u16(n % 2 ** 16);
              writer.u32(n % 2 ** 32);
            }),
          );
          expect([reader.varint(), reader.f64(), reader.text(1000)]).toEqual([n, x, t]);
          expect([reader.u24(), reader.u16(), reader.u32(), reader.remaining]).toEqual([
            n % 2 ** 24,
            n % 2 ** 16,
            n % 2 ** 32,
            0,
          ]);
        },
      ),
    );
  });

  it('says what ended too early', () => {
    expect(() => new ByteReader(new Uint8Array(3)).f32('a loss')).toThrow(/inside a loss: 4 bytes wanted, 3 left/);
    expect(() => new ByteReader(Uint8Array.of(0xff, 0xff)).varint()).toThrow(BinaryError);
  });

  it('refuses numbers that are not finite, endless varints and broken UTF-8', () => {
    expect(() => new ByteReader(bytesOf((writer) => writer.f32(NaN))).f32()).toThrow(BinaryError);
    expect(() => new ByteReader(new Uint8Array(20).fill(0xff)).varint()).toThrow(/too large/);
    expect(() => new ByteReader(Uint8Array.of(1, 0xc3)).text(10)).toThrow(/UTF-8/);
    expect(() => bytesOf((writer) => writer.varint(-1))).toThrow(RangeError);
  });
});

describe('base64url', () => {
  it('agrees with the base64 of the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(
          btoa(String.fromCharCode(...bytes))
            .replaceAll('+', '-')
            .replaceAll('/', '_')
            .replaceAll('=', ''),
        );
        expect(text).toHaveLength(base64UrlLength(bytes.length));
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
    );
  });

  it('accepts one text per content', () => {
    expect(() => fromBase64Url('QQ==')).toThrow(/Character 3/);
    expect(() => fromBase64Url('QR')).toThrow(/last character/);
    expect(() => fromBase64Url('QQQQQ')).toThrow(/inside a byte/);
    expect(fromBase64Url('QQQQQ', true)).toEqual(Uint8Array.of(0x41, 0x04, 0x10));
  });
});

it('crc32 has the standard check value', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

describe('values', () => {
  const roundTrip = (value: Value): Value => readValue(new ByteReader(bytesOf((writer) => writeValue(writer, value))));

  it('gives back any JSON value exactly', () => {
    const { value } = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false, ...DICTIONARY),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)),
        fc.integer(),
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (v) => {
        expect(roundTrip(v)).toEqual(v);
      }),
    );
  });

  it('stores what people type in few bytes', () => {
    const size = (value: Value) => bytesOf((writer) => writeValue(writer, value)).length;
    expect([size(0.003), size(2000), size(4), size('copra'), size(-0.5)]).toEqual([2, 3, 1, 1, 2]);
  });

  it('refuses deep nesting, long texts and forged prototypes', () => {
    expect(() => readValue(new ByteReader(Uint8Array.from({ length: 99 }, (_, i) => (i % 2 === 0 ? 6 : 1))))).toThrow(
      /nested/,
    );
    expect(() => roundTrip('x'.repeat(3 * LONGEST_TEXT + 1))).toThrow(/at most 600/);
    expect(() =>
      readValue(new ByteReader(Uint8Array.of(7, 1, 5, 9, ...new TextEncoder().encode('__proto__'), 0))),
    ).toThrow(/name/);
  });

  it('has a dictionary without repetition that fits its byte', () => {
    expect(new Set(DICTIONARY).size).toBe(DICTIONARY.length);
    expect(DICTIONARY.length).toBeLessThanOrEqual(192);
  });
});
