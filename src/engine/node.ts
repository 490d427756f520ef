/** Opens any engine in Node: for the headless runner, the benchmarks and the tests. */
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { evaluationBudget } from './budget.ts';
import { installDawn } from './dawn-node.ts';
import type { Device } from './device.ts';
import type { BackendId } from './backends.ts';
import type { Engine } from './engine.ts';
import { openTfjsCpu, openTfjsWasm, openTfjsWebgpu } from './open-tfjs.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { createNodeWasmDevice, type NodeWasmOptions } from './devices/wasm/node.ts';
import { openWebgpu } from './devices/webgpu/webgpu-device.ts';

interface NodeOptions extends NodeWasmOptions {
  /** Whether kernels are tuned on emulated graphics cards too; default: no. */
  readonly tuneEmulated?: boolean;
}

/** A device for tests and tools; studies use openNodeEngine. @param options of the WASM kernels @throws Error saying why a backend cannot run here. */
export async function openNodeDevice(
  backend: BackendId,
  { tuneEmulated = false, ...options }: NodeOptions = {},
): Promise<Device<unknown>> {
  switch (backend) {
    case 'wasm':
      return createNodeWasmDevice(options);
    case 'tfjs-cpu':
      return openTfjsCpu();
    case 'tfjs-wasm':
      return openTfjsWasm({
        'tfjs-backend-wasm.wasm': fileURLToPath(plainUrl),
        'tfjs-backend-wasm-simd.wasm': fileURLToPath(simdUrl),
        'tfjs-backend-wasm-threaded-simd.wasm': fileURLToPath(threadedUrl),
      });
    case 'webgpu':
      await installDawn();
      return openWebgpu({ software: tuneEmulated });
    case 'tfjs-webgpu':
      await installDawn();
      return openTfjsWebgpu();
  }
}

/** An engine without the self-test of a page's, and without recovery from the loss of its device. @throws Error saying why a backend cannot run here. */
export async function openNodeEngine(backend: BackendId, options: NodeOptions = {}): Promise<Engine> {
  const device = await openNodeDevice(backend, options);
  const untold = process.platform === 'win32' ? 'windows' : undefined;
  return createDeviceEngine(device, evaluationBudget(device.info), totalmem(), untold);
}
