/**
 * Opens a tfjs backend as a Device. The backends are imported on demand: a page that runs on WebAssembly kernels never loads them.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Device } from './device.ts';
import type { EngineInfo } from './engine.ts';
import { gpuOfBrowser, infoOf, nameOf, PREFERRED } from './devices/webgpu/adapter-info.ts';
import { isSoftware } from './devices/webgpu/software-adapter.ts';
import { createTfjsDevice } from './devices/tfjs/tfjs-device.ts';
import type { TfjsTensor } from './devices/tfjs/tensor.ts';
import { comingCode } from '../platform/coming-code.ts';
import { ENGINE_NOTICES } from './words.ts';

/** The backends of tfjs are global: whoever opens another one selects it for all tfjs devices. @throws Error when the backend cannot be started */
export async function openTfjsCpu(): Promise<Device<TfjsTensor>> {
  await comingCode(import('@tensorflow/tfjs-backend-cpu'));
  return select('cpu', { backend: 'tfjs-cpu', device: 'JavaScript (tfjs-cpu)', threads: 1, software: false });
}

/**
 * @param wasmUrls URLs (file URLs in Node) of the three binaries of @tensorflow/tfjs-backend-wasm. It requires all three, although the threaded
 * one is not used.
 */
export async function openTfjsWasm(wasmUrls: Record<string, string>): Promise<Device<TfjsTensor>> {
  const wasm = await comingCode(import('@tensorflow/tfjs-backend-wasm'));
  wasm.setWasmPaths(wasmUrls);
  // Minification breaks the source text from which its threads start. The own kernels are the threaded backend.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const device = 'WebAssembly (tfjs-wasm, 1 thread)';
  // It fetches its binary, without a limit of its own.
  return comingCode(select('wasm', { backend: 'tfjs-wasm', device, threads: 1, software: false }));
}

/**
 * @throws Error when the browser has no WebGPU or offers no adapter.
 */
export async function openTfjsWebgpu(): Promise<Device<TfjsTensor>> {
  const gpu = gpuOfBrowser();
  if (!gpu) throw new Error(ENGINE_NOTICES.noWebgpu);
  const adapter = await gpu.requestAdapter(PREFERRED);
  if (!adapter) throw new Error(ENGINE_NOTICES.noAnswer);
  const info = infoOf(adapter.info);
  await comingCode(import('@tensorflow/tfjs-backend-webgpu'));
  return select('webgpu', { backend: 'tfjs-webgpu', device: nameOf(info), threads: 1, software: isSoftware(info) });
}

async function select(name: string, info: EngineInfo): Promise<Device<TfjsTensor>> {
  if (!(await tf.setBackend(name))) throw new Error(`The tfjs backend "${name}" could not be started.`);
  await tf.ready();
  return createTfjsDevice(info);
}
