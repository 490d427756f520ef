/** Linear maps and LoRA in float64, written as in the formulas of `Device`. */
import { dropoutUniform } from '../../core/hash.ts';
import type { DeviceLinear, Groups, LoraUse, WeightGradient } from '../device.ts';
import { expectShape, forLiveRows, isLive, poison, ReferenceTensor } from './tensor.ts';

export interface ReferenceLinear extends DeviceLinear {
  /** [out, in] */
  weight: Float64Array;
  /** [out] */
  bias: Float64Array | null;
  readonly view: { params: ReferenceTensor; weightOffset: number; biasOffset: number } | null;
}

/** Re-reads the values of a linearView. */
export function refresh(linear: ReferenceLinear): void {
  if (!linear.view) return;
  const { params, weightOffset, biasOffset } = linear.view;
  const { inFeatures, outFeatures } = linear;
  linear.weight = params.data.slice(weightOffset, weightOffset + inFeatures * outFeatures);
  linear.bias = biasOffset < 0 ? null : params.data.slice(biasOffset, biasOffset + outFeatures);
}

/** The factor that dropout gives element (row, column) of the input of A in a group: 0, 1 or 1/(1 − rate). */
export function keepFactor(lora: LoraUse<ReferenceTensor>, group: number, index: number): number {
  if (!lora.dropout) return 1;
  const rate = lora.dropout.rates[group];
  if (rate <= 0) return 1;
  return dropoutUniform(lora.dropout.keys[group], index) >= rate ? 1 / (1 - rate) : 0;
}

/** Accessors of A [rank, in] and B [out, rank] of a group, or null when its LoRA is inactive. */
function factors(lora: LoraUse<ReferenceTensor> | null, group: number, inFeatures: number) {
  const slot = lora ? lora.slotOfGroup[group] : -1;
  if (!lora || slot < 0) return null;
  const base = slot * lora.params.cols;
  return {
    base,
    a: (r: number, i: number) => lora.params.data[base + lora.aOffset + r * inFeatures + i],
    b: (o: number, r: number) => lora.params.data[base + lora.bOffset + o * lora.rank + r],
  };
}

export function applyLinear(
  x: ReferenceTensor,
  w: ReferenceLinear,
  groups: Groups,
  lora: LoraUse<ReferenceTensor> | null,
  residual: ReferenceTensor | null,
): ReferenceTensor {
  const { inFeatures: n, outFeatures: m } = w;
  const rows = groups.count * groups.rowsPerGroup;
  expectShape(x, rows, n, 'applyLinear x');
  if (residual) expectShape(residual, rows, m, 'applyLinear residual');
  const y = new ReferenceTensor(rows, m);
  forLiveRows(groups, (row, group, rowOfGroup) => {
    const ab = factors(lora, group, n);
    const u: number[] = []; // [rank] = drop(x) Aᵀ
    for (let r = 0; lora && ab && r < lora.rank; r++) {
      u[r] = 0;
      for (let i = 0; i < n; i++)
        u[r] += x.data[row * n + i] * keepFactor(lora, group, rowOfGroup * n + i) * ab.a(r, i);
    }
    for (let o = 0; o < m; o++) {
      let sum = (w.bias ? w.bias[o] : 0) + (residual ? residual.data[row * m + o] : 0);
      for (let i = 0; i < n; i++) sum += x.data[row * n + i] * w.weight[o * n + i];
      for (let r = 0; lora && ab && r < lora.rank; r++) sum += lora.scale * u[r] * ab.b(o, r);
      y.data[row * m + o] = sum;
    }
  });
  return poison(y, groups);
}

export function linearInputGradient(
  dy: ReferenceTensor,
  w: ReferenceLinear,
  groups: Groups,
  lora: LoraUse<ReferenceTensor> | null,
  accumulate: ReferenceTensor | null,
): ReferenceTensor {
  const { inFeatures: n, outFeatures: m } = w;
  const rows = groups.count * groups.rowsPerGroup;
  expectShape(dy, rows, m, 'linearInputGradient dy');
  if (accumulate) expectShape(accumulate, rows, n, 'linearInputGradient accumulate');
  const dx = new ReferenceTensor(rows, n);
  forLiveRows(groups, (row, group, rowOfGroup) => {
    const ab = factors(lora, group, n);
    const du: number[] = []; // [rank] = dy B
    for (let r = 0; lora && ab && r < lora.rank; r++) {
      du[r] = 0;
      for (let o = 0; o < m; o++) du[r] += dy.data[row * m + o] * ab.b(o, r);
    }
    for (let i = 0; i < n; i++) {
      let sum = accumulate ? accumulate.data[row * n + i] : 0;
      for (let o = 0; o < m; o++) sum += dy.data[row * m + o] * w.weight[o * n + i];
      for (let r = 0; lora && ab && r < lora.rank; r++)
        sum += lora.scale * keepFactor(lora, group, rowOfGroup * n + i) * du[r] * ab.a(r, i);
      dx.data[row * n + i] = sum;
    }
  });
  return poison(dx, groups);
}

export function loraGradient(
  dy: ReferenceTensor,
  x: ReferenceTensor,
  groups: Groups,
  lora: LoraUse<ReferenceTensor>,
  gradients: ReferenceTensor,
): void {
  const { cols: n } = x;
  const { cols: m } = dy;
  const { rank, scale } = lora;
  expectShape(gradients, lora.params.rows, lora.params.cols, 'loraGradient gradients');
  for (let group = 0; group < groups.count; group++) {
    const ab = factors(lora, group, n);
    if (!ab || !isLive(groups, group)) continue;
    for (let rowOfGroup = 0; rowOfGroup < groups.rowsPerGroup; rowOfGroup++) {
      const row = group * groups.rowsPerGroup + rowOfGroup;
      for (let r = 0; r < rank; r++) {
        let u = 0;
        let du = 0;
        for (let i = 0; i < n; i++) u += x.data[row * n + i] * keepFactor(lora, group, rowOfGroup * n + i) * ab.a(r, i);
        for (let o = 0; o < m; o++) du += dy.data[row * m + o] * ab.b(o, r);
        for (let o = 0; o < m; o++)
          gradients.data[ab.base + lora.bOffset + o * rank + r] += scale * dy.data[row * m + o] * u;
        for (let i = 0; i < n; i++)
          gradients.data[ab.base + lora.aOffset + r * n + i] +=
            scale * du * x.data[row * n + i] * keepFactor(lora, group, rowOfGroup * n + i);
      }
    }
  }
}

export function linearWeightGradient(
  dy: ReferenceTensor,
  x: ReferenceTensor,
  into: WeightGradient<ReferenceTensor>,
): void {
  const gradients = into.gradients.data;
  if (x.rows !== dy.rows) throw new Error(`linearWeightGradient: dy has ${dy.rows} rows and x ${x.rows}.`);
  for (let row = 0; row < dy.rows; row++)
    for (let o = 0; o < dy.cols; o++) {
      const d = dy.data[row * dy.cols + o];
      if (into.biasOffset >= 0) gradients[into.biasOffset + o] += d;
      for (let i = 0; i < x.cols; i++) gradients[into.weightOffset + o * x.cols + i] += d * x.data[row * x.cols + i];
    }
}
