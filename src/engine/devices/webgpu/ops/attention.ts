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
  type BlockVariant,
} from '../kernels/attention-blocks.ts';
import { attentionKernel, SHARING_THREADS, type AttentionVariant } from '../kernels/attention.ts';
import type { FieldValue } from '../constants.ts';
import { widthOf } from '../kernels/elements.ts';
import type { Kernel } from '../kernel.ts';
import type { Cost } from '../program.ts';
import type { Runtime } from '../runtime.ts';
import { ATTENTION, type AttentionForm, type AttentionProblem } from '../tuning/attention-forms.ts';
import { grid } from '../workgroups.ts';
import { liveRuns } from './live-runs.ts';

/** @throws Error when the shape is inconsistent */
function headSize({ heads, causal, queries, tokens, sequences, groups }: AttentionShape, width: number): number {
  if (width % heads !== 0) throw new Error(`attention: ${width} columns do not divide into ${heads} heads.`);
  if (causal && queries !== tokens) throw new Error('attention: causal requires as many queries as tokens.');
  if (sequences % groups.count !== 0)
    throw new Error(`attention: ${sequences} sequences do not divide into ${groups.count} groups.`);
  return width / heads;
}

/** The dispatch of a pass over the `own` rows (queries or keys) of every head of the live sequences, each going through `length` others. */
interface Pass {
  readonly problem: AttentionProblem;
  readonly fields: (form: AttentionForm) => (first: number) => FieldValue[];
  readonly workgroups: (form: AttentionForm) => number;
}

const SHARING: Partial<Record<AttentionForm['kind'], AttentionVariant['sharing']>> = {
  shared: 'subgroup',
  'shared in memory': 'memory',
};

/** Rows that a workgroup (of blocks: a thread) owns. */
function rowsOf({ kind, threads }: AttentionForm): number {
  if (kind === 'blocks') return BLOCK_ROWS;
  return SHARING[kind] ? threads / SHARING_THREADS : threads;
}

function passOf(
  shape: AttentionShape,
  width: number,
  pass: AttentionProblem['pass'],
  own: number,
  length: number,
): Pass {
  const { sequences, heads, queries, tokens, causal, groups } = shape;
  const size = headSize(shape, width);
  const runs = liveRuns(groups, sequences / groups.count);
  const items = runs.rows * heads;
  const tilesOf = (form: AttentionForm) => (form.kind === 'packed' ? own : Math.ceil(own / rowsOf(form)));
  return {
    problem: { pass, head: { size, width: widthOf(size) }, causal, own, length, items },
    fields: (form) => {
      const tiles = tilesOf(form);
      const scale = 1 / Math.sqrt(size);
      return (first) => [items * tiles, first, tiles, heads, queries, tokens, scale, runs.starts, runs.length];
    },
    workgroups: (form) => {
      const workers = items * tilesOf(form);
      return form.kind === 'packed' || form.kind === 'blocks' ? Math.ceil(workers / form.threads) : workers;
    },
  };
}

/** A kernel in each of its forms. */
interface Kernels {
  readonly rows: (variant: AttentionVariant) => Kernel;
  readonly blocks: (variant: BlockVariant) => Kernel;
}

function launch(
  runtime: Runtime,
  { problem, fields, workgroups }: Pass,
  { rows, blocks }: Kernels,
  tensors: readonly GpuTensor[],
  cost: Cost,
): void {
  const { head, causal, length } = problem;
  runtime.launch(ATTENTION, problem, (form) => {
    const { kind, threads } = form;
    const kernel =
      kind === 'blocks'
        ? blocks({ head, causal, length })
        : rows({
            head,
            causal,
            threads,
            staged: kind === 'staged',
            packed: kind === 'packed',
            sharing: SHARING[kind] ?? null,
          });
    return { kernel, tensors, valuesFrom: fields(form), count: workgroups(form), workgroupsOf: grid, cost };
  });
}

export function attentionOperations(runtime: Runtime): AttentionOperations<GpuTensor> {
  return {
    /** out [S·queries, D] and, with `keep`, the logarithm of the sum of exponentials of each row of scores [S·heads·queries, 1]. */
    attention(q, k, v, shape, keep) {
      const { sequences, queries, tokens, heads } = shape;
      const width = q.cols;
      const pass = passOf(shape, width, keep ? 'forward, kept' : 'forward', queries, tokens);
      const { items, head } = pass.problem;
      expectShape(q, sequences * queries, width, 'attention q');
      expectShape(k, sequences * tokens, width, 'attention k');
      expectShape(v, sequences * tokens, width, 'attention v');
      const out = runtime.tensor(sequences * queries, width);
      const logSums = keep ? runtime.tensor(sequences * heads * queries, 1) : null;
      launch(
        runtime,
        pass,
        {
          rows: (variant) => attentionKernel(variant, keep),
          blocks: (variant) => attentionBlockKernel(variant, keep),
        },
        [q, k, v, out, ...(logSums ? [logSums] : [])],
        {
          flops: 4 * items * queries * tokens * head.size,
          bytes: 4 * items * (2 * (queries + tokens) * head.size + (keep ? queries : 0)),
        },
      );
      return { out, softmax: logSums };
    },

    attentionGradient(dOut, q, k, v, logSums, shape) {
      const { sequences, queries, tokens, heads } = shape;
      const width = q.cols;
      const ofQueries = passOf(shape, width, 'gradient of q', queries, tokens);
      const ofKeys = passOf(shape, width, 'gradient of k and v', tokens, queries);
      expectShape(dOut, sequences * queries, width, 'attentionGradient dOut');
      expectShape(q, sequences * queries, width, 'attentionGradient q');
      expectShape(k, sequences * tokens, width, 'attentionGradient k');
      expectShape(v, sequences * tokens, width, 'attentionGradient v');
      expectShape(logSums, sequences * heads * queries, 1, 'attentionGradient softmax');
      const dq = runtime.tensor(sequences * queries, width);
      const dk = runtime.tensor(sequences * tokens, width);
      const dv = runtime.tensor(sequences * tokens, width);
      const scalars = runtime.tensor(sequences * heads * queries, 2);
      const { items, head } = ofQueries.problem;
      const flops = 8 * items * queries * tokens * head.size;
      const bytes = 4 * items;
      launch(
        runtime,
        ofQueries,
        { rows: attentionQueryGradientKernel, blocks: attentionQueryGradientBlockKernel },
        [dOut, q, k, v, logSums, dq, scalars],
        { flops, bytes: bytes * ((3 * queries + 2 * tokens) * head.size + 3 * queries) },
      );
      launch(
        runtime,
        ofKeys,
        { rows: attentionKeyGradientKernel, blocks: attentionKeyGradientBlockKernel },
        [dOut, q, k, v, scalars, dk, dv],
        { flops, bytes: bytes * ((2 * queries + 4 * tokens) * head.size + 2 * queries) },
      );
      runtime.free(scalars);
      return { dq, dk, dv };
    },
  };
}
