/** AdamW, norms of rows and scales of segments. */
import { checkAdamw, checkSegments } from '../../../check-segments.ts';
import type { OptimizerOperations } from '../../../device.ts';
import type { OptimizerSegment } from '../../../operands.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { ADAMW_BLOCK_WORDS, adamwKernel } from '../kernels/adamw.ts';
import { partialSumsKernel } from '../kernels/row-norms.ts';
import { SCALE_BLOCK_WORDS, scaleSegmentsKernel } from '../kernels/scale-segments.ts';
import { widthOf } from '../kernels/elements.ts';
import { BLOCK_HEADER_WORDS, blockValues, USUAL_BLOCKS, type BlockForm } from '../kernels/segment-blocks.ts';
import type { Runtime } from '../runtime.ts';
import { UPDATES } from '../tuning/element-forms.ts';
import { grid } from '../workgroups.ts';

/** Values of a row that one workgroup of rowNorms adds up. */
const NORM_PART = 8192;
/** Blocks of segments are sized so that their table stays below this number of rows (plus one per segment). */
const MAX_BLOCKS = 16384;

/** Runs of values for one workgroup each. */
interface Blocks {
  /** [count, words]: (first value, values, both in units of the form's width, and what the kernel wants to know of the segment). */
  readonly blocks: Uint32Array;
  readonly count: number;
  /** [count]: slot · segments + segment. */
  readonly segmentOf: Int32Array;
  /** Values in all blocks. */
  readonly elements: number;
}

/** Cuts the wanted segments of all slots into blocks. Plain loops: a training step has hundreds of segments. */
function cutSegments(
  rows: number,
  cols: number,
  segments: readonly OptimizerSegment[],
  words: number,
  form: BlockForm,
  isWanted: (segment: number) => boolean,
): Blocks {
  const { length: perSlot } = segments;
  const all = rows * perSlot;
  let elements = 0;
  for (let i = 0; i < all; i++) if (isWanted(i)) elements += segments[i % perSlot].length;
  const least = blockValues(form);
  const size = least * Math.max(1, Math.ceil(elements / (least * MAX_BLOCKS)));
  const limit = Math.ceil(elements / size) + all;
  const blocks = new Uint32Array(words * limit);
  const segmentOf = new Int32Array(limit);
  let count = 0;
  for (let i = 0; i < all; i++) {
    if (!isWanted(i)) continue;
    const { offset, length } = segments[i % perSlot];
    const first = Math.floor(i / perSlot) * cols + offset;
    for (let done = 0; done < length; done += size, count++) {
      blocks[count * words] = (first + done) / form.width;
      blocks[count * words + 1] = Math.min(size, length - done) / form.width;
      segmentOf[count] = i;
    }
  }
  return { blocks: blocks.subarray(0, count * words), count, segmentOf, elements };
}

/** Writes what blocks hold of their segments, as f32 from `to` on. */
function fillBlocks(
  { blocks, count, segmentOf }: Blocks,
  words: number,
  write: (floats: Float32Array, to: number, segment: number) => void,
): void {
  const floats = new Float32Array(blocks.buffer);
  for (let block = 0; block < count; block++) write(floats, block * words + BLOCK_HEADER_WORDS, segmentOf[block]);
}

export function optimizerOperations(runtime: Runtime): OptimizerOperations<GpuTensor> {
  return {
    rowNorms(x) {
      const { rows, cols } = x;
      memoryOf(x);
      const norms = runtime.tensor(rows, 1);
      const parts = Math.max(1, Math.ceil(cols / NORM_PART));
      const cost = { flops: 2 * rows * cols, bytes: x.bytes + 4 * rows * parts };
      if (parts === 1) {
        runtime.dispatch(partialSumsKernel(true, true), [x, norms], [cols, 1, cols, rows], grid(rows), cost);
        return norms;
      }
      const partial = runtime.tensor(rows, parts);
      const count = rows * parts;
      runtime.dispatch(
        partialSumsKernel(true, false),
        [x, partial],
        [cols, parts, NORM_PART, count],
        grid(count),
        cost,
      );
      const rest = { flops: count, bytes: partial.bytes + norms.bytes };
      runtime.dispatch(partialSumsKernel(false, true), [partial, norms], [parts, 1, parts, rows], grid(rows), rest);
      runtime.free(partial);
      return norms;
    },

    scaleSegments(x, segments, factors) {
      const { rows, cols } = x;
      memoryOf(x);
      checkSegments(rows, cols, segments, factors);
      const cut = cutSegments(
        rows,
        cols,
        segments,
        SCALE_BLOCK_WORDS,
        USUAL_BLOCKS,
        (segment) => factors[segment] !== 1,
      );
      const { blocks, count, elements } = cut;
      if (count === 0) return;
      fillBlocks(cut, SCALE_BLOCK_WORDS, (floats, to, segment) => {
        floats[to] = factors[segment];
      });
      const cost = { flops: elements, bytes: 8 * elements };
      runtime.dispatch(scaleSegmentsKernel(), [x], [count, blocks], grid(count), cost);
    },

    adamw(params, gradients, m, v, segments, coefficients, options) {
      const { rows, cols } = params;
      const { beta1, beta2, epsilon, weightDecay, decay } = options;
      checkAdamw(rows, cols, segments, coefficients, decay);
      expectShape(gradients, rows, cols, 'adamw gradients');
      expectShape(m, rows, cols, 'adamw m');
      expectShape(v, rows, cols, 'adamw v');
      const decays = decay.map((factor) => weightDecay * factor);
      const width = widthOf(cols, ...segments.flatMap(({ offset, length }) => [offset, length]));
      runtime.launch(UPDATES, { values: rows * cols, width }, (form) => {
        const isActive = (segment: number) => coefficients[4 * segment] !== 0;
        const cut = cutSegments(rows, cols, segments, ADAMW_BLOCK_WORDS, form, isActive);
        const { blocks, count, elements } = cut;
        const fill = () => {
          fillBlocks(cut, ADAMW_BLOCK_WORDS, (floats, to, segment) => {
            for (let i = 0; i < 3; i++) floats[to + i] = coefficients[4 * segment + 1 + i];
            floats[to + 3] = decays[segment % segments.length];
          });
        };
        fill();
        runtime.derive(blocks, fill);
        return {
          kernel: adamwKernel(form),
          tensors: [params, gradients, m, v],
          valuesFrom: () => [count, blocks, beta1, beta2, 1 - beta1, 1 - beta2, epsilon],
          // All blocks at once: an update is never long.
          count: 1,
          workgroupsOf: () => grid(count),
          cost: { flops: 14 * elements, bytes: 28 * elements },
        };
      });
    },
  };
}
