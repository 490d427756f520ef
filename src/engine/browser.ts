/** Opens an engine in a browser's worker. */
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { errorText } from '../core/error-text.ts';
import { evaluationBudget } from './budget.ts';
import type { Device } from './device.ts';
import type { BackendId } from './backends.ts';
import type { Engine } from './engine.ts';
import { browserFaster, DeviceChoice } from './device-choice.ts';
import { fasterEngine, type FasterEngine } from './faster-engine.ts';
import { systemName } from './measure/place.ts';
import type { UntoldLimit } from './memory/limits.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { lastingEngine, type DeviceNews } from './recovering/lasting-engine.ts';
import { comingCode } from '../platform/coming-code.ts';
import { objectStore } from '../platform/indexed-db.ts';
import type { PageFacts } from './page-facts.ts';
import { selfTest } from './trust/self-test.ts';
import { createBrowserWasmDevice } from './devices/wasm/browser.ts';
import { findGpuAdapter, type FoundGpuAdapter } from './find-gpu-adapter.ts';
import { browserTrials, type NoteFailure, type Trials } from './gpu-trial.ts';
import { ENGINE_NOTICES } from './words.ts';

/** An engine whose device passed its self-test, and how it was chosen. */
export interface OpenedEngine {
  readonly engine: Engine;
  /** Sentences for the user about the choice of device. */
  readonly notices: string[];
  /** Looks again at the shapes of a study; null: the device is chosen for all of them. */
  readonly byShapes: DeviceChoice | null;
}

/** Every backend but the first is a chunk of its own, loaded only when chosen. @throws Error saying why a backend cannot run here. */
export async function openDevice(backend: BackendId): Promise<Device<unknown>> {
  if (backend === 'wasm') return createBrowserWasmDevice();
  if (backend === 'webgpu') return (await comingCode(import('./devices/webgpu/webgpu-device.ts'))).openWebgpu();
  const tfjs = await comingCode(import('./open-tfjs.ts'));
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

function untoldLimit({ isAppleTouch }: PageFacts): UntoldLimit | undefined {
  if (isAppleTouch) return 'apple touch';
  return systemName(navigator.userAgent) === 'Windows' ? 'windows' : undefined;
}

/** Why no GPU is tried. */
const WITHOUT_GPU: Record<Exclude<FoundGpuAdapter['kind'], 'hardware'>, (name: string) => string> = {
  none: () => ENGINE_NOTICES.noAdapter,
  software: () => ENGINE_NOTICES.emulated,
  untrusted: (name) => ENGINE_NOTICES.untrusted(name),
};

/** A tested engine of one backend. @throws Error saying why it cannot be used. */
async function openTested(backend: BackendId, page: PageFacts): Promise<Engine> {
  const device = await openDevice(backend);
  const engine = createDeviceEngine(device, evaluationBudget(device.info), machineBytes(), untoldLimit(page));
  try {
    await selfTest(engine);
    return engine;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

const lasting = (engine: Engine, news: DeviceNews, page: PageFacts): Engine =>
  lastingEngine(engine, () => openTested('webgpu', page), news);

/** The GPU that was chosen by hand, also where its last try has not come back. @throws Error saying why it cannot be used. */
async function openChosenGpu(page: PageFacts, trials: Trials): Promise<Engine> {
  const { name } = await findGpuAdapter();
  return trials.of(name, () => openTested('webgpu', page));
}

/**
 * 'auto': the WASM kernels, or the GPU where a short measurement shows it to be faster on a model of this size (faster-engine.ts). A GPU whose last try has taken the page
 * down with it is left out for a while.
 * @param news told later, when the device changes
 * @throws Error when the chosen backend cannot be used; 'auto' only when none can.
 */
export async function openBrowserEngine(
  choice: BackendId | 'auto',
  news: DeviceNews,
  page: PageFacts,
): Promise<OpenedEngine> {
  const trials = browserTrials(
    objectStore(indexedDB, 'copra-gpu-trials', 'trials', 'strict'),
    navigator.locks,
    navigator.userAgent,
  );
  if (choice !== 'auto') {
    const engine = await (choice === 'webgpu' ? openChosenGpu(page, trials) : openTested(choice, page));
    return { engine: lasting(engine, news, page), notices: [], byShapes: null };
  }
  const notices: string[] = [];
  const attempt = async (backend: BackendId, name: string, note?: NoteFailure): Promise<Engine | null> => {
    try {
      return await openTested(backend, page);
    } catch (error) {
      note?.(error);
      notices.push(ENGINE_NOTICES.failed(name, errorText(error)));
      return null;
    }
  };
  const wasm = await attempt('wasm', ENGINE_NOTICES.wasmKernels);
  const { kind, name } = await findGpuAdapter();
  const withGpu = async (note: NoteFailure): Promise<FasterEngine> => {
    const gpu = await attempt('webgpu', 'WebGPU', note);
    return wasm && gpu ? fasterEngine(wasm, gpu, { note }) : { engine: wasm ?? gpu, bothWork: false, notices: [] };
  };
  let found: FasterEngine = { engine: wasm, bothWork: false, notices: [] };
  if (kind === 'hardware') {
    const tried = page.wasLeft ? { result: await trials.of(name, withGpu) } : await trials.ifItCameBack(name, withGpu);
    if (tried) found = tried.result;
    else notices.push(ENGINE_NOTICES.notBack(name));
  } else notices.push(WITHOUT_GPU[kind](name));
  notices.push(...found.notices);
  const opened = found.engine ?? (await attempt('tfjs-cpu', ENGINE_NOTICES.plainScript));
  if (!opened) throw new Error(ENGINE_NOTICES.noneComputes(notices));
  const isOpen = found.bothWork && found.engine === wasm;
  const byShapes = isOpen
    ? new DeviceChoice({
        card: `${name} | ${navigator.userAgent}`,
        open: {
          wasm: () => openTested('wasm', page),
          webgpu: async () => lasting(await openTested('webgpu', page), news, page),
        },
        tried: (work) => trials.ifItCameBack(name, work),
        shelf: browserFaster(objectStore(indexedDB, 'copra-faster-devices', 'faster')),
      })
    : null;
  return { engine: lasting(opened, news, page), notices, byShapes };
}
