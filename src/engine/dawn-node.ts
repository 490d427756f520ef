/** WebGPU in Node, for the headless runner, the benchmarks and the tests. */

/** Makes Dawn's WebGPU (npm package "webgpu") the navigator.gpu of this process; afterwards the browser's way works. */
export async function installDawn(): Promise<void> {
  if ('navigator' in globalThis && globalThis.navigator.gpu) return;
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu: create([]), userAgent: 'node' },
    configurable: true,
  });
}
