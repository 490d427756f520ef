/** Softmax attention and its gradient. */
import type { AttentionOperations } from '../../../device.ts';
import type { AttentionShape } from '../../../operands.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';
import { liveSegments } from './groups.ts';

/** Checks a shape and derives the head size. */
function headSize(shape: AttentionShape, width: number): number {
  const { heads, causal, queries, tokens, sequences, groups } = shape;
  if (width % heads !== 0) throw new Error(`attention: ${width} columns do not divide into ${heads} heads.`);
  if (causal && queries !== tokens) throw new Error('attention: causal requires as many queries as tokens.');
  if (sequences % groups.count !== 0)
    throw new Error(`attention: ${sequences} sequences do not divide into ${groups.count} groups.`);
  return width / heads;
}

/** Records an attention kernel over sequence × head of the live groups. */
function recordHeads(
  r: Recorder,
  kernel: KernelId.attention | KernelId.attentionGradient,
  shape: AttentionShape,
  size: number,
  args: number[],
): void {
  const { sequences, heads, queries, tokens, groups } = shape;
  const live = liveSegments(groups, (sequences / groups.count) * heads);
  const segments = live ? r.stage(live.words) : 0;
  const items = live ? live.items : sequences * heads;
  const padded = Math.ceil(tokens / 8) * 8;
  const scoreRows = kernel === KernelId.attention ? 4 : Math.ceil(queries / 4) * 4;
  r.prepareScratch(4 * padded * (size + scoreRows));
  r.record(kernel, items, r.grain(items, queries * tokens * (size / 2 + 8) + tokens * size), ...args);
  r.float(args.length, 1 / Math.sqrt(size));
  if (live) r.segments(segments, live.words.length / 4);
}

export function attentionOperations(r: Recorder): AttentionOperations<WasmTensor> {
  return {
    attention(q, k, v, shape, keep) {
      const { sequences, queries, tokens, heads, causal } = shape;
      const width = q.cols;
      const size = headSize(shape, width);
      const inputs = [
        addressOf(q, sequences * queries, width, 'attention q'),
        addressOf(k, sequences * tokens, width, 'attention k'),
        addressOf(v, sequences * tokens, width, 'attention v'),
      ];
      r.begin();
      const out = r.tensor(sequences * queries, width);
      const probabilities = keep ? r.tensor(sequences * heads * queries, tokens) : null;
      const outputs = [out.address, probabilities?.address ?? 0];
      const args = [...inputs, ...outputs, queries, tokens, heads, size, causal ? 1 : 0];
      recordHeads(r, KernelId.attention, shape, size, args);
      return { out, softmax: probabilities };
    },

    attentionGradient(dOut, q, k, v, probabilities, shape) {
      const { sequences, queries, tokens, heads } = shape;
      const width = q.cols;
      const size = headSize(shape, width);
      const inputs = [
        addressOf(dOut, sequences * queries, width, 'attentionGradient dOut'),
        addressOf(q, sequences * queries, width, 'attentionGradient q'),
        addressOf(k, sequences * tokens, width, 'attentionGradient k'),
        addressOf(v, sequences * tokens, width, 'attentionGradient v'),
        addressOf(probabilities, sequences * heads * queries, tokens, 'attentionGradient probabilities'),
      ];
      r.begin();
      const dq = r.tensor(sequences * queries, width);
      const dk = r.tensor(sequences * tokens, width);
      const dv = r.tensor(sequences * tokens, width);
      const args = [...inputs, dq.address, dk.address, dv.address, queries, tokens, heads, size];
      recordHeads(r, KernelId.attentionGradient, shape, size, args);
      return { dq, dk, dv };
    },
  };
}
