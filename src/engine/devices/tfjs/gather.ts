/** Gathering, scattering and assembling rows from stock tfjs operations. */
import * as tf from '@tensorflow/tfjs-core';
import type { GatherOperations } from '../../device.ts';
import { sumBySlot } from './linear.ts';
import { wrap, type TfjsTensor } from './tensor.ts';

const indices = (values: Int32Array): tf.Tensor1D => tf.tensor1d(values, 'int32');

export const gatherOperations: GatherOperations<TfjsTensor> = {
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
  sliceSlots: (params, offset, rows, cols, slots) =>
    wrap(() => {
      const columns = tf.slice(params.value, [0, offset], [params.rows, rows * cols]);
      return tf.reshape(tf.gather(columns, indices(slots)), [slots.length * rows, cols]);
    }),
  addToSlots(x, gradients, offset, slots) {
    gradients.addColumns(
      offset,
      tf.tidy(() => sumBySlot(x.value, slots, gradients.rows)),
    );
  },
};
