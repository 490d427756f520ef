/** What a study can be computed with, and what each of them is: one row for each, in the order in which the page offers them. */

/** What a backend computes on. */
export type Unit = 'processor' | 'card';

export const UNITS: readonly Unit[] = ['processor', 'card'];

interface Backend {
  readonly unit: Unit;
  /** Whether its kernels are ours; else they are those of TensorFlow.js. */
  readonly own: boolean;
}

/** The kinds of devices: what computes, and whether with kernels of this project. */
export const BACKENDS = {
  webgpu: { unit: 'card', own: true },
  wasm: { unit: 'processor', own: true },
  'tfjs-webgpu': { unit: 'card', own: false },
  'tfjs-wasm': { unit: 'processor', own: false },
  'tfjs-cpu': { unit: 'processor', own: false },
} as const satisfies Readonly<Record<string, Backend>>;

export type BackendId = keyof typeof BACKENDS;

export const BACKEND_IDS = Object.keys(BACKENDS) as readonly BackendId[];

interface Opened {
  readonly backend: BackendId;
  /** Whether a graphics card is emulated on the processor. */
  readonly software: boolean;
}

/** Whether a graphics card computes, and not a processor that emulates one. */
export const isCard = ({ backend, software }: Opened): boolean => BACKENDS[backend].unit === 'card' && !software;

/** Whether our own kernels compute. */
export const isOwn = ({ backend }: Pick<Opened, 'backend'>): boolean => BACKENDS[backend].own;
