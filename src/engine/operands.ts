/** What the operations of a device take besides tensors. Conventions: see device.ts. */

/** How rows belong to groups, and which groups matter. */
export interface Groups {
  readonly count: number;
  readonly rowsPerGroup: number;
  /** [count], 0 = the rows of this group are not needed: a device may leave them unwritten. Absent = all are needed. */
  readonly live?: Uint8Array;
}

/** Rows over all groups, needed or not. */
export const rowsOf = ({ count, rowsPerGroup }: Groups): number => count * rowsPerGroup;

/** Whether the rows of a group are needed. */
export const isLive = ({ live }: Groups, group: number): boolean => !live || live[group] !== 0;

/**
 * LoRA on one linear map: y_g += scale · (drop(x_g) Aᵀ) Bᵀ for every group g with slotOfGroup[g] ≥ 0, where A [rank, in] and
 * B [out, rank] lie at aOffset and bOffset of row slotOfGroup[g] of `params`.
 */
export interface LoraUse<T> {
  /** [slots, size]: flat adapters. */
  readonly params: T;
  readonly aOffset: number;
  readonly bOffset: number;
  readonly rank: number;
  readonly scale: number;
  /** [groups]; −1 = inactive: the group computes the frozen map only. */
  readonly slotOfGroup: Int32Array;
  /**
   * Inverted dropout on the input of A: element (row r of the group, column c) is kept iff
   * dropoutUniform(key_g, r·in + c) ≥ rate_g (core/hash.ts), and then divided by 1 − rate_g. Null = none.
   */
  readonly dropout: { readonly rates: Float32Array; readonly keys: Uint32Array } | null;
}

/** Where the factors of one map lie. */
export type LoraFactors<T> = Pick<LoraUse<T>, 'params' | 'aOffset' | 'bOffset' | 'rank' | 'scale'>;

/**
 * DoRA (Liu et al. 2024, arXiv 2402.09353) behind a linear map with LoRA. It turns the output of the map,
 * z = x Wᵀ + b + scale · (drop(x) Aᵀ) Bᵀ, into y = c ∘ (z − b) + b with c = m / n [out]: n_o = ‖row o of W + scale · B A‖ and m_o = ‖row o of W‖ + δ_o, so that zeros are the frozen
 * map. A norm is √(Σx² + 1e-24). In the backward n is a constant (section 4.3 of the paper, and PEFT). Dropout acts on the input of A only,
 * not on the frozen part of z and not on n. (PEFT, when it drops, also drops the input of the part (c − 1) ∘ x Wᵀ.)
 */
export interface DoraUse<T> {
  /** [slots, 2 · out]: what `Device.doraScales` gives. */
  readonly scales: T;
  /** Where δ [out] lies in each flat adapter. */
  readonly offset: number;
  /** [groups]; −1 = inactive: y = z. */
  readonly slotOfGroup: Int32Array;
}

/** What attention is computed of. Rows lie sequence by sequence, and sequences group by group. */
export interface AttentionShape {
  /** Sequences over all groups (groups × batch). */
  readonly sequences: number;
  /** Query rows per sequence: `tokens`, or 1 when only the pooled token is needed. */
  readonly queries: number;
  readonly tokens: number;
  readonly heads: number;
  /** Query i sees keys ≤ i. Requires queries = tokens. */
  readonly causal: boolean;
  readonly groups: Groups;
}

/** One tensor within flat vectors, [slots, size]: where it lies in each of them. */
export interface OptimizerSegment {
  readonly offset: number;
  readonly length: number;
}

/**
 * Prepared linear map; opaque to the passes, which hand a map back to the device that made it and to no other. A device names its own type of
 * map as `L`; a `Device<T, L>` is a `Device<T>` to the passes.
 */
export interface DeviceLinear {
  readonly inFeatures: number;
  readonly outFeatures: number;
}
