/** Where the loss of a device is survived: on a graphics card. The processor is not lost. */
import type { Engine } from '../engine.ts';
import { RecoveringEngine } from './recovering-engine.ts';

/** Hears what becomes of a device that was lost. */
export interface DeviceNews {
  /** A sentence for the user about a change of device. */
  readonly tell: (message: string) => void;
  /** What the user is told while it is opened again; null: it no longer is. */
  readonly tellWait: (message: string | null) => void;
}

/** On a GPU, an engine that recovers from the loss of its device. @param open opens a device like the first one */
export const lastingEngine = (first: Engine, open: () => Promise<Engine>, { tell, tellWait }: DeviceNews): Engine =>
  first.info.backend === 'webgpu' ? new RecoveringEngine(first, open, tell, tellWait) : first;
