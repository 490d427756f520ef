import { describe, expect, it } from 'vitest';
import { squareOf } from './raw-image.ts';

describe('squareOf', () => {
  it('crops the middle, turns grey to RGB and puts white behind what is transparent', () => {
    const grey = { width: 4, height: 2, channels: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    expect([...squareOf(grey, 2)]).toEqual([2, 2, 2, 3, 3, 3, 6, 6, 6, 7, 7, 7]);
    const alpha = { width: 1, height: 2, channels: 4, data: Uint8Array.of(10, 20, 30, 255, 0, 0, 0, 51) };
    expect([...squareOf(alpha, 1)]).toEqual([10, 20, 30]);
    expect([...squareOf({ ...alpha, data: Uint8Array.of(0, 0, 0, 51, 9, 9, 9, 9) }, 1)]).toEqual([204, 204, 204]);
  });

  it('scales to the size of the model', () => {
    const flat = { width: 28, height: 28, channels: 1, data: new Uint8Array(784).fill(77) };
    expect(new Set(squareOf(flat, 32))).toEqual(new Set([77]));
    expect(squareOf(flat, 32)).toHaveLength(3072);
  });
});
