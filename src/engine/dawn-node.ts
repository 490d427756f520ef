/** WebGPU in Node, for the headless runner, the benchmarks and the tests. */

/** Dawn rounds timestamps to 65.5 µs, as browsers do against pages that spy. Most dispatches are shorter. */
const EXACT_STAMPS = 'disable-dawn-features=timestamp_quantization';

/**
 * Installs Dawn's WebGPU (npm package "webgpu") as navigator.gpu of this process.
 * @param adapter part of the name of the adapter to use; absent: Dawn's own choice
 */
export async function installDawn(adapter?: string): Promise<void> {
  if ('navigator' in globalThis && globalThis.navigator.gpu) return;
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', {
    value: {
      gpu: create([EXACT_STAMPS, ...(adapter === undefined ? [] : [`adapter=${adapter}`])]),
      userAgent: 'node',
    },
    configurable: true,
  });
}
