/** Linear maps and LoRA in float64, written as in the formulas of `Device`. */
import { dropoutUniform } from '../../../core/hash.ts';
import type { LinearOperations } from '../../device.ts';
import { rowsOf, type DeviceLinear, type LoraUse } from '../../operands.ts';
import { halfLinear } from '../../precision.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, forLiveRows, poison, type ReferenceTensor } from './tensor.ts';

/** A map of the reference device, dense or, where nearly all of its weight is 0, sparse. */
export interface ReferenceLinear extends DeviceLinear {
  /** [out, entries per row] */
  weight: Float64Array;
  /** The column of every entry of `weight`; null: every row has all columns, in their order. */
  columns: Int32Array | null;
  /** [out] */
  bias: Float64Array | null;
}

/** A map is stored sparse when at most one entry in this many of each row is nonzero. */
const SPARSE = 4;

/**
 * Weights [out, in], sparse where nearly all are zero, so that the wide maps of trust/shape-check.ts cost what their few entries cost. Rows with fewer
 * entries than the fullest are padded with zeros.
 */
function sparseRows(weight: Float32Array, inFeatures: number): Pick<ReferenceLinear, 'weight' | 'columns'> {
  const rows = weight.length / inFeatures;
  const ofRow = Array.from({ length: rows }, (_, o) => {
    const entries: number[] = [];
    for (let i = 0; i < inFeatures; i++) if (weight[o * inFeatures + i] !== 0) entries.push(i);
    return entries;
  });
  const most = Math.max(...ofRow.map(({ length }) => length));
  if (most * SPARSE > inFeatures) return { weight: new Float64Array(weight), columns: null };
  const columns = new Int32Array(rows * most);
  const values = new Float64Array(rows * most);
  ofRow.forEach((entries, o) => {
    columns.set(entries, o * most);
    entries.forEach((i, e) => (values[o * most + e] = weight[o * inFeatures + i]));
  });
  return { weight: values, columns };
}

/** Row `o` of a map with all its zeros, [in]. */
export function denseRow({ weight, columns, inFeatures, outFeatures }: ReferenceLinear, o: number): Float64Array {
  const perRow = weight.length / outFeatures;
  if (!columns) return weight.subarray(o * perRow, (o + 1) * perRow);
  const row = new Float64Array(inFeatures);
  for (let e = o * perRow; e < (o + 1) * perRow; e++) row[columns[e]] += weight[e];
  return row;
}

/** The factor that dropout gives element (row, column) of the input of A in a group: 0, 1 or 1/(1 − rate). */
function keepFactor(lora: LoraUse<ReferenceTensor>, group: number, index: number): number {
  if (!lora.dropout) return 1;
  const rate = lora.dropout.rates[group];
  if (rate <= 0) return 1;
  return dropoutUniform(lora.dropout.keys[group], index) >= rate ? 1 / (1 - rate) : 0;
}

/** Row `row` of x [in] as A sees it. */
function dropped(
  x: Float64Array,
  row: number,
  lora: LoraUse<ReferenceTensor>,
  group: number,
  rowOfGroup: number,
  n: number,
) {
  const values = x.subarray(row * n, (row + 1) * n);
  const rate = lora.dropout?.rates[group] ?? 0;
  return rate > 0 ? values.map((value, i) => value * keepFactor(lora, group, rowOfGroup * n + i)) : values;
}

/** A [rank, in] and B [out, rank] of a group and where they begin in its adapter, or null when its LoRA is inactive. */
function factors(lora: LoraUse<ReferenceTensor> | null, group: number, inFeatures: number, outFeatures: number) {
  const slot = lora ? lora.slotOfGroup[group] : -1;
  if (!lora || slot < 0) return null;
  const { aOffset, bOffset, rank, scale, params } = lora;
  const [aStart, bStart] = [aOffset, bOffset].map((offset) => slot * params.cols + offset);
  const a = params.data.subarray(aStart, aStart + rank * inFeatures);
  const b = params.data.subarray(bStart, bStart + outFeatures * rank);
  return { lora, rank, scale, aStart, bStart, a, b };
}

/** A x [rank] */
function timesA(x: Float64Array, a: Float64Array, rank: number): number[] {
  return Array.from({ length: rank }, (_, r) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i] * a[r * x.length + i];
    return sum;
  });
}

/** dy B [rank] */
function timesB(dy: Float64Array, b: Float64Array, rank: number): number[] {
  return Array.from({ length: rank }, (_, r) => {
    let sum = 0;
    for (let o = 0; o < dy.length; o++) sum += dy[o] * b[o * rank + r];
    return sum;
  });
}

/** Rows of a map that are worked on at once: sums that do not wait for each other take a third of the time, and have the same bits. */
const TOGETHER = 4;

/** Adds W x to y, which lies in `out` from `to` on. x: lies in `given` from `from` on. */
function addProduct(w: ReferenceLinear, given: Float64Array, from: number, out: Float64Array, to: number): void {
  const { weight, columns, outFeatures: m } = w;
  const perRow = weight.length / m;
  let o = 0;
  for (; !columns && o + TOGETHER <= m; o += TOGETHER) {
    let [y0, y1, y2, y3] = [out[to + o], out[to + o + 1], out[to + o + 2], out[to + o + 3]];
    for (let e = 0, at = o * perRow; e < perRow; e++, at++) {
      const x = given[from + e];
      y0 += x * weight[at];
      y1 += x * weight[at + perRow];
      y2 += x * weight[at + 2 * perRow];
      y3 += x * weight[at + 3 * perRow];
    }
    out[to + o] = y0;
    out[to + o + 1] = y1;
    out[to + o + 2] = y2;
    out[to + o + 3] = y3;
  }
  for (; o < m; o++) {
    let sum = out[to + o];
    for (let e = 0, at = o * perRow; e < perRow; e++, at++)
      sum += given[from + (columns ? columns[at] : e)] * weight[at];
    out[to + o] = sum;
  }
}

