/** What the WASM device allocates (devices/wasm/ops). */
import { blockSize } from '../devices/wasm/arena.ts';
import { MERGE_ROWS, PANEL, panelsOf } from '../devices/wasm/ops/linear.ts';
import type { Groups, LoraUse } from '../operands.ts';
import type { LinearTerm } from '../optional-operations.ts';
import { Account, type Counted } from './account.ts';
import type { CountedLinear, MemoryModel } from './counting-device.ts';

/** Commands and staged arrays. */
const FIXED_BYTES = 4096 * 128 + 4 * 2 ** 20;

const padded = (features: number) => PANEL * panelsOf(features);
const dropsIn = (lora: LoraUse<Counted>, group: number) => (lora.dropout?.rates[group] ?? 0) > 0;
const isLive = ({ live }: Groups, group: number) => !live || live[group] !== 0;

/** Distinct slots whose LoRA is merged into a copy of the weight. */
function mergedSlots(lora: LoraUse<Counted> | null, groups: Groups): number {
  if (!lora || groups.rowsPerGroup < MERGE_ROWS) return 0;
  const merges = (_: number, group: number) => isLive(groups, group) && !dropsIn(lora, group);
  return new Set([...lora.slotOfGroup].filter(merges).filter((slot) => slot >= 0)).size;
}

/** @param threads each has memory of its own for scores */
export function wasmMemory(threads: number): MemoryModel {
  const account = new Account(blockSize);
  const laidOut = new Set<number>();
  let nextId = 0;
  const scratch = (floats: number) => account.temporary(4 * threads * floats);
  const merge = (lora: LoraUse<Counted> | null, groups: Groups, k: number, n: number): void => {
    const slots = mergedSlots(lora, groups);
    if (slots > 0) account.temporary(4 * slots * k * padded(n));
  };
  const mergeForward = (terms: readonly LinearTerm<Counted, CountedLinear>[], groups: Groups): void => {
    for (const { map, lora } of terms) merge(lora, groups, map.inFeatures, map.outFeatures);
  };
  /** The packing of a map's weight that its backward reads, made when it is first asked for. */
  const layOutBackward = ({ id, inFeatures, outFeatures }: CountedLinear): void => {
    if (!laidOut.has(id)) account.weight(padded(inFeatures), outFeatures);
    laidOut.add(id);
  };
  const factorGradients = (x: Counted, groups: Groups, lora: LoraUse<Counted>): void => {
    const rank = 4 * Math.ceil(lora.rank / 4);
    account.temporary(4 * x.rows * rank); // the projections of x and dy
    account.temporary(4 * x.rows * rank);
    const drops = [...lora.slotOfGroup].some((slot, g) => slot >= 0 && isLive(groups, g) && dropsIn(lora, g));
    if (drops) account.temporary(4 * x.rows * x.cols);
  };
  return {
    account,
    fixedBytes: FIXED_BYTES,
    linear: {
      linear({ inFeatures, outFeatures, bias }) {
        account.begin();
        account.weight(padded(outFeatures), inFeatures);
        account.temporary(4 * inFeatures * outFeatures);
        if (bias) account.weight(1, outFeatures);
        return { id: nextId++, inFeatures, outFeatures };
      },
      freeLinear: () => {},
      applyLinear(x, { inFeatures, outFeatures }, groups, lora) {
        account.begin();
        const y = account.tensor(x.rows, outFeatures);
        merge(lora, groups, inFeatures, outFeatures);
        return y;
      },
      linearInputGradient(dy, map, groups, lora, accumulate) {
        const { inFeatures, outFeatures } = map;
        account.begin();
        const dx = accumulate ? account.takeOver(accumulate) : account.tensor(dy.rows, inFeatures);
        layOutBackward(map);
        merge(lora, groups, outFeatures, inFeatures);
        return dx;
      },
      loraGradient(_dy, x, groups, lora) {
        account.begin();
        factorGradients(x, groups, lora);
      },
    },
    fused: {
      applyLinears(x, terms, groups) {
        account.begin();
        const ys = terms.map(({ map }) => account.tensor(x.rows, map.outFeatures));
        mergeForward(terms, groups);
        return ys;
      },
      applyLinearActivated(x, term, _kind, groups, keep) {
        account.begin();
        const activated = account.tensor(x.rows, term.map.outFeatures);
        const hidden = keep ? account.tensor(x.rows, term.map.outFeatures) : null; // f′ of the values
        mergeForward([term], groups);
        return { hidden, activated };
      },
      linearsBackward(terms, groups, { x, input }) {
        account.begin();
        const [{ dy, map }] = terms;
        const accumulate = input?.accumulate ?? null;
        const dx = input && (accumulate ? account.takeOver(accumulate) : account.tensor(dy.rows, map.inFeatures));
        if (dx) for (const term of terms) layOutBackward(term.map);
        for (const { lora } of terms) if (lora && x) factorGradients(x, groups, lora);
        if (dx) for (const term of terms) merge(term.lora, groups, term.map.outFeatures, term.map.inFeatures);
        return dx;
      },
    },
    attention: {
      attention(q, _k, _v, { sequences, heads, queries, tokens }, keep) {
        account.begin();
        const out = account.tensor(q.rows, q.cols);
        const softmax = keep ? account.tensor(sequences * heads * queries, tokens) : null;
        scratch(padded(tokens) * (q.cols / heads + 4));
        return { out, softmax };
      },
      attentionGradient(dOut, _q, k, _v, _softmax, { heads, queries, tokens }) {
        account.begin();
        const dq = account.tensor(dOut.rows, dOut.cols);
        const [dk, dv] = [account.tensor(k.rows, k.cols), account.tensor(k.rows, k.cols)];
        scratch(padded(tokens) * (dOut.cols / heads + 4 * Math.ceil(queries / 4)));
        return { dq, dk, dv };
      },
    },
  };
}
