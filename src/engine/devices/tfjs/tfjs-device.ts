/**
 * The Device composed from stock tfjs operations: runs on every tfjs backend (WebGPU, WASM, CPU). The slowest of the devices and the
 * simplest: a cross-check for the others, and the way to any GPU that tfjs supports.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { LinearWeights } from '../../../model/backbone.ts';
import type { Device, DeviceLinear, LoraUse } from '../../device.ts';
import type { EngineInfo } from '../../engine.ts';
import { attention, attentionGradient } from './attention.ts';
import { applyDora, doraScales, magnitudeGradient } from './dora.ts';
import { addToSlots, applyLinear, linearInputGradient, loraGradient, type TfjsLinear } from './linear.ts';
import * as objective from './objective.ts';
import { adamw, scaleSegments } from './optimizer.ts';
import { activation, activationGradient, layerNorm, layerNormGradient } from './rowwise.ts';
import { TfjsTensor } from './tensor.ts';

type Lora = LoraUse<TfjsTensor> | null;

/** Runs `compute` and wraps its results; every intermediate is disposed. */
function wrap(compute: () => tf.Tensor2D): TfjsTensor {
  return new TfjsTensor(tf.tidy(compute));
}

function wrapAll<K extends string>(compute: () => Record<K, tf.Tensor2D>): Record<K, TfjsTensor> {
  const values = tf.tidy(compute);
  return Object.fromEntries(
    Object.entries<tf.Tensor2D>(values).map(([name, value]) => [name, new TfjsTensor(value)]),
  ) as Record<K, TfjsTensor>;
}

const own = (linear: DeviceLinear): TfjsLinear => linear as TfjsLinear;
const indices = (values: Int32Array): tf.Tensor1D => tf.tensor1d(values, 'int32');

