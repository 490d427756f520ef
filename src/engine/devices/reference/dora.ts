/** DoRA in float64, written as in the formulas of `Device`. */
import type { DoraOperations } from '../../device.ts';
import { rowsOf, type DoraUse } from '../../operands.ts';
import { denseRow, type ReferenceLinear } from './linear.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, forLiveRows, poison, type ReferenceTensor } from './tensor.ts';

const norm = (squares: number) => Math.sqrt(squares + 1e-24);

/** (c − 1) and 1/n of output o in a group, or null when the group is inactive. */
function scalesOf({ scales, slotOfGroup }: DoraUse<ReferenceTensor>, group: number, o: number) {
  const slot = slotOfGroup[group];
  if (slot < 0) return null;
  const at = slot * scales.cols + o;
  return { change: scales.data[at] - 1, inverseNorm: scales.data[at + scales.cols / 2] };
}

export function doraOperations(memory: ReferenceMemory): DoraOperations<ReferenceTensor, ReferenceLinear> {
  return {
    doraScales(linear, { params, aOffset, bOffset, rank, scale }, offset) {
      const { inFeatures, outFeatures } = linear;
      const scales = memory.tensor(params.rows, 2 * outFeatures);
      for (let slot = 0; slot < params.rows; slot++) {
        const adapter = params.data.subarray(slot * params.cols, (slot + 1) * params.cols);
        for (let o = 0; o < outFeatures; o++) {
          const weights = denseRow(linear, o);
          let frozen = 0;
          let updated = 0;
          for (let i = 0; i < inFeatures; i++) {
            const w = weights[i];
            let update = 0;
            for (let r = 0; r < rank; r++)
              update += adapter[bOffset + o * rank + r] * adapter[aOffset + r * inFeatures + i];
            frozen += w * w;
            updated += (w + scale * update) ** 2;
          }
          const at = slot * scales.cols + o;
          scales.data[at] = (norm(frozen) + adapter[offset + o]) / norm(updated);
          scales.data[at + outFeatures] = 1 / norm(updated);
        }
      }
      return scales;
    },

    applyDora(z, { outFeatures: m, bias }, groups, dora, residual) {
      const rows = rowsOf(groups);
      expectShape(z, rows, m, 'applyDora z');
      expectShape(dora.scales, dora.scales.rows, 2 * m, 'applyDora scales');
      if (residual) expectShape(residual, rows, m, 'applyDora residual');
      const y = memory.tensor(rows, m);
      forLiveRows(groups, (row, group) => {
        for (let o = 0; o < m; o++) {
          const value = z.data[row * m + o];
          const change = scalesOf(dora, group, o)?.change ?? 0;
          y.data[row * m + o] = value + change * (value - (bias?.[o] ?? 0)) + (residual?.data[row * m + o] ?? 0);
        }
      });
      return poison(y, groups);
    },

    doraGradient(dy, z, { outFeatures: m, bias }, groups, dora, gradients) {
      const rows = rowsOf(groups);
      expectShape(dy, rows, m, 'doraGradient dy');
      expectShape(z, rows, m, 'doraGradient z');
      expectShape(dora.scales, gradients.rows, 2 * m, 'doraGradient scales');
      const dz = memory.tensor(rows, m);
      forLiveRows(groups, (row, group) => {
        for (let o = 0; o < m; o++) {
          const at = row * m + o;
          const scales = scalesOf(dora, group, o);
          dz.data[at] = dy.data[at] * (1 + (scales?.change ?? 0));
          if (!scales) continue;
          const target = dora.slotOfGroup[group] * gradients.cols + dora.offset + o;
          gradients.data[target] += dy.data[at] * (z.data[at] - (bias?.[o] ?? 0)) * scales.inverseNorm;
        }
      });
      return poison(dz, groups);
    },
  };
}
