/** What the WebGPU device allocates (devices/webgpu/ops). */
import { sizeClass } from '../devices/webgpu/buffer-pool.ts';
import { canBeHalves } from '../devices/webgpu/kernels/halves.ts';
import { forwardVectors, MAX_TERMS, vectorsOf } from '../devices/webgpu/kernels/matmul-variant.ts';
import { SCRATCH_BYTES } from '../devices/webgpu/tuning/forms.ts';
import { isLive, rowsOf, type Groups, type LoraUse } from '../operands.ts';
import type { BackwardTerm, LinearTerm } from '../optional-operations.ts';
import { Account, type Counted } from './account.ts';
import type { CountedLinear, MemoryModel } from './counting-device.ts';

/** The buffer of constants. What a card's forms take for a product that workgroups share comes on top: once for all, whichever forms are chosen. */
const FIXED_BYTES = 4 * 2 ** 20;

type Term = LinearTerm<Counted, CountedLinear>;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const isUsed = (lora: LoraUse<Counted> | null, groups: Groups) =>
  lora !== null && lora.slotOfGroup.some((slot, group) => slot >= 0 && isLive(groups, group));

/** Pieces of at most `most` terms. */
function chunks<E>(terms: readonly E[], most: number): E[][] {
  return Array.from({ length: Math.ceil(terms.length / most) }, (_, i) => terms.slice(i * most, (i + 1) * most));
}

/** @param maxTensorBytes the most a binding holds @param software whether the adapter computes on the processor */
export function webgpuMemory(maxTensorBytes: number, software: boolean): MemoryModel {
  const account = new Account((bytes) => Math.min(sizeClass(bytes), Math.max(bytes, maxTensorBytes)));
  const laidOut = new Set<string>();
  let nextId = 0;

  /** Lays out the matrix of maps of one input the first time it is asked for. The backward matrix of one map is its weight as stored. */
  const layOut = (maps: readonly CountedLinear[], direction: 'forward' | 'backward'): void => {
    const [{ inFeatures }] = maps;
    const words = maps.every(({ half }) => half) ? 2 : 4; // of four columns
    if (direction === 'backward' && maps.length === 1 && inFeatures % 4 === 0) return;
    const key = `${direction} ${maps.map(({ id }) => id).join()}`;
    if (laidOut.has(key)) return;
    laidOut.add(key);
    const outputs = maps.map(({ outFeatures }) => outFeatures);
    if (direction === 'backward') account.weight(sum(outputs), words * vectorsOf(inFeatures));
    else account.weight(inFeatures + 1, words * forwardVectors(outputs)); // the last row is the bias
  };

  /** What a skinny product gives: a column per term and rank. Null where no live group has LoRA. */
  const projected = (terms: readonly Term[], groups: Groups): Counted | null => {
    const used = terms.find(({ lora }) => isUsed(lora, groups));
    return used?.lora ? account.tensor(rowsOf(groups), terms.length * used.lora.rank) : null;
  };

  const forward = (terms: readonly Term[], groups: Groups, keepsHidden: boolean): Counted[] => {
    layOut(
      terms.map(({ map }) => map),
      'forward',
    );
    const u = projected(terms, groups);
    const valueBytes = ({ half, outFeatures }: CountedLinear) =>
      keepsHidden && half && canBeHalves(outFeatures) ? 2 : 4;
    const results = terms.map(({ map }) => account.tensor(rowsOf(groups), map.outFeatures, valueBytes(map)));
    if (keepsHidden) {
      const [{ map }] = terms;
      results.push(account.tensor(rowsOf(groups), map.outFeatures, valueBytes(map)));
    }
    if (u) account.free(u);
    return results;
  };

  /** @param wanted null: no dx is formed */
  const backward = (
    terms: readonly BackwardTerm<Counted, CountedLinear>[],
    groups: Groups,
    readsX: boolean,
    wanted: { readonly accumulate: Counted | null; readonly activation: unknown } | null,
  ): Counted | null => {
    let dx = wanted?.accumulate ?? null;
    for (const part of chunks(terms, wanted?.activation ? MAX_TERMS - 1 : MAX_TERMS)) {
      const u = readsX ? projected(part, groups) : null;
      const v = projected(part, groups);
      if (wanted) {
        const maps = part.map(({ map }) => map);
        layOut(maps, 'backward');
        dx = dx ? account.takeOver(dx) : account.tensor(rowsOf(groups), maps[0].inFeatures);
      }
      for (const projection of [u, v]) if (projection) account.free(projection);
    }
    return dx;
  };

  return {
    account,
    fixedBytes: FIXED_BYTES + (software ? 0 : SCRATCH_BYTES),
    linear: {
      linear({ inFeatures, outFeatures, bias }, precision = 'f32') {
        const values = inFeatures * outFeatures + (bias ? outFeatures : 0);
        const half = precision === 'f16';
        account.weight(1, half ? Math.ceil(values / 2) : values);
        return { id: nextId++, inFeatures, outFeatures, half };
      },
      freeLinear: () => {},
      applyLinear: (_x, map, groups, lora) => forward([{ map, lora }], groups, false)[0],
      linearInputGradient(dy, map, groups, lora, accumulate) {
        const dx = backward([{ dy, map, lora }], groups, false, { accumulate, activation: null });
        if (!dx) throw new Error('linearInputGradient formed nothing.');
        return dx;
      },
      loraGradient(dy, x, groups, lora) {
        const map = { id: -1, inFeatures: x.cols, outFeatures: dy.cols };
        backward([{ dy, map, lora }], groups, true, null);
      },
    },
    fused: {
      applyLinears: (_x, terms, groups) => chunks(terms, MAX_TERMS).flatMap((part) => forward(part, groups, false)),
      applyLinearActivated(_x, term, _kind, groups, keep) {
        const [activated, hidden = null] = forward([term], groups, keep);
        return { hidden, activated };
      },
      linearsBackward: (terms, groups, { x, input }) => backward(terms, groups, x !== null, input),
    },
    attention: {
      attention: (q, _k, _v, { sequences, heads, queries }, keep) => ({
        out: account.tensor(q.rows, q.cols),
        softmax: keep ? account.tensor(sequences * heads * queries, 1) : null,
      }),
      attentionGradient(dOut, _q, k, _v, _softmax, { sequences, heads, queries }) {
        const dq = account.tensor(dOut.rows, dOut.cols);
        const [dk, dv] = [account.tensor(k.rows, k.cols), account.tensor(k.rows, k.cols)];
        account.free(account.tensor(sequences * heads * queries, 2)); // Σ p dP of every query
        return { dq, dk, dv };
      },
    },
  };
}
