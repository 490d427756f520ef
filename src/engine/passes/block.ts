/**
 * One pre-LN transformer block, forward and backward, written out: no tape, no gradient of a frozen weight, nothing kept that the
 * backward does not read. Shapes: G groups of n = batch · tokens rows, width D, R = G·n.
 */
import type { Activation } from '../../model/backbone.ts';
import { PROJECTIONS, type Projection } from '../../core/adapter-layout.ts';
import type { Device } from '../device.ts';
import type { AttentionShape, Groups } from '../operands.ts';
import type { LinearsBackward } from '../optional-operations.ts';
import {
  applyLinear,
  applyNormedActivated,
  applyLinears,
  linearsBackward,
  type AdaptedBackwardTerm,
  type AdaptedTerm,
  type Adaptation,
  type LinearOutput,
} from './linears.ts';
import type { DeviceBlock } from './weights.ts';

/** The active LoRA of each projection of a block; absent = frozen for every group. */
export type BlockLora<T> = Partial<Record<Projection, Adaptation<T>>>;

/** The rows of a pass through a block: [groups · batch · tokens, width]. */
export interface BlockShape {
  readonly groups: number;
  /** Sequences per group. */
  readonly batch: number;
  readonly tokens: number;
  readonly heads: number;
  readonly causal: boolean;
  readonly activation: Activation;
  /** Compute only the class-token row of every sequence behind the attention: enough in the last block of a vision tower. */
  readonly classTokenOnly: boolean;
}

/** What a block's backward reads. Tensors that neither the active LoRA nor a WeightWatcher needs are null. */
export interface BlockSaved<T> {
  readonly x: T;
  readonly stats1: T;
  readonly normed1: T | null;
  readonly queryInput: T | null;
  readonly q: T;
  readonly k: T;
  readonly v: T;
  /** What the device's attention kept (Device.attention). */
  readonly softmax: T;
  readonly context: T | null;
  readonly x1: T;
  readonly stats2: T;
  readonly normed2: T | null;
  readonly hidden: T;
  readonly activated: T | null;
  /** Of projections with DoRA: LinearOutput.z. */
  readonly scaled: Partial<Record<Projection, T>>;
}

/** Receives what the gradients of a block's weights follow from. Only pretraining (scripts/pretrain) trains weights. */
export interface WeightWatcher<T> {
  /** dy [·, out] behind a map of input x [·, in]. */
  linear(projection: Projection, dy: T, x: T): void;
  /** dy [·, D] behind a layer norm of x [·, D] with its statistics [·, 2]. */
  norm(norm: 'ln1' | 'ln2', dy: T, x: T, stats: T): void;
}

interface BlockGroups {
  /** Rows of full sequences. */
  readonly full: Groups;
  /** Rows behind the attention: full, or one per sequence. */
  readonly pooled: Groups;
  readonly attention: AttentionShape;
  /** Rows of the class tokens with classTokenOnly, otherwise null. */
  readonly classRows: Int32Array | null;
  readonly totalRows: number;
}

/** Row index of token `token` of every sequence. */
export function tokenRows(sequences: number, tokens: number, token: number): Int32Array {
  return Int32Array.from({ length: sequences }, (_, s) => s * tokens + token);
}

function blockGroups(shape: BlockShape, live?: Uint8Array): BlockGroups {
  const { groups, batch, tokens, heads, causal, classTokenOnly } = shape;
  const sequences = groups * batch;
  const full = { count: groups, rowsPerGroup: batch * tokens, live };
  return {
    full,
    pooled: classTokenOnly ? { count: groups, rowsPerGroup: batch, live } : full,
    attention: { sequences, queries: classTokenOnly ? 1 : tokens, tokens, heads, causal, groups: full },
    classRows: classTokenOnly ? tokenRows(sequences, tokens, 0) : null,
    totalRows: sequences * tokens,
  };
}

interface BlockForward<T> {
  readonly shape: BlockShape;
  readonly lora: BlockLora<T>;
  /** Whether the caller owns `saved`; otherwise every intermediate is freed. */
  readonly keep: boolean;
  /** Keeps the inputs of all projections, for a WeightWatcher. */
  readonly keepInputs?: boolean;
  /** Sees queries and keys before they are freed. */
  readonly onAttention?: (q: T, k: T) => void;
  /** False: y is not wanted, and fc2 computes nothing unless its DoRA keeps it. */
  readonly wantsOutput?: boolean;
}

