/** Linear maps: packed weights, merged LoRA, and the choice of work units. */
import type { LinearOperations } from '../../../device.ts';
import { isLive, rowsOf, type DeviceLinear, type Groups, type LoraUse } from '../../../operands.ts';
import { segmentsOf, type Segments } from './groups.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import { hasDropout, loraGradients, loraRows } from './lora.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';

/** Outputs whose weights lie side by side, [inputs, PANEL]: two vectors of four. */
export const PANEL = 8;
/** Floats of x that a block of rows may have to stay in the second-level cache. */
const BLOCK_FLOATS = 65536;
const MAX_BLOCK_ROWS = 64;
/** Inputs or outputs from which on packing rows of x pays: +3 % at 768 → 768, +7 to 12 % with 3,072, nothing at 384 and less. */
const PACKED_FROM = 768;
/** Groups of fewer rows use the low-rank path: forming a merged weight would cost more than it saves. */
export const MERGE_ROWS = 12;

/** Panels of so many outputs; the last one is padded. */
export const panelsOf = (features: number) => Math.ceil(features / PANEL);

/** A map in device memory, packed in panels of eight outputs. freeLinear gives it back. */
export class WasmLinear implements DeviceLinear {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** [⌈out/8⌉, in, 8] */
  readonly forward: WasmTensor;
  /** [⌈in/8⌉, out, 8], made when first needed. */
  backward: WasmTensor | null = null;
  readonly bias: WasmTensor | null;

  constructor(shape: DeviceLinear, forward: WasmTensor, bias: WasmTensor | null) {
    this.inFeatures = shape.inFeatures;
    this.outFeatures = shape.outFeatures;
    this.forward = forward;
    this.bias = bias;
  }

  get biasAddress(): number {
    return this.bias?.address ?? 0;
  }

  /** Frees the backward packing, which is made again when needed. */
  forgetBackward(r: Recorder): void {
    if (this.backward) r.free(this.backward);
    this.backward = null;
  }
}

/** Packs the weight [out, in] at an address. */
export function packForward(
  r: Recorder,
  source: number,
  forward: WasmTensor,
  inFeatures: number,
  outFeatures: number,
): void {
  const panels = panelsOf(outFeatures);
  const grain = r.grain(panels, inFeatures * PANEL * 4);
  r.record(KernelId.pack, panels, grain, source, forward.address, inFeatures, outFeatures, 4 * inFeatures, 4);
}

function backwardAddress(r: Recorder, linear: WasmLinear): number {
  const { inFeatures, outFeatures } = linear;
  if (linear.backward) return linear.backward.address;
  const panels = panelsOf(inFeatures);
  linear.backward = r.made.lasting(() => r.tensor(panels * outFeatures, PANEL));
  const { address } = linear.backward;
  const grain = r.grain(panels, outFeatures * PANEL * 4);
  r.record(KernelId.repack, panels, grain, linear.forward.address, address, inFeatures, outFeatures);
  return address;
}

/** What differs between the two directions of a linear map, in bytes where it is a step. */
export interface Direction {
  /** Inputs, over which a product sums, and outputs. */
  readonly k: number;
  readonly n: number;
  /** Address of the packed weights. */
  readonly packed: number;
  /** The factor that runs over lanes: offset, step per rank, step per output. */
  readonly lane: readonly [number, number, number];
  /** The factor that is splatted: offset, step per input, step per rank. */
  readonly splat: readonly [number, number, number];
}

/** x Wᵀ. */
export function forwardDirection(w: WasmLinear, lora: LoraUse<WasmTensor> | null): Direction {
  const { inFeatures: k, outFeatures: n } = w;
  const { aOffset = 0, bOffset = 0, rank = 0 } = lora ?? {};
  return { k, n, packed: w.forward.address, lane: [4 * bOffset, 4, 4 * rank], splat: [4 * aOffset, 4, 4 * k] };
}

