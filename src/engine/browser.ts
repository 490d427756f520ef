/** Opens an engine in a browser's worker. */
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { evaluationBudget } from './budget.ts';
import type { Device } from './device.ts';
import type { BackendId, Engine } from './engine.ts';
import { createPortableEngine } from './portable/portable-engine.ts';
import { secondsPerStep, selfTest } from './probe.ts';
import { createBrowserWasmDevice } from './wasm/browser.ts';

export interface OpenedEngine {
  readonly engine: Engine;
  /** What the user should know about the choice, in sentences. */
  readonly notices: string[];
}

// The tfjs backends are chunks of their own, loaded only when chosen.
async function openDevice(backend: BackendId): Promise<Device<unknown>> {
  if (backend === 'wasm') return createBrowserWasmDevice();
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

/** A tested engine of one backend. @throws Error saying why it cannot be used. */
async function openTested(backend: BackendId): Promise<Engine> {
  const device = await openDevice(backend);
  const engine = createPortableEngine(device, evaluationBudget(device.info));
  try {
    await selfTest(engine);
    return engine;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A graphics adapter that is real hardware, as far as the browser says. */
async function hasHardwareGpu(): Promise<boolean> {
  if (!('gpu' in navigator) || !navigator.gpu) return false;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return adapter !== null && !adapter.info.isFallbackAdapter && !/swiftshader/i.test(adapter.info.architecture);
}

/**
 * 'auto': the WASM kernels, or the GPU where a short measurement shows it to be faster on a model of this size.
 * @throws Error when the chosen backend cannot be used; 'auto' only when none can.
 */
export async function openBrowserEngine(choice: BackendId | 'auto'): Promise<OpenedEngine> {
  if (choice !== 'auto') return { engine: await openTested(choice), notices: [] };
  const notices: string[] = [];
  let wasm: Engine | null = null;
  try {
    wasm = await openTested('wasm');
  } catch (error) {
    notices.push(`WebAssembly kernels: ${messageOf(error)}`);
  }
  let gpu: Engine | null = null;
  if (await hasHardwareGpu()) {
    try {
      gpu = await openTested('tfjs-webgpu');
    } catch (error) {
      notices.push(`WebGPU: ${messageOf(error)}`);
    }
  }
  if (wasm && gpu) {
    const [onWasm, onGpu] = [await secondsPerStep(wasm), await secondsPerStep(gpu)];
    const [chosen, other] = onGpu < onWasm ? [gpu, wasm] : [wasm, gpu];
    const milliseconds = (seconds: number) => `${Math.round(1000 * seconds)} ms`;
    notices.push(
      `Measured per training step of four small runs: WebAssembly ${milliseconds(onWasm)}, WebGPU ${milliseconds(onGpu)}; the faster one is used.`,
    );
    other.dispose();
    return { engine: chosen, notices };
  }
  const engine = wasm ?? gpu ?? (await openTested('tfjs-cpu'));
  return { engine, notices };
}
