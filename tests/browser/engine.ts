/** Devices for tests in a browser, as the page opens them; stands in for src/engine/node.ts. */
import { openDevice } from '../../src/engine/browser.ts';
import type { Device } from '../../src/engine/device.ts';
import type { BackendId } from '../../src/engine/backends.ts';
import type { NodeWasmOptions } from '../../src/engine/devices/wasm/node.ts';
import { createNodeWasmDevice } from './wasm-device.ts';

export const openNodeDevice = (backend: BackendId, options: NodeWasmOptions = {}): Promise<Device<unknown>> =>
  backend === 'wasm' ? createNodeWasmDevice(options) : openDevice(backend);
