/**
 * The Device in float64 and plain loops: what every other device is compared with, in tests and at start-up.
 * It checks shapes, detects use after free, and fills rows that are not needed with NaN.
 */
import type { Device } from '../../device.ts';
import { attentionOperations } from './attention.ts';
import { doraOperations } from './dora.ts';
import { gatherOperations } from './gather.ts';
import { linearOperations, type ReferenceLinear } from './linear.ts';
import { ReferenceMemory, storageOperations } from './memory.ts';
import { objectiveOperations } from './objective.ts';
import { optimizerOperations } from './optimizer.ts';
import { rowwiseOperations } from './rowwise.ts';
import type { ReferenceTensor } from './tensor.ts';

export interface ReferenceDevice extends Device<ReferenceTensor, ReferenceLinear> {
  /** Like `upload`, without rounding to float32: for finite differences. */
  uploadExact(values: Float64Array, rows: number, cols: number): ReferenceTensor;
}

/** @throws Error, by its operations, where shapes do not fit or a tensor is used after it was freed */
export function createReferenceDevice(): ReferenceDevice {
  const memory = new ReferenceMemory();
  return {
    // Plain JavaScript on the CPU is the nearest of the backend names.
    info: { backend: 'tfjs-cpu', device: 'float64 reference', threads: 1, software: false, halves: true },
    ...storageOperations(memory),
    ...linearOperations(memory),
    ...doraOperations(memory),
    ...rowwiseOperations(memory),
    ...attentionOperations(memory),
    ...gatherOperations(memory),
    ...objectiveOperations(memory),
    ...optimizerOperations(memory),
    uploadExact: (values, rows, cols) => memory.tensor(rows, cols, values.slice()),
    dispose: () => {},
  };
}