/** dy W. Records the packing that the backward reads where there is none yet; it stays until it is forgotten. */
export function backwardDirection(r: Recorder, w: WasmLinear, lora: LoraUse<WasmTensor> | null): Direction {
  const { inFeatures: n, outFeatures: k } = w;
  const { aOffset = 0, bOffset = 0, rank = 0 } = lora ?? {};
  const packed = backwardAddress(r, w);
  return { k, n, packed, lane: [4 * aOffset, 4 * n, 4], splat: [4 * bOffset, 4 * rank, 4] };
}

const isActive = (lora: LoraUse<WasmTensor> | null, group: number) => lora !== null && lora.slotOfGroup[group] >= 0;

const isSkinny = (lora: LoraUse<WasmTensor>, group: number, rowsPerGroup: number) =>
  rowsPerGroup < MERGE_ROWS || hasDropout(lora, group);

/** Forms the merged packings of the slots that need one; returns the weight address of every group. */
export function effectiveWeights(
  r: Recorder,
  d: Direction,
  groups: Groups,
  lora: LoraUse<WasmTensor> | null,
): (group: number) => number {
  if (!lora) return () => d.packed;
  const merged = new Map<number, number>();
  for (let g = 0; g < groups.count; g++) {
    const slot = lora.slotOfGroup[g];
    if (slot < 0 || !isLive(groups, g) || isSkinny(lora, g, groups.rowsPerGroup)) continue;
    if (!merged.has(slot)) merged.set(slot, merged.size);
  }
  if (merged.size === 0) return () => d.packed;
  const panels = panelsOf(d.n);
  const bytes = panels * d.k * PANEL * 4;
  const destination = r.temporary(bytes * merged.size);
  const slots = r.stage([...merged.keys()]);
  r.prepareScratch(lora.rank * PANEL * 4);
  const items = merged.size * panels;
  r.record(
    KernelId.merge,
    items,
    r.grain(items, d.k * 2 * (lora.rank + 1)),
    d.packed,
    destination,
    bytes,
    lora.params.address,
    4 * lora.params.cols,
    slots,
    ...d.lane,
    ...d.splat,
    lora.rank,
    d.k,
    d.n,
    panels,
  );
  r.float(16, lora.scale);
  return (group) => {
    const slot = lora.slotOfGroup[group];
    if (slot < 0 || isSkinny(lora, group, groups.rowsPerGroup)) return d.packed;
    return destination + bytes * (merged.get(slot) ?? 0);
  };
}

/** A product y = x · weights + bias + residual of the live rows, and how its work is cut. */
export interface Product {
  readonly direction: Direction;
  readonly segments: Segments;
  readonly kernel: KernelId.gemmRows | KernelId.gemmPanels;
  /** Rows, or panels where rows are few. */
  readonly items: number;
  /** Items of a claim. */
  readonly grain: number;
}

/** @param weightsOf address of the packed weights of a group */
export function planProduct(
  r: Recorder,
  direction: Direction,
  groups: Groups,
  weightsOf: (group: number) => number,
): Product {
  const { k, n } = direction;
  const segments = segmentsOf(groups, groups.rowsPerGroup, weightsOf, BLOCKS_OF_FOUR);
  const { items } = segments;
  const blockRows = Math.max(8, Math.min(MAX_BLOCK_ROWS, (BLOCK_FLOATS / k) & ~3));
  const rows = Math.max(4, Math.ceil(r.grain(items, k * n * 0.25) / 4) * 4);
  const panels = panelsOf(n);
  if (items / rows < r.threads && panels >= 2 * r.threads) {
    const grain = Math.ceil(panels / (2 * r.threads));
    return { direction, segments, kernel: KernelId.gemmPanels, items: panels, grain };
  }
  return { direction, segments, kernel: KernelId.gemmRows, items, grain: Math.min(rows, blockRows) };
}

/** @param x address, as are y, bias and residual; 0: without bias, or residual @param y written */
export function recordProduct(
  r: Recorder,
  { direction, segments, kernel, items, grain }: Product,
  x: number,
  y: number,
  bias: number,
  residual: number,
): void {
  const address = r.stage(segments.words);
  const count = segments.words.length / 4;
  const args = [x, y, direction.k, direction.n, bias, residual];
  if (kernel === KernelId.gemmPanels) {
    r.record(kernel, items, grain, ...args, address, count);
    return;
  }
  const { k, n } = direction;
  const packs = k >= PACKED_FROM || n >= PACKED_FROM;
  if (packs) r.prepareScratch(4 * k * Math.ceil(grain / 4) * 4);
  r.record(kernel, items, grain, ...args, packs ? 1 : 0);
  r.segments(address, count);
}