function forward<T>(
  device: Device<T>,
  block: DeviceBlock<T>,
  x: T,
  { shape, lora, keep, keepInputs = false, onAttention, wantsOutput = true }: BlockForward<T>,
): { y: T | null; saved: BlockSaved<T> | null } {
  const { full, pooled, attention, classRows } = blockGroups(shape);
  const { y: normed1, stats: stats1 } = device.layerNorm(x, block.ln1.gain, block.ln1.bias, block.ln1.epsilon, full); // [R, D]
  const queryInput = classRows ? device.gatherRows(normed1, classRows) : normed1;
  const residual = classRows ? device.gatherRows(x, classRows) : x;
  const scaled: Partial<Record<Projection, T>> = {};
  const term = (projection: Projection): AdaptedTerm<T> => ({
    map: block[projection],
    lora: lora[projection] ?? null,
  });
  const output = (projection: Projection, { y, z }: LinearOutput<T>): T => {
    if (z) scaled[projection] = z;
    return y;
  };
  const apply = (input: T, projections: readonly Projection[], groups: Groups): T[] =>
    applyLinears(device, input, projections.map(term), groups, keep).map((result, i) => output(projections[i], result));
  const [q, k, v] = classRows
    ? [
        ...apply(queryInput, ['q'], pooled), // [sequences, D]
        ...apply(normed1, ['k', 'v'], full), // [R, D]
      ]
    : apply(normed1, ['q', 'k', 'v'], full); // [R, D]
  onAttention?.(q, k);
  const { out: context, softmax } = device.attention(q, k, v, attention, keep);
  const x1 = output('o', applyLinear(device, context, term('o'), pooled, residual, keep));
  const mlp = applyNormedActivated(device, x1, block.ln2, term('fc1'), shape.activation, pooled, { keep, keepInputs });
  const { normed: normed2, stats: stats2, hidden, activated } = mlp; // [·, D], [·, 2], [·, mlp]
  if (mlp.z) scaled.fc1 = mlp.z;
  const needsOutput = wantsOutput || lora.fc2?.dora;
  const y = needsOutput ? output('fc2', applyLinear(device, activated, term('fc2'), pooled, x1, keep)) : null; // [·, D]
  if (classRows) device.free(residual);

  if (!keep || !softmax || !hidden) {
    device.free(normed1, stats1, q, k, v, context, softmax, x1, normed2, stats2, hidden, activated);
    if (classRows) device.free(queryInput);
    return { y, saved: null };
  }
  const keepIf = (wanted: unknown, tensor: T): T | null => {
    if (wanted || keepInputs) return tensor;
    device.free(tensor);
    return null;
  };
  const savedQuery = classRows ? keepIf(lora.q, queryInput) : null;
  const saved: BlockSaved<T> = {
    x,
    stats1,
    normed1: keepIf(lora.k ?? lora.v ?? (classRows ? null : lora.q), normed1),
    queryInput: savedQuery,
    q,
    k,
    v,
    softmax,
    context: keepIf(lora.o, context),
    x1,
    stats2,
    normed2: normed2 && keepIf(lora.fc1, normed2),
    hidden,
    activated: keepIf(lora.fc2, activated),
    scaled,
  };
  return { y, saved };
}

/**
 * Forward of a block: x [R, D] → y [R, D], or [sequences, D] with classTokenOnly.
 * With `keep` the caller owns `saved` (which then includes x); otherwise every intermediate is freed and x stays the caller's.
 * `keepInputs` also keeps the inputs of all projections, for a WeightWatcher. `onAttention` sees queries and keys before they are freed.
 */
export function blockForward<T>(
  device: Device<T>,
  block: DeviceBlock<T>,
  x: T,
  shape: BlockShape,
  lora: BlockLora<T>,
  keep: boolean,
  keepInputs = false,
  onAttention?: (q: T, k: T) => void,
): { y: T; saved: BlockSaved<T> | null } {
  const { y, saved } = forward(device, block, x, { shape, lora, keep, keepInputs, onAttention });
  if (!y) throw new Error('The forward of a block formed no output.');
  return { y, saved };
}

/**
 * What blockForward with `keep` saves, computed again from the same x [R, D], which it takes over: the same operations on the same values, hence the
 * same bits. The output is not formed again: the product of fc2 is left out.
 */
export function blockAgain<T>(
  device: Device<T>,
  block: DeviceBlock<T>,
  x: T,
  shape: BlockShape,
  lora: BlockLora<T>,
): BlockSaved<T> {
  const { y, saved } = forward(device, block, x, { shape, lora, keep: true, wantsOutput: false });
  device.free(y);
  if (!saved) throw new Error('The device kept nothing for the backward of a block.');
  return saved;
}

/** Frees what a block saved, but for its input. */
export function freeInside<T>(device: Device<T>, saved: BlockSaved<T>): void {
  const { stats1, normed1, queryInput, q, k, v, softmax, context, x1, stats2, normed2, hidden, activated } = saved;
  device.free(stats1, normed1, queryInput, q, k, v, softmax, context, x1, stats2, normed2, hidden, activated);
  device.free(...Object.values<T>(saved.scaled));
}

function freeSaved<T>(device: Device<T>, saved: BlockSaved<T>): void {
  device.free(saved.x);
  freeInside(device, saved);
}

