import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Device } from '../../device.ts';
import { describeAllPrograms } from '../../test-device-programs.ts';
import { createNodeWasmDevice } from './node.ts';
import { expectAgreement } from '../test-programs.ts';
import { guardBlocks } from './test-guards.ts';
import type { WasmTensor } from './wasm-tensor.ts';

const devices: Device<WasmTensor>[] = [];
/** How many words were written behind tensors of the last device since it was last asked. */
let written: () => number;
beforeAll(async () => {
  for (const relaxedSimd of [true, false])
    for (const threads of [1, 2]) devices.push(await createNodeWasmDevice({ threads, relaxedSimd }));
  // Nothing is written behind a tensor, nor taken from there. What is written behind a row or a tile is written again where the next one comes later:
  // on one thread no number shows it.
  const guarded = await createNodeWasmDevice({ threads: 2 });
  written = guardBlocks(guarded);
  devices.push(guarded);
});
afterAll(() => devices.forEach((device) => device.dispose()));

describeAllPrograms(
  (name, program, tolerance) =>
    it(name, async () => {
      await expectAgreement(devices, program, tolerance);
      expect(written(), 'words written behind a tensor').toBe(0);
    }),
  true,
);