/** Adds Wᵀ dy to dx, which lies in `out` from `to` on. dy: lies in `given` from `from` on. */
function addTransposed(w: ReferenceLinear, given: Float64Array, from: number, out: Float64Array, to: number): void {
  const { weight, columns, outFeatures: m } = w;
  const perRow = weight.length / m;
  let o = 0;
  for (; !columns && o + TOGETHER <= m; o += TOGETHER) {
    const [d0, d1, d2, d3] = [given[from + o], given[from + o + 1], given[from + o + 2], given[from + o + 3]];
    for (let e = 0, at = o * perRow; e < perRow; e++, at++)
      out[to + e] =
        out[to + e] +
        d0 * weight[at] +
        d1 * weight[at + perRow] +
        d2 * weight[at + 2 * perRow] +
        d3 * weight[at + 3 * perRow];
  }
  for (; o < m; o++)
    for (let e = 0, at = o * perRow; e < perRow; e++, at++)
      out[to + (columns ? columns[at] : e)] += given[from + o] * weight[at];
}

export function linearOperations(memory: ReferenceMemory): LinearOperations<ReferenceTensor, ReferenceLinear> {
  return {
    linear(weights, precision = 'f32') {
      const { weight, bias, inFeatures, outFeatures } = precision === 'f16' ? halfLinear(weights) : weights;
      if (weight.length !== inFeatures * outFeatures)
        throw new Error(`linear: ${weight.length} weights for [${outFeatures}, ${inFeatures}].`);
      const rows = sparseRows(weight, inFeatures);
      return { inFeatures, outFeatures, ...rows, bias: bias && new Float64Array(bias) };
    },

    freeLinear(map) {
      map.weight = new Float64Array(map.outFeatures).fill(NaN); // any further use is noticed
      map.columns = new Int32Array(map.outFeatures);
      map.bias = null;
    },

    applyLinear(x, w, groups, lora, residual) {
      const { inFeatures: n, outFeatures: m, bias } = w;
      const rows = rowsOf(groups);
      expectShape(x, rows, n, 'applyLinear x');
      if (residual) expectShape(residual, rows, m, 'applyLinear residual');
      const y = memory.tensor(rows, m);
      const out = y.data;
      const given = x.data;
      const added = residual?.data;
      forLiveRows(groups, (row, group, rowOfGroup) => {
        const ab = factors(lora, group, n, m);
        const u = ab && timesA(dropped(given, row, ab.lora, group, rowOfGroup, n), ab.a, ab.rank);
        for (let o = 0; o < m; o++) out[row * m + o] = (bias ? bias[o] : 0) + (added ? added[row * m + o] : 0);
        addProduct(w, given, row * n, out, row * m);
        if (ab && u)
          for (let o = 0; o < m; o++)
            for (let r = 0; r < ab.rank; r++) out[row * m + o] += ab.scale * u[r] * ab.b[o * ab.rank + r];
      });
      return poison(y, groups);
    },

    linearInputGradient(dy, w, groups, lora, accumulate) {
      const { inFeatures: n, outFeatures: m } = w;
      const rows = rowsOf(groups);
      expectShape(dy, rows, m, 'linearInputGradient dy');
      if (accumulate) expectShape(accumulate, rows, n, 'linearInputGradient accumulate');
      const dx = memory.tensor(rows, n);
      const out = dx.data;
      const given = dy.data;
      const added = accumulate?.data;
      forLiveRows(groups, (row, group, rowOfGroup) => {
        const ofRow = given.subarray(row * m, (row + 1) * m);
        const ab = factors(lora, group, n, m);
        const du = ab && timesB(ofRow, ab.b, ab.rank);
        for (let i = 0; i < n; i++) {
          let sum = added ? added[row * n + i] : 0;
          if (ab && du) {
            const factor = ab.scale * keepFactor(ab.lora, group, rowOfGroup * n + i);
            for (let r = 0; r < ab.rank; r++) sum += factor * du[r] * ab.a[r * n + i];
          }
          out[row * n + i] = sum;
        }
        addTransposed(w, given, row * m, out, row * n);
      });
      if (accumulate) memory.free(accumulate);
      return poison(dx, groups);
    },

    loraGradient(dy, x, groups, lora, gradients) {
      const { cols: n } = x;
      const { cols: m } = dy;
      expectShape(gradients, lora.params.rows, lora.params.cols, 'loraGradient gradients');
      const out = gradients.data;
      const [given, gradient] = [x.data, dy.data];
      forLiveRows(groups, (row, group, rowOfGroup) => {
        const ab = factors(lora, group, n, m);
        if (!ab) return;
        const { rank, scale, aStart, bStart } = ab;
        const seen = dropped(given, row, lora, group, rowOfGroup, n);
        const ofRow = gradient.subarray(row * m, (row + 1) * m);
        const u = timesA(seen, ab.a, rank);
        const du = timesB(ofRow, ab.b, rank);
        for (let r = 0; r < rank; r++) {
          for (let o = 0; o < m; o++) out[bStart + o * rank + r] += scale * ofRow[o] * u[r];
          for (let i = 0; i < n; i++) out[aStart + r * n + i] += scale * du[r] * seen[i];
        }
      });
    },
  };
}
