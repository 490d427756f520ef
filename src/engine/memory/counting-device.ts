/**
 * A device that counts the memory of the operations and computes nothing. The passes run on it as on any other, so a plan follows every change of theirs.
 * What devices allocate differently is in wasm-memory.ts and webgpu-memory.ts.
 */
import type { Device, LinearOperations, AttentionOperations } from '../device.ts';
import type { EngineInfo } from '../engine.ts';
import type { DeviceLinear } from '../operands.ts';
import type { FusedOperations } from '../optional-operations.ts';
import type { Account, Counted } from './account.ts';

export interface CountedLinear extends DeviceLinear {
  readonly id: number;
  /** Whether its weights are stored in half precision. */
  readonly half?: boolean;
}

/** How a kind of device allocates. */
export interface MemoryModel {
  /** Bytes in use before anything is loaded. */
  readonly fixedBytes: number;
  readonly account: Account;
  readonly linear: LinearOperations<Counted, CountedLinear>;
  readonly attention: AttentionOperations<Counted>;
  readonly fused?: FusedOperations<Counted, CountedLinear>;
}

const NOTHING: EngineInfo = { backend: 'wasm', device: 'none', threads: 1, software: true };

/** @returns a device whose results have shapes and no values: what is read of it is 0 */
export function countingDevice({ account, linear, attention, fused }: MemoryModel): Device<Counted, CountedLinear> {
  /** A result of the shape, as the only thing an operation allocates. */
  const result = (rows: number, cols: number): Counted => {
    account.begin();
    return account.tensor(rows, cols);
  };
  const like = ({ rows, cols }: Counted): Counted => result(rows, cols);
  const withStatistics = (x: Counted, columns: number) => ({ y: like(x), extra: account.tensor(x.rows, columns) });
  const values = ({ rows, cols }: Counted) => new Float32Array(rows * cols);
  return {
    info: NOTHING,
    ...(fused && { fused }),
    upload: (_, rows, cols) => account.upload(rows, cols),
    zeros: result,
    write: () => account.begin(),
    fillZero: () => account.begin(),
    read: (tensor) => Promise.resolve(values(tensor)),
    readAll: (tensors) => Promise.resolve(tensors.map(values)),
    free: (...tensors) => {
      for (const tensor of tensors) if (tensor) account.free(tensor);
    },
    shape: ({ rows, cols }) => ({ rows, cols }),
    memoryBytes: () => account.live,

    ...linear,
    doraScales: ({ outFeatures }, { params }) => result(params.rows, 2 * outFeatures),
    applyDora: like,
    doraGradient: like,

    layerNorm: (x) => {
      const { y, extra } = withStatistics(x, 2);
      return { y, stats: extra };
    },
    layerNormGradient: like,
    activation: like,
    activationGradient: like,

    ...attention,

    gatherRows: (x, index) => result(index.length, x.cols),
    scatterRows: (x, _, rows) => result(rows, x.cols),
    gatherGroups: (x, index, rowsPerGroup) => result(index.length * rowsPerGroup, x.cols),
    assembleTokens: (patches, _, positions) =>
      result((patches.rows / (positions.rows - 1)) * positions.rows, patches.cols),
    embedTokens: (ids, table) => result(ids.length, table.cols),
    sliceSlots: (_params, _offset, rows, cols, slots) => result(slots.length * rows, cols),
    addToSlots: () => account.begin(),

    normalizeRows: (x) => {
      const { y, extra } = withStatistics(x, 1);
      return { y, norms: extra };
    },
    normalizeRowsGradient: like,
    groupScores: (x, w, _bias, _factor, _groups, wGroups) => result(x.rows, w.rows / wGroups),
    groupScoresInputGradient: (dScores, w) => result(dScores.rows, w.cols),
    groupScoresWeightGradient: (dScores, x, _factor, _groups, wGroups) => result(wGroups * dScores.cols, x.cols),
    crossEntropy: (scores, _, gradientScale) => ({
      loss: result(scores.rows, 1),
      predicted: account.tensor(scores.rows, 1),
      dScores: gradientScale === null ? null : account.tensor(scores.rows, scores.cols),
    }),

    rowNorms: (x) => result(x.rows, 1),
    scaleSegments: () => account.begin(),
    adamw: () => account.begin(),
    dispose: () => {},
  };
}
