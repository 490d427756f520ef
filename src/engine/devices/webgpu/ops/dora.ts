/** DoRA behind a linear map. */
import type { DoraOperations } from '../../../device.ts';
import { rowsOf, type DoraUse, type Groups } from '../../../operands.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { applyDoraKernel, doraMagnitudeGradientKernel, doraScalesKernel, MAGNITUDE_COLUMNS } from '../kernels/dora.ts';
import { ELEMENTS, widthOf } from '../kernels/elements.ts';
import { lanesFor, rowsPerWorkgroup } from '../kernels/row-lanes.ts';
import type { Runtime } from '../runtime.ts';
import { grid } from '../workgroups.ts';
import type { GpuLinear } from './linear-matrix.ts';
import { liveRuns } from './live-runs.ts';
import { groupsOfSlots } from './lora-terms.ts';

/** y = z + (c − 1) ∘ (z − b) (+ residual); no b is zeros. */
function scaled(
  runtime: Runtime,
  z: GpuTensor,
  bias: { readonly source: GpuTensor; readonly offset: number; readonly half: boolean } | null,
  groups: Groups,
  { scales, slotOfGroup }: DoraUse<GpuTensor>,
  residual: GpuTensor | null,
): GpuTensor {
  const { rows, cols } = z;
  const y = runtime.tensor(rows, cols);
  const width = widthOf(cols, bias?.offset ?? 0);
  const runs = liveRuns(groups, groups.rowsPerGroup);
  const count = (runs.rows * cols) / width;
  runtime.dispatch(
    applyDoraKernel({ bias: bias !== null, half: bias?.half ?? false, residual: residual !== null, width }),
    [z, scales, ...(bias ? [bias.source] : []), ...(residual ? [residual] : []), y],
    [
      count,
      cols / width,
      runs.starts,
      runs.length,
      groups.rowsPerGroup,
      slotOfGroup,
      ...(bias ? [bias.offset / width] : []),
    ],
    grid(Math.ceil(count / ELEMENTS)),
    { flops: 4 * runs.rows * cols, bytes: 4 * runs.rows * cols * (residual ? 3 : 2) },
  );
  return y;
}

const biasOf = ({ source, biasOffset, precision }: GpuLinear) =>
  biasOffset < 0 ? null : { source, offset: biasOffset, half: precision === 'f16' };

export function doraOperations(runtime: Runtime): DoraOperations<GpuTensor, GpuLinear> {
  return {
    doraScales({ inFeatures, outFeatures, source, precision }, { params, aOffset, bOffset, rank, scale }, offset) {
      memoryOf(params);
      const { rows: slots, cols: size } = params;
      const end = Math.max(aOffset + rank * inFeatures, bOffset + outFeatures * rank, offset + outFeatures);
      if (end > size) throw new RangeError(`DoRA factors end at ${end} of ${size} parameters.`);
      const scales = runtime.tensor(slots, 2 * outFeatures);
      const rows = slots * outFeatures;
      const lanes = runtime.software ? 1 : lanesFor(inFeatures);
      runtime.dispatch(
        doraScalesKernel(lanes, precision === 'f16'),
        [source, params, scales],
        [rows, inFeatures, outFeatures, rank, size, aOffset, bOffset, offset, scale],
        grid(Math.ceil(rows / rowsPerWorkgroup(lanes))),
        {
          flops: 2 * rows * inFeatures * (rank + 2),
          bytes: (precision === 'f16' ? 2 : 4) * outFeatures * inFeatures + 4 * slots * end + scales.bytes,
        },
      );
      return scales;
    },

    applyDora(z, map, groups, dora, residual) {
      const { outFeatures } = map;
      expectShape(z, rowsOf(groups), outFeatures, 'applyDora z');
      expectShape(dora.scales, dora.scales.rows, 2 * outFeatures, 'applyDora scales');
      if (residual) expectShape(residual, z.rows, outFeatures, 'applyDora residual');
      return scaled(runtime, z, biasOf(map), groups, dora, residual);
    },

    doraGradient(dy, z, map, groups, dora, gradients) {
      const { outFeatures: cols } = map;
      const { scales, offset, slotOfGroup } = dora;
      expectShape(dy, rowsOf(groups), cols, 'doraGradient dy');
      expectShape(z, rowsOf(groups), cols, 'doraGradient z');
      expectShape(scales, gradients.rows, 2 * cols, 'doraGradient scales');
      const dz = scaled(runtime, dy, null, groups, dora, null);
      const { entries, list } = groupsOfSlots(groups, [slotOfGroup]);
      const bias = biasOf(map);
      const rows = groups.rowsPerGroup * list.length;
      runtime.dispatch(
        doraMagnitudeGradientKernel(bias !== null, bias?.half ?? false),
        [dy, z, scales, ...(bias ? [bias.source] : []), gradients],
        [entries, list, groups.rowsPerGroup, cols, gradients.cols, offset, ...(bias ? [bias.offset] : [])],
        [Math.ceil(cols / MAGNITUDE_COLUMNS), entries.length / 4, 1],
        { flops: 3 * rows * cols, bytes: 8 * rows * cols },
      );
      return dz;
    },
  };
}