const BLOCKS_OF_FOUR = { multiple: 4, join: true };

/** @throws Error or RangeError when slots do not fit the groups, or the adapters: a kernel would read beyond them */
export function checkLora(lora: LoraUse<WasmTensor> | null, groups: Groups): void {
  if (!lora) return;
  addressOf(lora.params, lora.params.rows, lora.params.cols, 'LoRA params');
  if (lora.slotOfGroup.length !== groups.count)
    throw new Error(`LoRA names ${lora.slotOfGroup.length} slots for ${groups.count} groups.`);
  for (const slot of lora.slotOfGroup)
    if (slot >= lora.params.rows)
      throw new RangeError(`LoRA slot ${slot} does not exist: there are ${lora.params.rows}.`);
}

/** Active groups on the low-rank path: those of few rows, for which a merged weight is not worth forming, and those with dropout, which acts on the input of A alone. */
export const skinnyGroups = (groups: Groups, lora: LoraUse<WasmTensor>) => (group: number) =>
  isActive(lora, group) && isSkinny(lora, group, groups.rowsPerGroup);

export function linearOperations(r: Recorder): LinearOperations<WasmTensor, WasmLinear> {
  return {
    linear(weights) {
      const { weight, bias, inFeatures, outFeatures } = weights;
      if (weight.length !== inFeatures * outFeatures)
        throw new Error(`linear: ${weight.length} weights for [${outFeatures}, ${inFeatures}].`);
      if (bias && bias.length !== outFeatures)
        throw new Error(`linear: ${bias.length} biases for ${outFeatures} outputs.`);
      r.begin();
      const forward = r.tensor(panelsOf(outFeatures) * inFeatures, PANEL);
      packForward(r, r.temporaryUpload(weight), forward, inFeatures, outFeatures);
      return new WasmLinear({ inFeatures, outFeatures }, forward, bias && r.uploaded(bias, 1, outFeatures));
    },

    freeLinear(linear) {
      for (const tensor of [linear.forward, linear.backward, linear.bias]) if (tensor) r.free(tensor);
    },

    applyLinear(x, w, groups, lora, residual) {
      const rows = rowsOf(groups);
      const from = addressOf(x, rows, w.inFeatures, 'applyLinear x');
      const add = residual ? addressOf(residual, rows, w.outFeatures, 'applyLinear residual') : 0;
      checkLora(lora, groups);
      r.begin();
      const y = r.tensor(rows, w.outFeatures);
      const direction = forwardDirection(w, lora);
      const weights = effectiveWeights(r, direction, groups, lora);
      recordProduct(r, planProduct(r, direction, groups, weights), from, y.address, w.biasAddress, add);
      if (lora) loraRows(r, KernelId.loraForward, from, y.address, w, groups, lora, skinnyGroups(groups, lora));
      return y;
    },

    linearInputGradient(dy, w, groups, lora, accumulate) {
      const rows = rowsOf(groups);
      const from = addressOf(dy, rows, w.outFeatures, 'linearInputGradient dy');
      const add = accumulate ? addressOf(accumulate, rows, w.inFeatures, 'linearInputGradient accumulate') : 0;
      checkLora(lora, groups);
      r.begin();
      const dx = accumulate ? r.takeOver(accumulate) : r.tensor(rows, w.inFeatures);
      const direction = backwardDirection(r, w, lora);
      const weights = effectiveWeights(r, direction, groups, lora);
      recordProduct(r, planProduct(r, direction, groups, weights), from, dx.address, 0, add);
      if (lora) loraRows(r, KernelId.loraBackward, from, dx.address, w, groups, lora, skinnyGroups(groups, lora));
      return dx;
    },
    ...loraGradients(r),
  };
}
