/** LoRA of maps that share an input, and the groups of rows it acts on, as the kernels take them. */
import { isLive, type DeviceLinear, type Groups, type LoraUse } from '../../../operands.ts';
import type { LinearTerm } from '../../../optional-operations.ts';
import { memoryOf, type GpuTensor } from '../gpu-tensor.ts';

export type GpuLora = LoraUse<GpuTensor>;

/** LoRA of up to three maps, null where a map has none: one params tensor, one rank. */
export interface LoraTerms {
  readonly params: GpuTensor;
  readonly rank: number;
  readonly dropout: boolean;
  /** Per term; −1 for every group where a map has no LoRA. */
  readonly slots: readonly Int32Array[];
  readonly terms: readonly (GpuLora | null)[];
}

const NO_SLOTS = new Map<number, Int32Array>();

function noSlots(count: number): Int32Array {
  let slots = NO_SLOTS.get(count);
  if (!slots) {
    slots = new Int32Array(count).fill(-1);
    NO_SLOTS.set(count, slots);
  }
  return slots;
}

const hasDropout = (lora: GpuLora | null) => Boolean(lora?.dropout?.rates.some((rate) => rate > 0));

/** Null when no live group has LoRA. @throws Error when a slot or a factor does not exist */
export function loraTerms(terms: readonly LinearTerm<GpuTensor>[], groups: Groups): LoraTerms | null {
  for (const { map, lora } of terms) if (lora) checkLora(lora, map, groups);
  const active = terms.map(({ lora }) =>
    lora?.slotOfGroup.some((slot, group) => slot >= 0 && isLive(groups, group)) ? lora : null,
  );
  const some = active.find((lora) => lora !== null);
  if (!some) return null;
  return {
    params: some.params,
    rank: some.rank,
    dropout: active.some(hasDropout),
    slots: active.map((lora) => lora?.slotOfGroup ?? noSlots(groups.count)),
    terms: active,
  };
}

function checkLora(lora: GpuLora, { inFeatures, outFeatures }: DeviceLinear, groups: Groups): void {
  const { params, slotOfGroup, rank, aOffset, bOffset, dropout } = lora;
  memoryOf(params);
  if (slotOfGroup.length !== groups.count)
    throw new Error(`LoRA names ${slotOfGroup.length} slots for ${groups.count} groups.`);
  for (const slot of slotOfGroup)
    if (slot >= params.rows) throw new RangeError(`LoRA slot ${slot} does not exist: there are ${params.rows}.`);
  const end = Math.max(aOffset + rank * inFeatures, bOffset + outFeatures * rank);
  if (aOffset < 0 || bOffset < 0 || end > params.cols)
    throw new RangeError(`LoRA factors end at ${end} of ${params.cols} parameters.`);
  if (dropout && (dropout.rates.length !== groups.count || dropout.keys.length !== groups.count))
    throw new Error(`LoRA dropout is given for ${dropout.rates.length} of ${groups.count} groups.`);
}

/** Whether a kernel can treat two maps together. */
export const together = (a: GpuLora | null, b: GpuLora | null): boolean =>
  !a || !b || (a.params === b.params && a.rank === b.rank);

/** Runs of neighbouring terms, at most `limit` long, whose LoRA a kernel can treat together. */
export function chunks<T extends { readonly lora: GpuLora | null }>(terms: readonly T[], limit: number): T[][] {
  const result: T[][] = [];
  for (const term of terms) {
    const last = result.at(-1);
    if (last && last.length < limit && last.every(({ lora }) => together(lora, term.lora))) last.push(term);
    else result.push([term]);
  }
  return result;
}

/** Rows as a kernel visits them: `list` names groups of `rows` rows. */
export interface RowGroups {
  readonly list: Int32Array;
  readonly rows: number;
}

const NAMES = new Map<number, Int32Array>();

/** 0 … count − 1; always the same array, so that a submission holds it once. */
function firstGroups(count: number): Int32Array {
  let names = NAMES.get(count);
  if (!names) {
    names = Int32Array.from({ length: count }, (_, g) => g);
    NAMES.set(count, names);
  }
  return names;
}

// Plain loops: these functions run several times per layer and step, and a step may cost the host a millisecond or two in all.

function allLive({ count, live }: Groups): boolean {
  if (live) for (let g = 0; g < count; g++) if (live[g] === 0) return false;
  return true;
}

/** Whether all groups have the same LoRA. */
function alike({ dropout, slots }: LoraTerms): boolean {
  if (dropout) return false;
  for (const slotOf of slots) for (const slot of slotOf) if (slot !== slotOf[0]) return false;
  return true;
}

/** All rows as one group when all groups are live and alike; otherwise the live groups. */
export function rowGroups(groups: Groups, lora: LoraTerms | null): RowGroups {
  const { count, rowsPerGroup } = groups;
  if (allLive(groups)) {
    if (!lora || alike(lora)) return { list: firstGroups(1), rows: count * rowsPerGroup };
    return { list: firstGroups(count), rows: rowsPerGroup };
  }
  return { list: firstGroups(count).filter((g) => isLive(groups, g)), rows: rowsPerGroup };
}

/** The live groups that use LoRA for some term. */
export function loraGroups(groups: Groups, lora: LoraTerms): RowGroups {
  const all = rowGroups(groups, lora);
  const uses = (g: number) => lora.slots.some((slots) => slots[g] >= 0);
  return all.list.every(uses) ? all : { ...all, list: all.list.filter(uses) };
}

/**
 * For every term and slot, the live groups that use it: entries (term, slot, first, number) and the groups they refer to. The groups of a slot
 * are in ascending order, so that sums over them always have the same order.
 */
export function groupsOfSlots(
  groups: Groups,
  slotsOfTerms: readonly Int32Array[],
): { entries: Uint32Array; list: Uint32Array } {
  const entries: number[] = [];
  const list: number[] = [];
  slotsOfTerms.forEach((slots, term) => {
    const members = new Map<number, number[]>();
    slots.forEach((slot, group) => {
      if (slot < 0 || !isLive(groups, group)) return;
      const known = members.get(slot);
      if (known) known.push(group);
      else members.set(slot, [group]);
    });
    for (const [slot, of] of members) {
      entries.push(term, slot, list.length, of.length);
      list.push(...of);
    }
  });
  return { entries: Uint32Array.from(entries), list: Uint32Array.from(list) };
}
