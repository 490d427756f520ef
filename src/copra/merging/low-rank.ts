/**
 * The exact algebra of sums of low-rank updates. A sum of K updates of rank r has rank at most K·r, so its singular values follow from a
 * matrix of K·r × K·r: with [w₁B₁ … w_KB_K] = Q_b R_b and [A₁; …; A_K]ᵀ = Q_a R_a they are those of R_b R_aᵀ. No ΔW is ever formed.
 */
import type { AdapterLayout, LoraPair } from '../../core/adapter-layout.ts';
import { qr, svd } from '../../core/decompositions.ts';
import {
  columnsOf,
  matrix,
  multiply,
  scaleColumns,
  sideBySide,
  times,
  transpose,
  type Matrix,
} from '../../core/matrix.ts';

/** ΔW = b · a */
export interface PairFactors {
  /** [out, rank] */
  readonly b: Matrix;
  /** [rank, in] */
  readonly a: Matrix;
}

/** ΔW = u · diag(s) · vᵀ, of rank s.length, s falling. */
export interface Triplets {
  /** [out, k], orthonormal columns */
  readonly u: Matrix;
  /** [k] */
  readonly s: Float64Array;
  /** [in, k], orthonormal columns */
  readonly v: Matrix;
}

/** Singular values below this share of the largest are float32 rounding and not part of the update. */
const RANK_TOLERANCE = 1e-6;

/** The factors of one pair of an adapter. */
export function factorsOf({ rank }: AdapterLayout, adapter: Float32Array, pair: LoraPair): PairFactors {
  const { aOffset, bOffset, inFeatures, outFeatures } = pair;
  return {
    a: matrix(rank, inFeatures, adapter.subarray(aOffset, aOffset + rank * inFeatures)),
    b: matrix(outFeatures, rank, adapter.subarray(bOffset, bOffset + outFeatures * rank)),
  };
}

/** [B; Aᵀ]: [out + in, rank] */
export const stacked = ({ a, b }: PairFactors): Matrix => transpose(sideBySide([transpose(b), a]));

/** The factors of [B; Aᵀ], whose first rows are B. */
export function unstacked({ rows, columns, data }: Matrix, outFeatures: number): PairFactors {
  const cut = outFeatures * columns;
  return {
    b: matrix(outFeatures, columns, data.subarray(0, cut)),
    a: transpose(matrix(rows - outFeatures, columns, data.subarray(cut))),
  };
}

/** Writes factors into a pair of a layout with the same or a higher rank; the remaining entries stay zero. */
export function writeFactors(
  layout: AdapterLayout,
  adapter: Float32Array,
  { aOffset, bOffset }: LoraPair,
  { a, b }: PairFactors,
): void {
  adapter.set(a.data, aOffset);
  for (let o = 0; o < b.rows; o++)
    adapter.set(b.data.subarray(o * b.columns, (o + 1) * b.columns), bOffset + o * layout.rank);
}

/** Number of singular values above rounding. */
export function rankOf(s: Float64Array): number {
  return s.findLastIndex((value) => value > RANK_TOLERANCE * s[0]) + 1;
}

/** Singular value decomposition of Σ wₖ BₖAₖ; a zero update has no triplets. */
export function sumTriplets(sources: readonly PairFactors[], weights: readonly number[]): Triplets {
  const left = qr(sideBySide(sources.map(({ b }, k) => times(b, weights[k]))));
  const right = qr(sideBySide(sources.map(({ a }) => transpose(a))));
  const { u, s, v } = svd(multiply(left.r, transpose(right.r)));
  return leading({ u: multiply(left.q, u), s, v: multiply(right.q, v) }, rankOf(s));
}

/** The first `count` triplets, or all there are. */
export function leading({ u, s, v }: Triplets, count: number): Triplets {
  const kept = Math.min(count, s.length);
  return { u: columnsOf(u, 0, kept), s: s.slice(0, kept), v: columnsOf(v, 0, kept) };
}

/** Balanced factors: b = u√s, a = √s vᵀ. */
export function balanced({ u, s, v }: Triplets): PairFactors {
  const roots = s.map(Math.sqrt);
  return { b: scaleColumns(u, roots), a: transpose(scaleColumns(v, roots)) };
}

/**
 * The best approximation of Σ wₖ BₖAₖ of a given rank (Eckart & Young 1936). PEFT calls it "svd"; FlexLoRA aggregates clients this way.
 * @throws RangeError for a rank below 1.
 */
export function bestOfRank(sources: readonly PairFactors[], weights: readonly number[], rank: number): PairFactors {
  if (!Number.isInteger(rank) || rank < 1) throw new RangeError(`The rank must be a positive integer, got ${rank}.`);
  return balanced(leading(sumTriplets(sources, weights), rank));
}
