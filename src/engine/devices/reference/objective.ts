/** Cosine scores and cross-entropy in float64. */
import type { ObjectiveOperations } from '../../device.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, type ReferenceTensor } from './tensor.ts';

/** Calls `visit` with every row and class of the scores, and the row of w that belongs to them. */
function forScores(
  rows: number,
  classes: number,
  groups: number,
  wGroups: number,
  visit: (row: number, c: number, wRow: number, group: number) => void,
): void {
  if (wGroups !== 1 && wGroups !== groups)
    throw new Error(`groupScores: wGroups is ${wGroups}, expected 1 or ${groups}.`);
  const perGroup = rows / groups;
  for (let row = 0; row < rows; row++) {
    const group = Math.floor(row / perGroup);
    for (let c = 0; c < classes; c++) visit(row, c, (wGroups === 1 ? 0 : group) * classes + c, group);
  }
}

export function objectiveOperations(memory: ReferenceMemory): ObjectiveOperations<ReferenceTensor> {
  return {
    normalizeRows(x) {
      const y = memory.tensor(x.rows, x.cols);
      const norms = memory.tensor(x.rows, 1);
      for (let row = 0; row < x.rows; row++) {
        const values = x.data.subarray(row * x.cols, (row + 1) * x.cols);
        const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) + 1e-24);
        norms.data[row] = norm;
        values.forEach((v, i) => (y.data[row * x.cols + i] = v / norm));
      }
      return { y, norms };
    },

    /** dx = (dy − y (dy·y)) / ‖x‖. */
    normalizeRowsGradient(dy, y, norms) {
      const n = y.cols;
      expectShape(dy, y.rows, n, 'normalizeRowsGradient dy');
      expectShape(norms, y.rows, 1, 'normalizeRowsGradient norms');
      const dx = memory.tensor(y.rows, n);
      for (let row = 0; row < y.rows; row++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += dy.data[row * n + i] * y.data[row * n + i];
        for (let i = 0; i < n; i++)
          dx.data[row * n + i] = (dy.data[row * n + i] - y.data[row * n + i] * dot) / norms.data[row];
      }
      return dx;
    },

    groupScores(x, w, bias, factor, groups, wGroups) {
      const classes = w.rows / wGroups;
      const n = x.cols;
      expectShape(w, wGroups * classes, n, 'groupScores w');
      if (bias) expectShape(bias, bias.rows === 1 ? 1 : groups, classes, 'groupScores bias');
      const out = memory.tensor(x.rows, classes);
      forScores(x.rows, classes, groups, wGroups, (row, c, wRow, group) => {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += x.data[row * n + i] * w.data[wRow * n + i];
        out.data[row * classes + c] =
          factor * dot + (bias ? bias.data[(bias.rows === 1 ? 0 : group) * classes + c] : 0);
      });
      return out;
    },

    groupScoresInputGradient(dScores, w, factor, groups, wGroups) {
      const n = w.cols;
      const dx = memory.tensor(dScores.rows, n);
      forScores(dScores.rows, dScores.cols, groups, wGroups, (row, c, wRow) => {
        const d = factor * dScores.data[row * dScores.cols + c];
        for (let i = 0; i < n; i++) dx.data[row * n + i] += d * w.data[wRow * n + i];
      });
      return dx;
    },

    groupScoresWeightGradient(dScores, x, factor, groups, wGroups) {
      const n = x.cols;
      const dw = memory.tensor(wGroups * dScores.cols, n);
      forScores(dScores.rows, dScores.cols, groups, wGroups, (row, c, wRow) => {
        const d = factor * dScores.data[row * dScores.cols + c];
        for (let i = 0; i < n; i++) dw.data[wRow * n + i] += d * x.data[row * n + i];
      });
      return dw;
    },

    crossEntropy(scores, labels, gradientScale) {
      const { rows, cols } = scores;
      if (labels.length !== rows) throw new Error(`crossEntropy: ${labels.length} labels for ${rows} rows.`);
      const loss = memory.tensor(rows, 1);
      const predicted = memory.tensor(rows, 1);
      const dScores = gradientScale === null ? null : memory.tensor(rows, cols);
      for (let row = 0; row < rows; row++) {
        const label = labels[row];
        if (!(label >= 0 && label < cols)) throw new RangeError(`Label ${label} of row ${row} is not in [0, ${cols}).`);
        const values = scores.data.subarray(row * cols, (row + 1) * cols);
        const top = values.reduce((a, b) => Math.max(a, b), -Infinity);
        const total = values.reduce((sum, v) => sum + Math.exp(v - top), 0);
        loss.data[row] = Math.log(total) + top - values[label];
        predicted.data[row] = Math.max(0, values.indexOf(top));
        values.forEach((v, c) => {
          const probability = Math.exp(v - top) / total;
          if (dScores) dScores.data[row * cols + c] = (gradientScale ?? 0) * (probability - (c === label ? 1 : 0));
        });
      }
      return { loss, predicted, dScores };
    },
  };
}
