/** "Measure this device": opens whoever is here, runs the protocol, and says what it found. */
import { APP_VERSION } from '../../core/version.ts';
import { nextTask } from '../../platform/next-task.ts';
import type { Device } from '../device.ts';
import type { BackendId } from '../backends.ts';
import { isNewsLate, News } from '../devices/webgpu/prompt-news.ts';
import { backendQueue, restartBackend, selectBackend, selectedBackend } from '../plain/tfjs-backend.ts';
import type { Contender } from './contender.ts';
import { CONTENDER_IDS, CONTENDERS, type ContenderId } from './contenders.ts';
import { failureText } from './failure-text.ts';
import type { Cell, ContenderFacts, Measurement, Place, TaskCells } from './measurement.ts';
import { ownContender } from './own-contender.ts';
import { runProtocol, type MeasureProgress } from './run-protocol.ts';
import { plainContender } from './plain-contender.ts';
import { PROTOCOL, TASKS } from './tasks.ts';

/** What differs between the page and Node. */
export interface MeasureHost {
  readonly place: () => Promise<Place>;
  /** @throws Error saying why a device cannot be used */
  readonly open: (backend: BackendId) => Promise<Device<unknown>>;
}

export interface MeasureOptions {
  /** Seconds for all measurements. */
  readonly budget: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: MeasureProgress) => void;
  /** After every task: the measurement, should it have to end here. */
  readonly onFound?: (found: Measurement) => void;
}

/** TensorFlow.js's own names of the backends that it computes on. */
const STOCK_BACKENDS: Partial<Readonly<Record<BackendId, string>>> = { 'tfjs-wasm': 'wasm', 'tfjs-webgpu': 'webgpu' };

type Opened = { readonly facts: ContenderFacts; readonly contender: Contender | null };

/** A contender on stock operations that hears of finished work as soon as our kernels do, so that what is compared is the work. */
async function prompted(contender: Contender): Promise<Contender> {
  await contender.select();
  const queue = backendQueue();
  if (!queue || !(await isNewsLate(queue))) return contender;
  const news = new News(queue, true);
  return {
    ...contender,
    roundTrip: () => news.of(contender.roundTrip()),
    async prepare(task) {
      const work = await contender.prepare(task);
      return { ...work, run: (pieces) => news.of(work.run(pieces)) };
    },
  };
}

/** @param open the device of a backend, the same for all contenders on it */
async function openContender(open: MeasureHost['open'], id: ContenderId, place: Place): Promise<Opened> {
  const without = (state: 'absent' | 'failed', text: string): Opened => ({
    facts: { id, state, text, threads: 0, software: false },
    contender: null,
  });
  const { unit, program, backend } = CONTENDERS[id];
  if (unit === 'card' && !place.adapter) return without('absent', 'no graphics adapter answers WebGPU here');
  try {
    const device = await open(backend);
    const { device: text, threads, software } = device.info;
    const facts: ContenderFacts = { id, state: 'present', text, threads, software };
    const stock = STOCK_BACKENDS[backend];
    const select = () => (stock === undefined ? Promise.resolve() : selectBackend(stock));
    const contender = program === 'plain' ? plainContender(facts, select) : ownContender(facts, device, select);
    return { facts, contender: stock === undefined ? contender : await prompted(contender) };
  } catch (error) {
    return without('failed', failureText(error));
  }
}

/** Every contender has a cell: those that were not opened fail with the reason. */
function withAbsent(tasks: readonly TaskCells[], contenders: readonly ContenderFacts[]): TaskCells[] {
  return tasks.map(({ task, cells }) => ({
    task,
    cells: contenders.map(({ id, state, text }): Cell => {
      const own = cells.find(({ contender }) => contender === id);
      if (own) return own;
      return state === 'failed'
        ? { state, contender: id, reason: text }
        : { state: 'skipped', contender: id, why: 'absent', needs: null, has: null };
    }),
  }));
}

/**
 * Opens the devices, and disposes of them at the end; the tfjs backend is then that of before.
 * @throws the signal's reason when cancelled; Error when no device can be opened
 */
export async function measureDevice(
  host: MeasureHost,
  { budget, signal, onProgress, onFound }: MeasureOptions,
): Promise<Measurement> {
  const start = performance.now();
  const now = (): number => performance.now() / 1000;
  const place = await host.place();
  const kept = selectedBackend();
  const devices = new Map<BackendId, Promise<Device<unknown>>>();
  const open = (backend: BackendId): Promise<Device<unknown>> => {
    const device = devices.get(backend) ?? host.open(backend);
    devices.set(backend, device);
    return device;
  };
  const opened: Opened[] = [];
  try {
    for (const id of CONTENDER_IDS) {
      signal.throwIfAborted();
      opened.push(await openContender(open, id, place));
    }
    const contenders = opened.flatMap(({ contender }) => contender ?? []);
    if (contenders.length === 0) throw new Error(`No device could be opened: ${opened[0].facts.text}`);
    const facts = opened.map(({ facts: own }) => own);
    const measurementOf = (tasks: readonly TaskCells[]): Measurement => ({
      kind: 'copra-measurement',
      version: 1,
      protocol: PROTOCOL,
      release: APP_VERSION,
      date: new Date().toISOString(),
      budget,
      took: (performance.now() - start) / 1000,
      place,
      contenders: facts,
      tasks: withAbsent(tasks, facts),
    });
    const tasks = await runProtocol(contenders, TASKS, {
      budget,
      memory: place.memory,
      now,
      signal,
      between: nextTask,
      onProgress,
      onTask: (reached) => onFound?.(measurementOf(reached)),
    });
    return measurementOf(tasks);
  } finally {
    for (const { contender } of opened) contender?.dispose();
    // A backend that was there before belongs to somebody else, who keeps his tensors.
    const used = opened.flatMap(({ facts, contender }) => (contender ? CONTENDERS[facts.id].backend : []));
    for (const backend of new Set(used)) {
      const stock = STOCK_BACKENDS[backend];
      if (stock !== undefined && stock !== kept) restartBackend(stock);
    }
    if (kept) await selectBackend(kept);
  }
}
