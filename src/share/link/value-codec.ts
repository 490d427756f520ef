/**
 * JSON-like values in few bytes. Numbers stay exact: what people type (0.003, 2000) is stored as a decimal, the rest as float32 where
 * that loses nothing, else as float64. Strings of the dictionary take one byte.
 *
 * One head byte: 0 null, 1 false, 2 true, 3 float32, 4 float64, 5 text, 6 array, 7 object; 8–19 a varint m meaning m·10^−(head − 8),
 * 20–31 the same, negative; 32–63 the integers 0–31; 64–255 a dictionary entry.
 */
import { LONGEST_TEXT } from '../../study/config/config.ts';
import { BinaryError, type Reader, type Writer } from './binary.ts';
import { DICTIONARY } from './dictionary.ts';
import { isArray, type Value } from './value.ts';
import { LINK_CHECKS } from './words.ts';

const DECIMALS = 12;
const MAX_MANTISSA = 2 ** 50;
const MAX_DEPTH = 12;
/** Longest text in a link, in bytes. A setting has the longest; what takes one place in it takes up to three bytes. */
const MAX_TEXT = 3 * LONGEST_TEXT;

const INDEX = new Map<string, number>(DICTIONARY.map((text, index) => [text, index]));

/** m and e with value = m·10^−e exactly as parsed from decimal text, or null. */
function asDecimal(value: number): { mantissa: number; exponent: number } | null {
  for (let exponent = 0; exponent < DECIMALS; exponent++) {
    const mantissa = Math.round(value * 10 ** exponent);
    if (mantissa > MAX_MANTISSA) return null;
    if (Number(`${mantissa}e-${exponent}`) === value) return { mantissa, exponent };
  }
  return null;
}

function writeNumber(writer: Writer, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`Only finite numbers can be stored, got ${value}.`);
  if (Number.isInteger(value) && value >= 0 && value < 32) {
    writer.u8(32 + value);
    return;
  }
  const decimal = asDecimal(Math.abs(value));
  if (decimal) {
    writer.u8((value < 0 ? 20 : 8) + decimal.exponent);
    writer.varint(decimal.mantissa);
  } else if (Math.fround(value) === value) {
    writer.u8(3);
    writer.f32(value);
  } else {
    writer.u8(4);
    writer.f64(value);
  }
}

function writeText(writer: Writer, value: string): void {
  const index = INDEX.get(value);
  if (index !== undefined) writer.u8(64 + index);
  else {
    writer.u8(5);
    writer.text(value);
  }
}

/** A JSON value: a byte for its kind, or for one of the texts that links repeat, then what it holds. Objects keep the order of their keys. */
export function writeValue(writer: Writer, value: Value): void {
  if (value === null) writer.u8(0);
  else if (typeof value === 'boolean') writer.u8(value ? 2 : 1);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'string') writeText(writer, value);
  else if (isArray(value)) {
    writer.u8(6);
    writer.varint(value.length);
    for (const item of value) writeValue(writer, item);
  } else {
    const entries = Object.entries(value);
    writer.u8(7);
    writer.varint(entries.length);
    for (const [key, item] of entries) {
      writeText(writer, key);
      writeValue(writer, item);
    }
  }
}

/** @throws BinaryError when the bytes hold no value, or one nested more deeply than any we write. */
export function readValue(reader: Reader, depth = 0): Value {
  if (depth > MAX_DEPTH) throw new BinaryError(LINK_CHECKS.tooDeep);
  const head = reader.u8('a value');
  if (head >= 64) {
    if (head - 64 >= DICTIONARY.length) throw new BinaryError(LINK_CHECKS.unknownWord);
    return DICTIONARY[head - 64];
  }
  if (head >= 32) return head - 32;
  if (head >= 20) return -Number(`${reader.varint()}e-${head - 20}`);
  if (head >= 8) return Number(`${reader.varint()}e-${head - 8}`);
  switch (head) {
    case 0:
      return null;
    case 1:
    case 2:
      return head === 2;
    case 3:
      return reader.f32();
    case 4:
      return reader.f64();
    case 5:
      return reader.text(MAX_TEXT);
    // Every item takes at least one byte, which bounds the length before anything is allocated.
    case 6:
      return Array.from({ length: reader.count(reader.remaining, 'a list') }, () => readValue(reader, depth + 1));
    default: {
      const entries: [string, Value][] = [];
      for (let left = reader.count(reader.remaining, 'a group of settings'); left > 0; left--) {
        const key = readValue(reader, MAX_DEPTH);
        if (typeof key !== 'string' || key === '__proto__') throw new BinaryError(LINK_CHECKS.settingName);
        entries.push([key, readValue(reader, depth + 1)]);
      }
      return Object.fromEntries(entries);
    }
  }
}
