import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device.ts';
import { describeAllPrograms } from '../../test-device-programs.ts';
import { createNodeWasmDevice } from './node.ts';
import { expectAgreement, guardBlocks } from './test-programs.ts';
import type { WasmDevice } from './wasm-device.ts';
import type { WasmTensor } from './wasm-tensor.ts';

const devices: Device<WasmTensor>[] = [];
beforeAll(async () => {
  for (const relaxedSimd of [true, false])
    for (const threads of [1, 2]) devices.push(await createNodeWasmDevice({ threads, relaxedSimd }));
});
afterAll(() => devices.forEach((device) => device.dispose()));

describeAllPrograms((name, program, tolerance) => it(name, () => expectAgreement(devices, program, tolerance)), true);

// What is written behind a row or a tile is written again where the next one comes later: on one thread no number shows it.
describe('nothing is written behind a tensor, nor taken from there', () => {
  let device: WasmDevice;
  let written: () => number;
  beforeAll(async () => {
    device = await createNodeWasmDevice({ threads: 2 });
    written = guardBlocks(device);
  });
  afterAll(() => device.dispose());

  describeAllPrograms(
    (name, program, tolerance) =>
      it(name, async () => {
        await expectAgreement([device], program, tolerance);
        expect(written()).toBe(0);
      }),
    true,
  );
});
