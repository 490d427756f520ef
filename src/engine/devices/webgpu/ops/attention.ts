/** Softmax attention and its gradient. */
import type { AttentionOperations } from '../../../device.ts';
import type { AttentionShape } from '../../../operands.ts';
import { expectShape, type GpuTensor } from '../gpu-tensor.ts';
import { attentionKeyGradientKernel, attentionQueryGradientKernel } from '../kernels/attention-gradient.ts';
import {
  attentionBlockKernel,
  attentionKeyGradientBlockKernel,
  attentionQueryGradientBlockKernel,
  BLOCK_ROWS,
  BLOCK_THREADS,
  MAX_BLOCK_LENGTH,
  type BlockVariant,
} from '../kernels/attention-blocks.ts';
import { attentionKernel, type AttentionVariant } from '../kernels/attention.ts';
import type { FieldValue } from '../constants.ts';
import { widthOf } from '../kernels/elements.ts';
import { fitsTile } from '../kernels/other-rows.ts';
import type { Runtime } from '../runtime.ts';
import { grid } from '../workgroups.ts';
import { liveRuns } from './live-runs.ts';

/** Queries (or keys) of a workgroup: enough to fill several subgroups, but few idle ones for short sequences. */
const threadsFor = (software: boolean, items: number): number =>
  software ? BLOCK_THREADS : Math.min(64, Math.ceil(items / 32) * 32);

/** From this many rows on, a GPU stages them in workgroup memory. Not measured on a card: shorter ones stay in its first-level cache. */
const STAGED_FROM = 64;

/** @throws Error when the shape is inconsistent */
function headSize({ heads, causal, queries, tokens, sequences, groups }: AttentionShape, width: number): number {
  if (width % heads !== 0) throw new Error(`attention: ${width} columns do not divide into ${heads} heads.`);
  if (causal && queries !== tokens) throw new Error('attention: causal requires as many queries as tokens.');
  if (sequences % groups.count !== 0)
    throw new Error(`attention: ${sequences} sequences do not divide into ${groups.count} groups.`);
  return width / heads;
}

interface Plan {
  /** Of the kernels with a row per thread. */
  readonly variant: AttentionVariant;
  /** Of the kernels with a block of rows per thread; null where those do not apply. */
  readonly block: BlockVariant | null;
  /** Of a dispatch that begins with workgroup `first`. */
  readonly fields: (first: number) => FieldValue[];
  readonly workgroups: number;
  /** Heads of the live sequences. */
  readonly items: number;
}

/** Threads for the `own` rows (queries or keys) of every head of the live sequences, each going through `length` others. */
function planFor(runtime: Runtime, shape: AttentionShape, width: number, own: number, length: number): Plan {
  const { sequences, heads, queries, tokens, causal, groups } = shape;
  const size = headSize(shape, width);
  const runs = liveRuns(groups, sequences / groups.count);
  const items = runs.rows * heads;
  const blocks = runtime.software && length <= MAX_BLOCK_LENGTH;
  const threads = threadsFor(runtime.software, own);
  const tiles = Math.ceil(own / (blocks ? BLOCK_ROWS : threads));
  const workers = items * tiles;
  const head = { size, width: widthOf(size) };
  return {
    variant: { head, causal, threads, staged: !runtime.software && length >= STAGED_FROM && fitsTile(head) },
    block: blocks ? { head, causal, length } : null,
    fields: (first) => [workers, first, tiles, heads, queries, tokens, 1 / Math.sqrt(size), runs.starts, runs.length],
    workgroups: blocks ? Math.ceil(workers / BLOCK_THREADS) : workers,
    items,
  };
}

export function attentionOperations(runtime: Runtime): AttentionOperations<GpuTensor> {
  return {
    /** out [S·queries, D] and, with `keep`, the logarithm of the sum of exponentials of each row of scores [S·heads·queries, 1]. */
    attention(q, k, v, shape, keep) {
      const { sequences, queries, tokens, heads } = shape;
      const width = q.cols;
      const { variant, block, fields, workgroups, items } = planFor(runtime, shape, width, queries, tokens);
      expectShape(q, sequences * queries, width, 'attention q');
      expectShape(k, sequences * tokens, width, 'attention k');
      expectShape(v, sequences * tokens, width, 'attention v');
      const out = runtime.tensor(sequences * queries, width);
      const logSums = keep ? runtime.tensor(sequences * heads * queries, 1) : null;
      const kernel = block ? attentionBlockKernel(block, keep) : attentionKernel(variant, keep);
      runtime.dispatchInPieces(kernel, [q, k, v, out, ...(logSums ? [logSums] : [])], fields, workgroups, grid, {
        flops: 4 * items * queries * tokens * variant.head.size,
        bytes: 4 * items * (2 * (queries + tokens) * variant.head.size + (keep ? queries : 0)),
      });
      return { out, softmax: logSums };
    },

    attentionGradient(dOut, q, k, v, logSums, shape) {
      const { sequences, queries, tokens, heads } = shape;
      const width = q.cols;
      const ofQueries = planFor(runtime, shape, width, queries, tokens);
      const ofKeys = planFor(runtime, shape, width, tokens, queries);
      expectShape(dOut, sequences * queries, width, 'attentionGradient dOut');
      expectShape(q, sequences * queries, width, 'attentionGradient q');
      expectShape(k, sequences * tokens, width, 'attentionGradient k');
      expectShape(v, sequences * tokens, width, 'attentionGradient v');
      expectShape(logSums, sequences * heads * queries, 1, 'attentionGradient softmax');
      const dq = runtime.tensor(sequences * queries, width);
      const dk = runtime.tensor(sequences * tokens, width);
      const dv = runtime.tensor(sequences * tokens, width);
      const scalars = runtime.tensor(sequences * heads * queries, 2);
      const { size } = ofQueries.variant.head;
      const flops = 8 * ofQueries.items * queries * tokens * size;
      const bytes = 4 * ofQueries.items;
      runtime.dispatchInPieces(
        ofQueries.block
          ? attentionQueryGradientBlockKernel(ofQueries.block)
          : attentionQueryGradientKernel(ofQueries.variant),
        [dOut, q, k, v, logSums, dq, scalars],
        ofQueries.fields,
        ofQueries.workgroups,
        grid,
        { flops, bytes: bytes * ((3 * queries + 2 * tokens) * size + 3 * queries) },
      );
      runtime.dispatchInPieces(
        ofKeys.block ? attentionKeyGradientBlockKernel(ofKeys.block) : attentionKeyGradientKernel(ofKeys.variant),
        [dOut, q, k, v, scalars, dk, dv],
        ofKeys.fields,
        ofKeys.workgroups,
        grid,
        { flops, bytes: bytes * ((2 * queries + 4 * tokens) * size + 2 * queries) },
      );
      runtime.free(scalars);
      return { dq, dk, dv };
    },
  };
}