/** A Device over the current tfjs backend (set it, and await tf.ready(), before). */
export function createTfjsDevice(info: EngineInfo): Device<TfjsTensor> {
  const baseline = tf.memory().numBytes;
  // Reads a second handle: the first may be freed before the values are there, which the WebGPU backend would not survive.
  const readOne = async (tensor: TfjsTensor): Promise<Float32Array> => {
    const handle = tf.keep(tf.clone(tensor.value));
    const values = await handle.data<'float32'>();
    handle.dispose();
    return values.slice();
  };

  return {
    info,
    upload: (values, rows, cols) => new TfjsTensor(tf.tensor2d(values.slice(), [rows, cols])),
    zeros: (rows, cols) => new TfjsTensor(tf.zeros([rows, cols])),
    write: (tensor, values) => tensor.replace(tf.tensor2d(values.slice(), [tensor.rows, tensor.cols])),
    fillZero: (tensor) => tensor.replace(tf.zeros([tensor.rows, tensor.cols])),
    read: readOne,
    readAll: (tensors) => Promise.all(tensors.map(readOne)),
    free: (...tensors) => tensors.forEach((tensor) => tensor?.release()),
    shape: ({ rows, cols }) => ({ rows, cols }),
    memoryBytes: () => tf.memory().numBytes - baseline,
    dispose: () => {},

    linear({ weight, bias, inFeatures, outFeatures }: LinearWeights): TfjsLinear {
      const w = tf.tensor2d(weight, [outFeatures, inFeatures]);
      return {
        inFeatures,
        outFeatures,
        weight: w,
        weightT: tf.transpose(w),
        bias: bias && tf.tensor1d(bias),
      };
    },
    freeLinear: (linear) => freeLinear(own(linear)),
    applyLinear: (x, w, groups, lora: Lora, residual) =>
      wrap(() => applyLinear(x.value, own(w), groups, lora, residual && residual.value)),
    linearInputGradient(dy, w, groups, lora: Lora, accumulate) {
      const dx = wrap(() => linearInputGradient(dy.value, own(w), groups, lora, accumulate && accumulate.value));
      accumulate?.release();
      return dx;
    },
    loraGradient(dy, x, groups, lora, gradients) {
      const { da, db } = tf.tidy(() => loraGradient(dy.value, x.value, groups, lora));
      gradients.addColumns(lora.aOffset, da);
      gradients.addColumns(lora.bOffset, db);
    },

    doraScales: (w, factors, offset) => wrap(() => doraScales(own(w), factors, offset)),
    applyDora: (z, w, groups, dora, residual) =>
      wrap(() => applyDora(z.value, own(w).bias, groups, dora, residual && residual.value)),
    doraGradient(dy, z, w, groups, dora, gradients) {
      gradients.addColumns(
        dora.offset,
        tf.tidy(() => magnitudeGradient(dy.value, z.value, own(w).bias, groups, dora)),
      );
      return wrap(() => applyDora(dy.value, null, groups, dora, null));
    },

    layerNorm: (x, gain, bias, epsilon) => wrapAll(() => layerNorm(x.value, gain.value, bias.value, epsilon)),
    layerNormGradient: (dy, x, stats, gain, add) =>
      wrap(() => layerNormGradient(dy.value, x.value, stats.value, gain.value, add && add.value)),
    activation: (x, kind) => wrap(() => activation(x.value, kind)),
    activationGradient: (dy, x, kind) => wrap(() => activationGradient(dy.value, x.value, kind)),
    attention(q, k, v, shape, keep) {
      const { out, probabilities } = wrapAll(() => attention(q.value, k.value, v.value, shape));
      if (keep) return { out, softmax: probabilities };
      probabilities.release();
      return { out, softmax: null };
    },
    attentionGradient: (dOut, q, k, v, probabilities, shape) =>
      wrapAll(() => attentionGradient(dOut.value, q.value, k.value, v.value, probabilities.value, shape)),

    gatherRows: (x, index) => wrap(() => tf.gather(x.value, indices(index))),
    scatterRows: (x, index, rows) =>
      wrap(() => tf.scatterND(tf.reshape(indices(index), [index.length, 1]), x.value, [rows, x.cols])),
    gatherGroups: (x, index, rowsPerGroup) =>
      wrap(() => {
        const groups = tf.reshape(x.value, [x.rows / rowsPerGroup, rowsPerGroup * x.cols]);
        return tf.reshape(tf.gather(groups, indices(index)), [index.length * rowsPerGroup, x.cols]);
      }),
    assembleTokens: (patches, classToken, positions) =>
      wrap(() => {
        const cols = patches.cols;
        const count = positions.rows - 1;
        const sequences = patches.rows / count;
        const first = tf.tile(tf.reshape(classToken.value, [1, 1, cols]), [sequences, 1, 1]);
        const tokens = tf.concat([first, tf.reshape(patches.value, [sequences, count, cols])], 1); // [S, 1+n, D]
        return tf.reshape(tf.add(tokens, positions.value), [sequences * (count + 1), cols]);
      }),
    embedTokens: (ids, table, positions) =>
      wrap(() => {
        const tokens = positions.rows;
        const rows = tf.reshape(tf.gather(table.value, indices(ids)), [ids.length / tokens, tokens, table.cols]);
        return tf.reshape(tf.add(rows, positions.value), [ids.length, table.cols]);
      }),

    normalizeRows: (x) => wrapAll(() => objective.normalizeRows(x.value)),
    normalizeRowsGradient: (dy, y, norms) =>
      wrap(() => objective.normalizeRowsGradient(dy.value, y.value, norms.value)),
    groupScores: (x, w, bias, factor, groups, wGroups) =>
      wrap(() => objective.groupScores(x.value, w.value, bias && bias.value, factor, groups, wGroups)),
    groupScoresInputGradient: (d, w, factor, groups, wGroups) =>
      wrap(() => objective.groupScoresInputGradient(d.value, w.value, factor, groups, wGroups)),
    groupScoresWeightGradient: (d, x, factor, groups, wGroups) =>
      wrap(() => objective.groupScoresWeightGradient(d.value, x.value, factor, groups, wGroups)),
    crossEntropy(scores, labels, gradientScale) {
      const results = wrapAll(() => {
        const { loss, predicted, dScores } = objective.crossEntropy(scores.value, labels, gradientScale);
        return { loss, predicted, dScores: dScores ?? tf.zeros([1, 1]) };
      });
      if (gradientScale !== null) return results;
      results.dScores.release();
      return { loss: results.loss, predicted: results.predicted, dScores: null };
    },
    sliceSlots: (params, offset, rows, cols, slots) =>
      wrap(() => {
        const columns = tf.slice(params.value, [0, offset], [params.rows, rows * cols]);
        return tf.reshape(tf.gather(columns, indices(slots)), [slots.length * rows, cols]);
      }),
    addToSlots(x, gradients, offset, slots) {
      gradients.addColumns(
        offset,
        tf.tidy(() => addToSlots(x.value, slots, gradients.rows)),
      );
    },

    rowNorms: (x) => wrap(() => tf.sqrt(tf.sum(tf.square(x.value), 1, true))),
    scaleSegments: (x, segments, factors) => x.replace(tf.tidy(() => scaleSegments(x.value, segments, factors))),
    adamw(params, gradients, m, v, segments, coefficients, options) {
      const next = tf.tidy(() =>
        adamw(params.value, gradients.value, m.value, v.value, segments, coefficients, options),
      );
      params.replace(next.params);
      m.replace(next.m);
      v.replace(next.v);
    },
  };
}

function freeLinear(linear: TfjsLinear): void {
  tf.dispose([linear.weight, linear.weightT]);
  linear.bias?.dispose();
}
