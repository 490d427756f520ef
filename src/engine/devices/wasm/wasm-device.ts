/** The Device of own SIMD kernels on threads: records operations, executes them when something is read. */
import { counted } from '../../../core/counted.ts';
import type { Device } from '../../device.ts';
import { attentionOperations } from './ops/attention.ts';
import { doraOperations } from './ops/dora.ts';
import { gatherOperations } from './ops/gather.ts';
import { linearOperations, type WasmLinear } from './ops/linear.ts';
import { fusedOperations } from './ops/linears.ts';
import { objectiveOperations } from './ops/objective.ts';
import { optimizerOperations } from './ops/optimizer.ts';
import { rowwiseOperations } from './ops/rowwise.ts';
import { storageOperations } from './ops/storage.ts';
import type { Recorder } from './recorder.ts';
import type { WasmTensor } from './wasm-tensor.ts';

export interface WasmDevice extends Device<WasmTensor, WasmLinear> {
  /** Records the commands of operations; what adds operations to a device needs it. */
  readonly recorder: Recorder;
}

/** @param stop ends the helper threads */
export function wasmDevice(recorder: Recorder, relaxedSimd: boolean, stop: () => void): WasmDevice {
  const { threads } = recorder;
  const device = `WebAssembly ${relaxedSimd ? '' : 'plain '}SIMD, ${counted(threads, 'thread')}`;
  return {
    info: { backend: 'wasm', device, threads, software: false, addressableBytes: recorder.maxBytes },
    recorder,
    ...storageOperations(recorder),
    ...linearOperations(recorder),
    ...doraOperations(recorder),
    ...rowwiseOperations(recorder),
    ...attentionOperations(recorder),
    ...gatherOperations(recorder),
    ...objectiveOperations(recorder),
    ...optimizerOperations(recorder),
    fused: fusedOperations(recorder),
    attempts: recorder.made,
    dispose: stop,
  };
}
