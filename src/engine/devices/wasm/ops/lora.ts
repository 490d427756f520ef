/** The low-rank path of LoRA and the gradients of its factors. */
import type { LinearOperations } from '../../../device.ts';
import { isLive, rowsOf, type DeviceLinear, type Groups, type LoraUse } from '../../../operands.ts';
import { segmentsOf } from './groups.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';

/** Rows per claim: each claim transposes B once. */
const MIN_ROWS = 32;

export const hasDropout = (lora: LoraUse<WasmTensor>, group: number) =>
  lora.dropout !== null && lora.dropout.rates[group] > 0;

/** The first twelve arguments of the lora kernels; the scale is set after recording. */
function commonArguments(
  r: Recorder,
  lora: LoraUse<WasmTensor>,
  groups: Groups,
  inputs: number,
  outputs: number,
): number[] {
  const rates = lora.dropout ? r.stage(lora.dropout.rates, 'float') : 0;
  const keys = lora.dropout ? r.stage(lora.dropout.keys) : 0;
  return [
    lora.params.address,
    4 * lora.params.cols,
    4 * lora.aOffset,
    4 * lora.bOffset,
    lora.rank,
    0,
    r.stage(lora.slotOfGroup),
    rates,
    keys,
    groups.rowsPerGroup,
    inputs,
    outputs,
  ];
}

const SCALE_ARGUMENT = 5;
const GROUP_BY_GROUP = { multiple: 1, join: false };
const scratchBytes = (rank: number, inputs: number, outputs: number) => 4 * (rank * (outputs + 4) + rank + 4 + inputs);

/** Adds the low-rank path of the groups for which `uses` holds to `to`. */
export function loraRows(
  r: Recorder,
  kernel: KernelId.loraForward | KernelId.loraBackward,
  from: number,
  to: number,
  w: DeviceLinear,
  groups: Groups,
  lora: LoraUse<WasmTensor>,
  uses: (group: number) => boolean,
): void {
  const { words, items } = segmentsOf(groups, groups.rowsPerGroup, (g) => (uses(g) ? g : -1), GROUP_BY_GROUP);
  if (items === 0) return;
  const { inFeatures: inputs, outFeatures: outputs } = w;
  const args = commonArguments(r, lora, groups, inputs, outputs);
  const segments = r.stage(words);
  r.prepareScratch(scratchBytes(lora.rank, inputs, outputs));
  r.record(kernel, items, Math.max(MIN_ROWS, r.grain(items, 2 * lora.rank * (inputs + outputs))), ...args, from, to);
  r.float(SCALE_ARGUMENT, lora.scale);
  r.segments(segments, words.length / 4);
}

/** The groups of every distinct slot: words (slot, first, number) per slot, and the groups they refer to. */
export function groupsOfSlots(groups: Groups, slotOfGroup: Int32Array): { table: number[]; list: number[] } {
  const bySlot = new Map<number, number[]>();
  for (let g = 0; g < groups.count; g++) {
    const slot = slotOfGroup[g];
    if (slot < 0 || !isLive(groups, g)) continue;
    const members = bySlot.get(slot);
    if (members) members.push(g);
    else bySlot.set(slot, [g]);
  }
  const table: number[] = [];
  const list: number[] = [];
  for (const [slot, members] of bySlot) {
    table.push(slot, list.length, members.length);
    list.push(...members);
  }
  return { table, list };
}

/** What the gradients of the factors of one map follow from. */
export interface FactorGradients {
  /** Groups with an active LoRA, by slot. */
  readonly table: number[];
  readonly list: number[];
  readonly groups: Groups;
  readonly lora: LoraUse<WasmTensor>;
  readonly inputs: number;
  readonly outputs: number;
  /** Addresses of dy [R, outputs] and x [R, inputs]. */
  readonly dy: number;
  readonly x: number;
  /** Address of the gradients [slots, size]. */
  readonly target: number;
}

/** Checks shapes; null when no group has an active LoRA. */
export function planFactorGradients(
  dy: WasmTensor,
  x: WasmTensor,
  groups: Groups,
  lora: LoraUse<WasmTensor>,
  gradients: WasmTensor,
): FactorGradients | null {
  const rows = rowsOf(groups);
  const { cols: outputs } = dy;
  const { cols: inputs } = x;
  const addresses = {
    dy: addressOf(dy, rows, outputs, 'loraGradient dy'),
    x: addressOf(x, rows, inputs, 'loraGradient x'),
    target: addressOf(gradients, lora.params.rows, lora.params.cols, 'loraGradient gradients'),
  };
  addressOf(lora.params, lora.params.rows, lora.params.cols, 'LoRA params');
  const { table, list } = groupsOfSlots(groups, lora.slotOfGroup);
  return list.length === 0 ? null : { table, list, groups, lora, inputs, outputs, ...addresses };
}

/** Records u = drop(x) Aᵀ and du = dy B; returns how to record dA and dB, which read them. */
export function projectFactors(r: Recorder, plan: FactorGradients): () => void {
  const { table, list, groups, lora, inputs, outputs, dy, x, target } = plan;
  const rows = rowsOf(groups);
  const active = (g: number) => (lora.slotOfGroup[g] >= 0 ? g : -1);
  const { words, items } = segmentsOf(groups, groups.rowsPerGroup, active, GROUP_BY_GROUP);
  const args = commonArguments(r, lora, groups, inputs, outputs);
  const segments = r.stage(words);
  const uBytes = 4 * rows * Math.ceil(lora.rank / 4) * 4;
  const u = r.temporary(uBytes);
  const du = r.temporary(uBytes);
  const dropped = list.some((g) => hasDropout(lora, g)) ? r.temporary(4 * rows * inputs) : 0;
  r.prepareScratch(scratchBytes(lora.rank, inputs, outputs));
  const grain = Math.max(MIN_ROWS, r.grain(items, lora.rank * (inputs + outputs) * 0.25));
  r.record(KernelId.loraProject, items, grain, ...args, dy, x, u, du, dropped);
  r.float(SCALE_ARGUMENT, lora.scale);
  r.segments(segments, words.length / 4);

  return () => {
    const slots = table.length / 3;
    const columns = Math.ceil(inputs / 8) + Math.ceil(outputs / 8);
    const pieces = slots * Math.ceil(lora.rank / 4) * columns;
    const work = 8 * groups.rowsPerGroup * Math.ceil(list.length / slots);
    const tables = [r.stage(table), r.stage(list)];
    const products = [dy, dropped || x, u, du, target, ...tables];
    r.record(KernelId.loraAccumulate, pieces, r.grain(pieces, work), ...args, ...products);
    r.float(SCALE_ARGUMENT, lora.scale);
  };
}

export function loraGradients(r: Recorder): Pick<LinearOperations<WasmTensor>, 'loraGradient'> {
  return {
    loraGradient(dy, x, groups, lora, gradients) {
      const plan = planFactorGradients(dy, x, groups, lora, gradients);
      if (!plan) return;
      r.begin();
      projectFactors(r, plan)();
    },
  };
}
