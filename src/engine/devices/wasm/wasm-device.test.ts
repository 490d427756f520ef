import { afterAll, beforeAll, it } from 'vitest';
import type { Device } from '../../device.ts';
import { describeAllPrograms } from '../../test-device-programs.ts';
import { createNodeWasmDevice } from './node.ts';
import { expectAgreement } from './test-programs.ts';
import type { WasmTensor } from './wasm-tensor.ts';

const devices: Device<WasmTensor>[] = [];
beforeAll(async () => {
  for (const relaxedSimd of [true, false])
    for (const threads of [1, 2]) devices.push(await createNodeWasmDevice({ threads, relaxedSimd }));
});
afterAll(() => devices.forEach((device) => device.dispose()));

describeAllPrograms((name, program, tolerance) => it(name, () => expectAgreement(devices, program, tolerance)), true);