/** Rows that a projection computes per sequence. */
export const rowsPerSequence = ({ classTokenOnly, tokens }: BlockShape, projection: Projection): number =>
  classTokenOnly && projection !== 'k' && projection !== 'v' ? 1 : tokens;

/** What the backward of a block takes. */
export interface BlockBackward<T> {
  /** [R, D], or [sequences, D] with classTokenOnly; consumed. */
  readonly dy: T;
  /** Consumed. */
  readonly saved: BlockSaved<T>;
  readonly shape: BlockShape;
  readonly lora: BlockLora<T>;
  /** [slots, size]: gradients of the active LoRA are added here. */
  readonly gradients: T;
  /** [groups], 0 = no active layer here or below: the rows of the group are skipped. With a watcher all groups must be live. */
  readonly live: Uint8Array;
  /** Whether anything below needs dx. With a watcher it must. */
  readonly needInput: boolean;
  readonly watcher?: WeightWatcher<T>;
}

/** Backward of a block: accumulates the gradients of its active LoRA and returns dx [R, D], or null when nothing below needs it. */
export function blockBackward<T>(
  device: Device<T>,
  block: DeviceBlock<T>,
  { dy, saved, shape, lora, gradients, live, needInput, watcher }: BlockBackward<T>,
): T | null {
  const { full, pooled, attention, classRows, totalRows } = blockGroups(shape, live);
  /** Gradients of the parameters of maps of one input, and of that input unless `wanted` is null. Weights are not trained under DoRA. */
  const backward = (
    dOuts: Partial<Record<Projection, T>>,
    input: T | null,
    groups: Groups,
    wanted: LinearsBackward<T>['input'],
  ): T | null => {
    const terms: AdaptedBackwardTerm<T>[] = [];
    for (const projection of PROJECTIONS) {
      const dy = dOuts[projection];
      if (!dy) continue;
      const z = saved.scaled[projection] ?? null;
      terms.push({ dy, z, map: block[projection], lora: lora[projection] ?? null });
      if (input) watcher?.linear(projection, dy, input);
    }
    return linearsBackward(device, terms, groups, { x: input, gradients, input: wanted });
  };
  const plain = { accumulate: null, activation: null };
  const needAttention = needInput || PROJECTIONS.slice(0, 3).some((p) => lora[p]);
  const needHidden = needAttention || Boolean(lora.o ?? lora.fc1);

  const activation = { hidden: saved.hidden, kind: shape.activation };
  const dHidden = backward({ fc2: dy }, saved.activated, pooled, needHidden ? { ...plain, activation } : null); // [·, mlp]
  if (!dHidden) {
    device.free(dy);
    freeSaved(device, saved);
    return null;
  }
  const needNormed2 = needAttention || Boolean(lora.o);
  const dNormed2 = backward({ fc1: dHidden }, saved.normed2, pooled, needNormed2 ? plain : null); // [·, D]
  if (!dNormed2) {
    device.free(dy, dHidden);
    freeSaved(device, saved);
    return null;
  }
  watcher?.norm('ln2', dNormed2, saved.x1, saved.stats2);
  const dx1 = device.layerNormGradient(dNormed2, saved.x1, saved.stats2, block.ln2.gain, dy, pooled); // [·, D]
  device.free(dy, dHidden, dNormed2);
  const dContext = backward({ o: dx1 }, saved.context, pooled, needAttention ? plain : null); // [·, D]
  if (!dContext) {
    device.free(dx1);
    freeSaved(device, saved);
    return null;
  }
  const { dq, dk, dv } = device.attentionGradient(dContext, saved.q, saved.k, saved.v, saved.softmax, attention);
  const spread = (tensor: T): T => {
    if (!classRows) return tensor;
    const rows = device.scatterRows(tensor, classRows, totalRows);
    device.free(tensor);
    return rows;
  };
  let dNormed1: T | null; // [R, D]
  if (classRows) {
    const dQueryInput = backward({ q: dq }, saved.queryInput, pooled, needInput ? plain : null); // [sequences, D]
    const accumulate = dQueryInput && spread(dQueryInput);
    dNormed1 = backward({ k: dk, v: dv }, saved.normed1, full, needInput ? { ...plain, accumulate } : null);
  } else {
    dNormed1 = backward({ q: dq, k: dk, v: dv }, saved.normed1, full, needInput ? plain : null);
  }
  device.free(dContext, dq, dk, dv);
  let dx: T | null = null;
  if (dNormed1) {
    const dResidual = spread(dx1); // [R, D]
    watcher?.norm('ln1', dNormed1, saved.x, saved.stats1);
    dx = device.layerNormGradient(dNormed1, saved.x, saved.stats1, block.ln1.gain, dResidual, full); // [R, D]
    device.free(dNormed1, dResidual);
  } else {
    device.free(dx1);
  }
  freeSaved(device, saved);
  return dx;
}
