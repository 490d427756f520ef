/**
 * Factors are not unique: B·A = (BP)(P⁻¹A) for every invertible P, and averaging A and B separately depends on the choice. Here P is chosen
 * per source so that its factors lie near those of the first source. The updates do not change. CoTo's variant is called LoRA-Align; its
 * objective is not published, so both ways are ours.
 */
import { inverse, svd } from '../../core/decompositions.ts';
import { add, identity, inner, multiply, scaleColumns, transpose, zeros, type Matrix } from '../../core/matrix.ts';
import { balanced, sumTriplets, type PairFactors, type Triplets } from './low-rank.ts';
import type { Alignment } from './method-ids.ts';

/** Zero columns and rows up to `rank`. */
function padded({ a, b }: PairFactors, rank: number): PairFactors {
  const wide = zeros(b.rows, rank);
  for (let o = 0; o < b.rows; o++) wide.data.set(b.data.subarray(o * b.columns, (o + 1) * b.columns), o * rank);
  const high = zeros(rank, a.columns);
  high.data.set(a.data);
  return { b: wide, a: high };
}

/** The same update in balanced factors (B = U√S, A = √SVᵀ), with zero columns and rows up to `rank`. */
export const levelled = (source: PairFactors, rank: number): PairFactors =>
  padded(balanced(sumTriplets([source], [1])), rank);

const change = ({ a, b }: PairFactors, p: Matrix, pInverse: Matrix): PairFactors => ({
  b: multiply(b, p),
  a: multiply(pInverse, a),
});

/** The orthogonal R that brings [B; Aᵀ]·R nearest to the reference's. */
function rotation(reference: PairFactors, other: PairFactors): Matrix {
  const { u, v } = svd(add(multiply(transpose(other.b), reference.b), multiply(other.a, transpose(reference.a))));
  return multiply(u, transpose(v));
}

/** The same update with its factors rotated as close to the reference's as possible; their scales do not change. */
export function rotateOnto(reference: PairFactors, source: PairFactors): PairFactors {
  const r = rotation(reference, source);
  return change(source, r, transpose(r));
}

/**
 * Every source is balanced (B = U√S, A = √SVᵀ), then rotated onto the first: undoes any re-factorisation of the same update. The first is
 * balanced as well.
 */
function alignOrthogonal(sources: readonly PairFactors[]): PairFactors[] {
  const rank = sources[0].a.rows;
  const level = sources.map((source) => levelled(source, rank));
  return level.map((source, k) => (k === 0 ? source : rotateOnto(level[0], source)));
}

/** ‖B₁ − B‖² + ‖A₁ − A‖² */
function distance(reference: PairFactors, other: PairFactors): number {
  const [b, a] = [add(reference.b, other.b, -1), add(reference.a, other.a, -1)];
  return inner(b, b) + inner(a, a);
}

/** The X of G·X + X·H = C for symmetric G and H without negative eigenvalues; 0 in undetermined components. */
function sylvester(g: Matrix, h: Matrix, c: Matrix): Matrix {
  const [left, right] = [svd(g), svd(h)];
  const turned = multiply(multiply(transpose(left.u), c), right.u);
  const floor = 1e-12 * (left.s[0] + right.s[0]);
  turned.data.forEach((value, at) => {
    const sum = left.s[Math.floor(at / turned.columns)] + right.s[at % turned.columns];
    turned.data[at] = sum > floor ? value / sum : 0;
  });
  return multiply(multiply(left.u, turned), transpose(right.u));
}

const MAX_STEPS = 50;
const MAX_HALVINGS = 12;
/** Iteration stops when a step gains less than this share of the distance. */
const PRECISION = 1e-9;

/**
 * One step of Gauss–Newton in P = I + X: B(I + X) − B₁ and (I − X)A − A₁ are linear in X to first order, and the normal equations
 * BᵀB·X + X·AAᵀ = Bᵀ(B₁ − B) − (A₁ − A)Aᵀ involve rank × rank matrices only. The step is halved until the distance falls.
 */
function nearer(
  reference: PairFactors,
  current: PairFactors,
  from: number,
): { factors: PairFactors; at: number } | null {
  const { a, b } = current;
  const [bT, aT] = [transpose(b), transpose(a)];
  const right = add(multiply(bT, add(reference.b, b, -1)), multiply(add(reference.a, a, -1), aT), -1);
  const step = sylvester(multiply(bT, b), multiply(a, aT), right);
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const p = add(identity(a.rows), step, 0.5 ** halving);
    const back = inverse(p, 1e-6);
    const factors = back && change(current, p, back);
    const at = factors ? distance(reference, factors) : Infinity;
    if (factors && at < from) return { factors, at };
  }
  return null;
}

/** The source rotated in balanced form, then put into the reference's own form; null if the reference is rank-deficient. */
function rotatedInto(reference: PairFactors, own: Triplets, source: PairFactors): PairFactors | null {
  const rank = reference.a.rows;
  if (own.s.length < rank) return null;
  const level = levelled(source, rank);
  const r = rotation(balanced(own), level);
  // B₁ = U·C and A₁ = E·Vᵀ with C·E = S, so the reference is its balanced form times S^(−1/2)·C.
  const roots = own.s.map((value) => 1 / Math.sqrt(value));
  const back = transpose(scaleColumns(multiply(transpose(reference.b), own.u), roots)); // S^(−1/2)·C
  const forth = scaleColumns(multiply(reference.a, own.v), roots); // E·S^(−1/2)
  return change(level, multiply(r, back), multiply(forth, transpose(r)));
}

/**
 * min over P of ‖B₁ − B P‖² + ‖A₁ − P⁻¹A‖² per source, by damped Gauss–Newton from the better of two starts: the factors as they are, and
 * rotated as by alignOrthogonal. A local minimum. The first source stays as it is, so the result depends on its factorisation.
 */
export function alignInvertible(sources: readonly PairFactors[]): PairFactors[] {
  const [reference] = sources;
  const own = sumTriplets([reference], [1]);
  return sources.map((source, k) => {
    if (k === 0) return source;
    const rotated = rotatedInto(reference, own, source);
    const starts = [source, ...(rotated ? [rotated] : [])].map((factors) => ({
      factors,
      at: distance(reference, factors),
    }));
    let best = starts.reduce((a, b) => (b.at < a.at ? b : a));
    for (let i = 0; i < MAX_STEPS; i++) {
      const next = nearer(reference, best.factors, best.at);
      if (!next) break;
      const gained = best.at - next.at;
      best = next;
      if (gained < PRECISION * best.at) break;
    }
    return best.factors;
  });
}

/** Aligns the factors of one pair across all sources. */
export function alignFactors(sources: readonly PairFactors[], alignment: Alignment): readonly PairFactors[] {
  switch (alignment) {
    case 'none':
      return sources;
    case 'orthogonal':
      return alignOrthogonal(sources);
    case 'invertible':
      return alignInvertible(sources);
  }
}
