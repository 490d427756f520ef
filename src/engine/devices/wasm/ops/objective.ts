/** Unit-length rows, scores and cross-entropy. */
import type { ObjectiveOperations } from '../../../device.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';

/** Simple operations per class of a softmax. */
const SOFTMAX_WORK = 8;

/** Classes per group. @throws Error when w or the rows do not divide into groups. */
function classesOf(wRows: number, rows: number, groups: number, wGroups: number): number {
  if (wGroups !== 1 && wGroups !== groups)
    throw new Error(`groupScores: wGroups is ${wGroups}, expected 1 or ${groups}.`);
  if (wRows % wGroups !== 0 || rows % groups !== 0)
    throw new Error(
      `groupScores: ${rows} rows and ${wRows} rows of w do not divide into ${groups} and ${wGroups} groups.`,
    );
  return wRows / wGroups;
}

export function objectiveOperations(r: Recorder): ObjectiveOperations<WasmTensor> {
  return {
    normalizeRows(x) {
      const { rows, cols } = x;
      const address = addressOf(x, rows, cols, 'normalizeRows x');
      r.begin();
      const y = r.tensor(rows, cols);
      const norms = r.tensor(rows, 1);
      r.record(KernelId.normalizeRows, rows, r.grain(rows, cols), address, y.address, norms.address, cols);
      return { y, norms };
    },

    normalizeRowsGradient(dy, y, norms) {
      const { rows, cols } = y;
      const inputs = [
        addressOf(dy, rows, cols, 'normalizeRowsGradient dy'),
        addressOf(y, rows, cols, 'normalizeRowsGradient y'),
        addressOf(norms, rows, 1, 'normalizeRowsGradient norms'),
      ];
      r.begin();
      const dx = r.tensor(rows, cols);
      r.record(KernelId.normalizeRowsGradient, rows, r.grain(rows, cols), ...inputs, dx.address, cols);
      return dx;
    },

    groupScores(x, w, bias, factor, groups, wGroups) {
      const { rows, cols } = x;
      const classes = classesOf(w.rows, rows, groups, wGroups);
      const sharedBias = bias?.rows === 1;
      const inputs = [
        addressOf(x, rows, cols, 'groupScores x'),
        addressOf(w, w.rows, cols, 'groupScores w'),
        bias ? addressOf(bias, sharedBias ? 1 : groups, classes, 'groupScores bias') : 0,
      ];
      r.begin();
      const out = r.tensor(rows, classes);
      const shape = [cols, classes, rows / groups, wGroups === 1 ? 1 : 0, sharedBias ? 1 : 0];
      r.record(KernelId.groupScores, rows, r.grain(rows, classes * cols * 0.5), ...inputs, out.address, ...shape);
      r.float(9, factor);
      return out;
    },

    groupScoresInputGradient(dScores, w, factor, groups, wGroups) {
      const { rows, cols: classes } = dScores;
      classesOf(w.rows, rows, groups, wGroups);
      const inputs = [
        addressOf(dScores, rows, classes, 'groupScoresInputGradient dScores'),
        addressOf(w, wGroups * classes, w.cols, 'groupScoresInputGradient w'),
      ];
      r.begin();
      const dx = r.tensor(rows, w.cols);
      const shape = [w.cols, classes, rows / groups, wGroups === 1 ? 1 : 0];
      const grain = r.grain(rows, classes * w.cols * 0.5);
      r.record(KernelId.groupScoresInputGradient, rows, grain, ...inputs, dx.address, ...shape);
      r.float(7, factor);
      return dx;
    },

    groupScoresWeightGradient(dScores, x, factor, groups, wGroups) {
      const { rows, cols: classes } = dScores;
      classesOf(wGroups * classes, rows, groups, wGroups);
      const inputs = [
        addressOf(dScores, rows, classes, 'groupScoresWeightGradient dScores'),
        addressOf(x, rows, x.cols, 'groupScoresWeightGradient x'),
      ];
      r.begin();
      const dw = r.tensor(wGroups * classes, x.cols);
      const items = wGroups * Math.ceil(classes / 4) * Math.ceil(x.cols / 8);
      const perItem = rows / wGroups;
      const grain = r.grain(items, 8 * perItem);
      r.record(KernelId.groupScoresWeightGradient, items, grain, ...inputs, dw.address, x.cols, classes, perItem);
      r.float(6, factor);
      return dw;
    },

    crossEntropy(scores, labels, gradientScale) {
      const { rows, cols } = scores;
      const address = addressOf(scores, labels.length, cols, 'crossEntropy scores');
      for (let row = 0; row < rows; row++)
        if (!(labels[row] >= 0 && labels[row] < cols))
          throw new RangeError(`Label ${labels[row]} of row ${row} is not in [0, ${cols}).`);
      r.begin();
      const loss = r.tensor(rows, 1);
      const predicted = r.tensor(rows, 1);
      const dScores = gradientScale === null ? null : r.tensor(rows, cols);
      const outputs = [loss.address, predicted.address, dScores?.address ?? 0];
      const grain = r.grain(rows, cols * SOFTMAX_WORK);
      r.record(KernelId.crossEntropy, rows, grain, address, r.stage(labels), ...outputs, cols);
      r.float(6, gradientScale ?? 0);
      return { loss, predicted, dScores };
    },
  };
}
