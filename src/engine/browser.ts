/** Opens an engine in a browser's worker. */
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { errorText } from '../core/error-text.ts';
import { evaluationBudget } from './budget.ts';
import type { Device } from './device.ts';
import type { BackendId } from './backends.ts';
import type { Engine } from './engine.ts';
import { fasterEngine } from './faster-engine.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { RecoveringEngine } from './recovering/recovering-engine.ts';
import { selfTest } from './probe.ts';
import { createBrowserWasmDevice } from './devices/wasm/browser.ts';
import { findAdapter } from './find-adapter.ts';
import { ENGINE_NOTICES } from './words.ts';

/** Receives a sentence for the user about a change of device. */
export type OnNotice = (message: string) => void;

export interface OpenedEngine {
  readonly engine: Engine;
  /** Sentences for the user about the choice of device. */
  readonly notices: string[];
}

/** Every backend but the first is a chunk of its own, loaded only when chosen. @throws Error saying why a backend cannot run here. */
export async function openDevice(backend: BackendId): Promise<Device<unknown>> {
  if (backend === 'wasm') return createBrowserWasmDevice();
  if (backend === 'webgpu') return (await import('./devices/webgpu/webgpu-device.ts')).openWebgpu();
  const tfjs = await import('./open-tfjs.ts');
  switch (backend) {
    case 'tfjs-cpu':
      return tfjs.openTfjsCpu();
    case 'tfjs-webgpu':
      return tfjs.openTfjsWebgpu();
    case 'tfjs-wasm':
      return tfjs.openTfjsWasm({
        'tfjs-backend-wasm.wasm': plainUrl,
        'tfjs-backend-wasm-simd.wasm': simdUrl,
        'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
      });
  }
}

/** What the browser reports of the machine's memory, rounded and up to a bound of its own; undefined in Firefox and Safari. */
function machineBytes(): number | undefined {
  return 'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number'
    ? navigator.deviceMemory * 2 ** 30
    : undefined;
}

/** A tested engine of one backend. @throws Error saying why it cannot be used. */
async function openTested(backend: BackendId): Promise<Engine> {
  const device = await openDevice(backend);
  const engine = createDeviceEngine(device, evaluationBudget(device.info), machineBytes());
  try {
    await selfTest(engine);
    return engine;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

/** On a GPU, an engine that recovers from the loss of its device. */
const lasting = (engine: Engine, onNotice: OnNotice): Engine =>
  engine.info.backend === 'webgpu' ? new RecoveringEngine(engine, () => openTested('webgpu'), onNotice) : engine;

/**
 * 'auto': the WASM kernels, or the GPU where a short measurement shows it to be faster on a model of this size (faster-engine.ts).
 * @param onNotice called later, when the device changes
 * @throws Error when the chosen backend cannot be used; 'auto' only when none can.
 */
export async function openBrowserEngine(choice: BackendId | 'auto', onNotice: OnNotice): Promise<OpenedEngine> {
  if (choice !== 'auto') return { engine: lasting(await openTested(choice), onNotice), notices: [] };
  const notices: string[] = [];
  const attempt = async (backend: BackendId, name: string): Promise<Engine | null> => {
    try {
      return await openTested(backend);
    } catch (error) {
      notices.push(ENGINE_NOTICES.failed(name, errorText(error)));
      return null;
    }
  };
  const wasm = await attempt('wasm', ENGINE_NOTICES.wasmKernels);
  const adapter = await findAdapter();
  const gpu = adapter === 'hardware' ? await attempt('webgpu', 'WebGPU') : null;
  if (adapter !== 'hardware') notices.push(adapter === 'none' ? ENGINE_NOTICES.noAdapter : ENGINE_NOTICES.emulated);
  const found = wasm && gpu ? await fasterEngine(wasm, gpu) : { engine: wasm ?? gpu, notices: [] };
  const engine = found.engine ? lasting(found.engine, onNotice) : await openTested('tfjs-cpu');
  return { engine, notices: [...notices, ...found.notices] };
}
