/** The global backend of TensorFlow.js: which one computes, and giving its memory back. */
import * as tf from '@tensorflow/tfjs-core';
import type { Queue } from '../devices/webgpu/prompt-news.ts';

/** Null where none is selected yet. */
export const selectedBackend = (): string | null => tf.getBackend() || null;

/** @throws Error when the backend cannot be selected */
export async function selectBackend(name: string): Promise<void> {
  if (tf.getBackend() === name) return;
  if (!(await tf.setBackend(name))) throw new Error(`The tfjs backend "${name}" could not be selected.`);
}

/** Of the backend that is selected; null where it has none. */
export function backendQueue(): Queue | null {
  const backend: object = tf.backend();
  // What the types do not tell: that of WebGPU holds its device.
  return 'device' in backend ? (backend.device as GPUDevice).queue : null;
}

/** Frees all that a backend holds. It starts again when it is next selected. */
export function restartBackend(name: string): void {
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  tf.registerBackend(name, factory);
}
