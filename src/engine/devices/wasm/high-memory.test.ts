/** Addresses beyond 2 GiB: nothing there may be taken for a negative number. Memory that nobody writes takes no room, so the test needs address space only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAllPrograms } from '../../test-device-programs.ts';
import { createReferenceDevice } from '../reference/reference-device.ts';
import { createNodeWasmDevice } from './node.ts';
import { results } from '../test-programs.ts';
import type { WasmDevice } from './wasm-device.ts';
import type { WasmTensor } from './wasm-tensor.ts';

const GIGABYTE = 2 ** 30;
const MEGABYTE = 2 ** 20;

/** A device whose next block lies behind `from`, or null when there is no address space for it. */
async function deviceFrom(from: number): Promise<WasmDevice | null> {
  const device = await createNodeWasmDevice({ threads: 2 });
  const { arena, maxBytes } = device.recorder;
  if (maxBytes < from) {
    device.dispose();
    return null;
  }
  // Pieces of half of what is left, so that the last ends just before.
  while (from - arena.end > MEGABYTE) arena.forCommands(Math.floor((from - arena.end) / 2));
  return device;
}

const PLACES = [
  { place: 'across 2 GiB', from: 2 * GIGABYTE, least: 2 * GIGABYTE - MEGABYTE },
  { place: 'near 4 GiB', from: 4 * GIGABYTE - 64 * MEGABYTE, least: 4 * GIGABYTE - 65 * MEGABYTE },
];

let low: WasmDevice;
beforeAll(async () => {
  low = await createNodeWasmDevice({ threads: 2 });
});
afterAll(() => low.dispose());

describe.each(PLACES)('tensors $place have the bits of those below', ({ place, from, least }) => {
  let high: WasmDevice | null;
  beforeAll(async () => {
    high = await deviceFrom(from);
    if (!high) console.warn(`Skipped: this machine has no address space for tensors ${place}.`);
    expect(high?.recorder.arena.end ?? least).toBeGreaterThanOrEqual(least);
  });
  afterAll(() => high?.dispose());

  describeAllPrograms(
    (name, program) =>
      it(name, async (context) => {
        if (!high) return context.skip();
        const reference = await results(createReferenceDevice(), program, 5);
        // What nobody needs is what the memory held before; the reference has NaN there.
        const needed = (values: Float32Array, i: number) =>
          values.map((value, at) => (Number.isNaN(reference[i][at]) ? NaN : value));
        const above = await results(high, program, 5);
        const below = await results(low, program, 5);
        expect(above.map(needed)).toEqual(below.map(needed));
      }),
    true,
  );
});

it('memory ends below 4 GiB with an error, and what was freed is given again', async () => {
  const device = await createNodeWasmDevice({ threads: 1 });
  const { recorder } = device;
  const tensors: WasmTensor[] = [];
  const cols = (64 * MEGABYTE) / 4;
  expect(() => {
    for (;;) tensors.push(recorder.tensor(1, cols));
  }).toThrow(/memory/i);
  expect(recorder.arena.end).toBeLessThanOrEqual(recorder.maxBytes);
  for (const tensor of tensors) recorder.free(tensor);
  const last = recorder.uploaded(Float32Array.of(1, 2, 3), 1, 3);
  expect([...recorder.values(last)]).toEqual([1, 2, 3]);
  device.dispose();
});
