/** WebGPU in Node, for the headless runner, the benchmarks and the tests. */

/** Installs Dawn's WebGPU (npm package "webgpu") as navigator.gpu of this process. */
export async function installDawn(): Promise<void> {
  if ('navigator' in globalThis && globalThis.navigator.gpu) return;
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu: create([]), userAgent: 'node' },
    configurable: true,
  });
}
