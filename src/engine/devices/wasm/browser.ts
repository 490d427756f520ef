/** The wasm device in a browser's worker, to which the page lends threads. */
import { neededPageFile } from '../../../platform/page-file.ts';
import { patiently } from '../../../platform/patiently.ts';
import type { Device } from '../../device.ts';
import { borrowThread } from './borrow-thread.ts';
import { createWasmDevice } from './create.ts';
import sharedRelaxedUrl from './generated/kernels-shared-relaxed.wasm?url';
import sharedUrl from './generated/kernels-shared.wasm?url';
import singleRelaxedUrl from './generated/kernels-single-relaxed.wasm?url';
import singleUrl from './generated/kernels-single.wasm?url';
import { hasRelaxedSimd } from './relaxed-simd.ts';
import type { WasmTensor } from './wasm-tensor.ts';

/** Of a device, the calling one among them. */
const MAX_THREADS = 8;

/** Compiling from bytes works whatever content type the server sends. Without them plain JavaScript computes, for as long as the page is open. */
const compile = async (url: string): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await patiently(() => neededPageFile(url, import.meta.url)));

/**
 * Uses a thread per core on a cross-origin isolated page, and one where threads cannot be started.
 * @throws Error when the kernels cannot be loaded, or the browser lacks WebAssembly SIMD.
 */
export async function createBrowserWasmDevice(): Promise<Device<WasmTensor>> {
  const threads = Math.min(navigator.hardwareConcurrency || 1, MAX_THREADS);
  const relaxed = hasRelaxedSimd();
  if (crossOriginIsolated && threads > 1) {
    try {
      const module = await compile(relaxed ? sharedRelaxedUrl : sharedUrl);
      return await createWasmDevice({ module, threads, spawn: borrowThread });
    } catch (error) {
      console.warn('Compute threads are not available; one thread is used.', error);
    }
  }
  return createWasmDevice({ module: await compile(relaxed ? singleRelaxedUrl : singleUrl), threads: 1 });
}
