/** The WASM device with the page's own helper threads; stands in for src/engine/devices/wasm/node.ts. */
import { createWasmDevice } from '../../src/engine/devices/wasm/create.ts';
import type { NodeWasmOptions } from '../../src/engine/devices/wasm/node.ts';
import { hasRelaxedSimd } from '../../src/engine/devices/wasm/relaxed-simd.ts';
import { spawnBrowserThread } from '../../src/engine/devices/wasm/spawn-browser.ts';
import type { WasmDevice } from '../../src/engine/devices/wasm/wasm-device.ts';
import { readBytes } from './disk.ts';

/** memory.atomic.wait32 with its alignment and offset, and what is put in its place: drop, drop, nop, nop leaves the address, which is no "timed out". */
const WAIT = [0xfe, 0x01, 0x02, 0x00];
const GO_ON = [0x1a, 0x1a, 0x01, 0x01];

/**
 * Kernels whose caller does not sleep while it waits for other threads, but looks again and again: the main thread of a page, where these tests run,
 * may not sleep. In the page itself the caller is a worker. Helper threads get the kernels as they are.
 */
function sleepless(kernels: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const changed = kernels.slice();
  for (let at = 0; at + WAIT.length <= changed.length; at++)
    if (WAIT.every((byte, i) => changed[at + i] === byte)) changed.set(GO_ON, at);
  return changed;
}

export async function createNodeWasmDevice({
  threads = navigator.hardwareConcurrency,
  relaxedSimd = true,
  build = 'kernels',
}: NodeWasmOptions = {}): Promise<WasmDevice> {
  if (!crossOriginIsolated) throw new Error('The page of the tests is not cross-origin isolated: it has no threads.');
  const kernels = readBytes(
    `src/engine/devices/wasm/generated/${build}-shared${relaxedSimd && hasRelaxedSimd() ? '-relaxed' : ''}.wasm`,
  );
  const asTheyAre = await WebAssembly.compile(kernels);
  return createWasmDevice({
    module: sleepless(kernels),
    threads,
    spawn: (start) => spawnBrowserThread({ ...start, module: asTheyAre }),
  });
}
