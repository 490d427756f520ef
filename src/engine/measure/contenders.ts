/** Who is measured: which program, on what. */
import { BACKENDS, type BackendId, type Unit } from '../backends.ts';

/**
 * own: our engine with our kernels. passes: the same engine, whose passes are composed of stock TensorFlow.js operations. plain: the model as one writes
 * it in TensorFlow.js, with autodiff (src/engine/plain/).
 */
export type ContenderProgram = 'own' | 'passes' | 'plain';
/** Programs of stock TensorFlow.js operations. */
export type Stock = Exclude<ContenderProgram, 'own'>;
export const STOCKS: readonly Stock[] = ['passes', 'plain'];

/** In the order in which they are measured and shown. */
export const CONTENDER_IDS = [
  'wasm',
  'tfjs-wasm-passes',
  'tfjs-wasm',
  'webgpu',
  'tfjs-webgpu-passes',
  'tfjs-webgpu',
] as const;
export type ContenderId = (typeof CONTENDER_IDS)[number];

interface ContenderKind {
  readonly unit: Unit;
  readonly program: ContenderProgram;
  readonly backend: BackendId;
}

const on = (backend: BackendId, program: ContenderProgram): ContenderKind => ({
  unit: BACKENDS[backend].unit,
  program,
  backend,
});

export const CONTENDERS: Readonly<Record<ContenderId, ContenderKind>> = {
  wasm: on('wasm', 'own'),
  'tfjs-wasm-passes': on('tfjs-wasm', 'passes'),
  'tfjs-wasm': on('tfjs-wasm', 'plain'),
  webgpu: on('webgpu', 'own'),
  'tfjs-webgpu-passes': on('tfjs-webgpu', 'passes'),
  'tfjs-webgpu': on('tfjs-webgpu', 'plain'),
};

/** The programs of a unit, side by side. */
export const RIVALS: Readonly<Record<Unit, Readonly<Record<ContenderProgram, ContenderId>>>> = {
  processor: { own: 'wasm', passes: 'tfjs-wasm-passes', plain: 'tfjs-wasm' },
  card: { own: 'webgpu', passes: 'tfjs-webgpu-passes', plain: 'tfjs-webgpu' },
};
