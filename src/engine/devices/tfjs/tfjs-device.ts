/**
 * The Device composed from stock tfjs operations: runs on every tfjs backend (WebGPU, WASM, CPU). The slowest of the devices and the
 * simplest: a cross-check for the others, and the way to any GPU that tfjs supports.
 */
import type { Device } from '../../device.ts';
import type { EngineInfo } from '../../engine.ts';
import { attentionOperations } from './attention.ts';
import { doraOperations } from './dora.ts';
import { gatherOperations } from './gather.ts';
import { linearOperations, type TfjsLinear } from './linear.ts';
import { objectiveOperations } from './objective.ts';
import { optimizerOperations } from './optimizer.ts';
import { rowwiseOperations } from './rowwise.ts';
import { storageOperations } from './storage.ts';
import type { TfjsTensor } from './tensor.ts';

/** A Device over the current tfjs backend (set it, and await tf.ready(), before). */
export function createTfjsDevice(info: EngineInfo): Device<TfjsTensor, TfjsLinear> {
  return {
    info,
    ...storageOperations(),
    ...linearOperations,
    ...doraOperations,
    ...rowwiseOperations,
    ...attentionOperations,
    ...gatherOperations,
    ...objectiveOperations,
    ...optimizerOperations,
    dispose: () => {},
  };
}
