/**
 * Intruder dimensions (Shuttleworth et al. 2024, arXiv 2410.21228): leading singular directions of the adapted weight W + ΔW that are unlike
 * every singular direction of the frozen W.
 */
import { qr, svd, type Svd } from '../../core/decompositions.ts';
import {
  add,
  columnsOf,
  identity,
  multiply,
  sideBySide,
  times,
  transpose,
  zeros,
  type Matrix,
} from '../../core/matrix.ts';
import type { PairFactors } from '../merging/low-rank.ts';

/** Rounds of the subspace iteration, and how many lie between two looks at the singular values. */
const MAX_ROUNDS = 400;
const ROUNDS_BETWEEN = 8;
/** The iteration ends when no singular value changes by more than this share of the largest. */
const PRECISION = 1e-10;
/** Directions beyond those asked for, which make the iteration converge faster. */
const SPARE = 8;

/** The columns of m without what the orthonormal columns of q hold of them, made orthonormal. */
function beyond(q: Matrix, m: Matrix): Matrix {
  const rest = add(m, multiply(q, multiply(transpose(q), m)), -1);
  return qr(rest).q;
}

/** W + ΔW in singular directions of W: diag(s) + left · rightᵀ, without ever forming W + ΔW. */
interface Seen {
  /** [p]: singular values of W, then zeros for directions that only ΔW has */
  readonly s: Float64Array;
  /** [p, rank] and [q, rank] */
  readonly left: Matrix;
  readonly right: Matrix;
}

/** Coordinates of the columns of m in the basis, and in directions beyond it where the basis does not span the space. */
function coordinates(basis: Matrix, m: Matrix): Matrix {
  const inside = multiply(transpose(basis), m);
  if (basis.columns >= basis.rows) return inside;
  const outside = multiply(transpose(beyond(basis, m)), m);
  return transpose(sideBySide([transpose(inside), transpose(outside)]));
}

function seenFrom({ u, s, v }: Svd, { a, b }: PairFactors, scale: number): Seen {
  const left = coordinates(u, times(b, scale));
  return { s, left, right: coordinates(v, transpose(a)) };
}

/** (diag(s) + left·rightᵀ)·x, or of its transpose with left and right exchanged. [rows of left, columns of x] */
function apply({ s, left, right }: Seen, x: Matrix): Matrix {
  const result = multiply(left, multiply(transpose(right), x));
  const { columns } = x;
  for (let i = 0; i < s.length; i++)
    for (let j = 0; j < columns; j++) result.data[i * columns + j] += s[i] * x.data[i * columns + j];
  return result;
}

const turned = ({ s, left, right }: Seen): Seen => ({ s, left: right, right: left });

/** Unit vectors of the leading directions of W, and the directions of ΔW. */
function start({ s, left }: Seen, count: number): Matrix {
  const units = Math.min(count, s.length);
  const first = zeros(left.rows, units);
  for (let i = 0; i < units; i++) first.data[i * units + i] = 1;
  return qr(sideBySide([first, left])).q;
}

/** The `count` leading left singular vectors, by subspace iteration. [p, count] */
function leadingVectors(seen: Seen, count: number): Matrix {
  if (seen.left.rows <= count + SPARE + seen.left.columns) {
    const whole = apply(turned(seen), identity(seen.left.rows));
    return columnsOf(svd(transpose(whole)).u, 0, count);
  }
  const back = turned(seen);
  let block = start(seen, count + SPARE);
  let known: ArrayLike<number> = [];
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    block = qr(apply(seen, apply(back, block))).q;
    if (round % ROUNDS_BETWEEN > 0) continue;
    // Rayleigh–Ritz: the singular directions within the block.
    const { s, v } = svd(apply(back, block));
    block = multiply(block, v);
    const before = known;
    known = s;
    if (
      before.length > 0 &&
      Array.from({ length: count }, (_, i) => i).every((i) => Math.abs(s[i] - before[i]) <= PRECISION * s[0])
    )
      break;
  }
  return columnsOf(block, 0, count);
}

/**
 * The share of the `count` leading left singular vectors of W + scale·b·a whose cosine with every left singular vector of W lies below the
 * threshold; the paper's algorithm 1, which takes 10 and 0.5.
 * @param frozen the whole thin decomposition of W
 */
export function intruderShare(
  frozen: Svd,
  factors: PairFactors,
  scale: number,
  count: number,
  threshold: number,
): number {
  const { length } = frozen.s;
  const wanted = Math.min(count, length);
  if (wanted === 0) return 0;
  const vectors = leadingVectors(seenFrom(frozen, factors, scale), wanted);
  let intruders = 0;
  for (let j = 0; j < wanted; j++) {
    let nearest = 0;
    for (let i = 0; i < length; i++) nearest = Math.max(nearest, Math.abs(vectors.data[i * wanted + j]));
    if (nearest < threshold) intruders++;
  }
  return intruders / wanted;
}
