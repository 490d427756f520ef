/** Who is measured: which program, on what. */
import type { BackendId } from '../engine.ts';

/** What a contender computes on. */
export type Unit = 'processor' | 'card';
export const UNITS: readonly Unit[] = ['processor', 'card'];

/**
 * own: our engine with our kernels. passes: the same engine, whose passes are composed of stock TensorFlow.js operations. plain: the model as one writes
 * it in TensorFlow.js, with autodiff (src/engine/plain/).
 */
export type Program = 'own' | 'passes' | 'plain';
/** Programs of stock TensorFlow.js operations. */
export type Stock = Exclude<Program, 'own'>;
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
  readonly program: Program;
  readonly backend: BackendId;
}

export const CONTENDERS: Readonly<Record<ContenderId, ContenderKind>> = {
  wasm: { unit: 'processor', program: 'own', backend: 'wasm' },
  'tfjs-wasm-passes': { unit: 'processor', program: 'passes', backend: 'tfjs-wasm' },
  'tfjs-wasm': { unit: 'processor', program: 'plain', backend: 'tfjs-wasm' },
  webgpu: { unit: 'card', program: 'own', backend: 'webgpu' },
  'tfjs-webgpu-passes': { unit: 'card', program: 'passes', backend: 'tfjs-webgpu' },
  'tfjs-webgpu': { unit: 'card', program: 'plain', backend: 'tfjs-webgpu' },
};

/** The programs of a unit, side by side. */
export const RIVALS: Readonly<Record<Unit, Readonly<Record<Program, ContenderId>>>> = {
  processor: { own: 'wasm', passes: 'tfjs-wasm-passes', plain: 'tfjs-wasm' },
  card: { own: 'webgpu', passes: 'tfjs-webgpu-passes', plain: 'tfjs-webgpu' },
};
