/** Bitmaps of every kind that is read, each written here bit by bit. */
import { describe, expect, it } from 'vitest';
import { decodeBitmap } from '../../scripts/data/bitmap.ts';

type Colour = readonly [number, number, number];
const COLOURS: readonly Colour[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [250, 240, 10],
];
const [WIDTH, HEIGHT] = [5, 3];
/** Number of the colour at a place. */
const at = (x: number, y: number, colours: number): number => (x * 7 + y * 3) % colours;

interface Kind {
  readonly bits: number;
  readonly topDown?: boolean;
  readonly masks?: readonly number[];
  /** Bytes of one row, without padding. */
  readonly row: (y: number) => readonly number[];
  readonly palette?: readonly Colour[];
}

const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255);

function written({ bits, topDown = false, masks, row, palette = [] }: Kind): Uint8Array {
  const extra = [...(masks ?? []).flatMap((mask) => little(mask, 4)), ...palette.flatMap(([r, g, b]) => [b, g, r, 0])];
  const start = 54 + extra.length;
  const rows = Array.from({ length: HEIGHT }, (_, i) => {
    const bytes = [...row(topDown ? i : HEIGHT - 1 - i)];
    while (bytes.length % 4 > 0) bytes.push(0);
    return bytes;
  }).flat();
  const info = [...little(40, 4), ...little(WIDTH, 4), ...little(topDown ? -HEIGHT : HEIGHT, 4), 1, 0, bits, 0];
  const rest = [...little(masks ? 3 : 0, 4), ...little(0, 4), ...little(0, 8), ...little(0, 4), ...little(0, 4)];
  const file = [0x42, 0x4d, ...little(start + rows.length, 4), 0, 0, 0, 0, ...little(start, 4)];
  return Uint8Array.from([...file, ...info, ...rest, ...extra, ...rows]);
}

/** Indices of a row, packed from the highest bit. */
function packed(y: number, bits: number, colours: number): number[] {
  const text = Array.from({ length: WIDTH }, (_, x) => at(x, y, colours).toString(2).padStart(bits, '0')).join('');
  return (text.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2));
}

const row = (y: number, of: (colour: Colour) => readonly number[]): number[] =>
  Array.from({ length: WIDTH }, (_, x) => of(COLOURS[at(x, y, 4)])).flat();

const KINDS: Readonly<Record<string, Kind>> = {
  '1 bit': { bits: 1, palette: COLOURS.slice(0, 2), row: (y) => packed(y, 1, 2) },
  '4 bits': { bits: 4, palette: COLOURS, row: (y) => packed(y, 4, 4) },
  '8 bits, top row first': { bits: 8, topDown: true, palette: COLOURS, row: (y) => packed(y, 8, 4) },
  '24 bits': { bits: 24, row: (y) => row(y, ([r, g, b]) => [b, g, r]) },
  '32 bits': { bits: 32, row: (y) => row(y, ([r, g, b]) => [b, g, r, 0]) },
  '32 bits with masks': {
    bits: 32,
    masks: [0xff, 0xff00, 0xff0000],
    row: (y) => row(y, ([r, g, b]) => [r, g, b, 0]),
  },
};

describe('a bitmap', () => {
  it.each(Object.entries(KINDS))('of %s is read', (_, kind) => {
    const { width, height, rgba } = decodeBitmap(written(kind));
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    const colours = kind.palette?.length ?? 4;
    const expected = Array.from({ length: HEIGHT }, (__, y) =>
      Array.from({ length: WIDTH }, (___, x) => [...COLOURS[at(x, y, colours)], 255]),
    ).flat(2);
    expect([...rgba]).toEqual(expected);
  });

  it('of 16 bits is scaled to all of a byte', () => {
    const pixel = (r: number, g: number, b: number) => little((r << 10) | (g << 5) | b, 2);
    const { rgba } = decodeBitmap(
      written({ bits: 16, row: () => Array.from({ length: WIDTH }, () => pixel(31, 0, 16)).flat() }),
    );
    expect([...rgba.slice(0, 4)]).toEqual([255, 0, Math.round((16 * 255) / 31), 255]);
  });

  it('that is cut off, packed or damaged is refused', () => {
    const whole = written(KINDS['24 bits']);
    for (let length = 2; length < whole.length - 1; length++)
      expect(() => decodeBitmap(whole.subarray(0, length))).toThrow(/cut off|damaged|not read/);
    const packedFile = whole.slice();
    packedFile[30] = 1;
    expect(() => decodeBitmap(packedFile)).toThrow(/packed bitmap/);
  });
});
