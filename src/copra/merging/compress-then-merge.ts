/**
 * Compress then merge (He et al. 2026, arXiv 2606.03723): two subspaces of r directions that hold as much as possible of all updates are found
 * first. Every update becomes a matrix of r × r in them, these are merged, and the result is of rank r without being cut down afterwards.
 */
import { svd } from '../../core/decompositions.ts';
import { columnsOf, inner, multiply, sideBySide, times, transpose, type Matrix } from '../../core/matrix.ts';
import { coordinatesOf, coreSpace, tiesOfMatrices } from './core-space.ts';
import type { PairFactors } from './low-rank.ts';

/** Orthonormal columns. */
export interface SharedSubspaces {
  /** [out, r] */
  readonly left: Matrix;
  /** [in, r] */
  readonly right: Matrix;
}

const MAX_ROUNDS = 100;
/** Rounds end when one gains less than this share of what the subspaces hold, as by default in the authors’ code. */
const PRECISION = 1e-6;

/** The leading left singular vectors of all matrices side by side: [rows, at most count]. */
function leadingVectors(matrices: readonly Matrix[], count: number): Matrix {
  const { u } = svd(sideBySide(matrices));
  return columnsOf(u, 0, Math.min(count, u.columns));
}

/** Σ ‖M_k‖² */
const energy = (matrices: readonly Matrix[]): number => matrices.reduce((sum, m) => sum + inner(m, m), 0);

/**
 * U and V of r columns that maximise Σ ‖UᵀM_kV‖²: the Tucker decomposition with two modes, by orthogonal iteration (De Lathauwer et al. 2000,
 * HOOI) from the truncated decomposition of each mode. What they hold never falls from round to round; a local maximum.
 */
function tucker(matrices: readonly Matrix[], rank: number): SharedSubspaces {
  const flipped = matrices.map(transpose);
  let left = leadingVectors(matrices, rank);
  let right = leadingVectors(flipped, rank);
  let held = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    left = leadingVectors(
      matrices.map((m) => multiply(m, right)),
      rank,
    );
    const turned = flipped.map((m) => multiply(m, left));
    right = leadingVectors(turned, rank);
    const now = energy(turned.map((m) => multiply(transpose(m), right)));
    if (now - held <= PRECISION * now) break;
    held = now;
  }
  return { left, right };
}

/**
 * The subspaces shared by the updates of one pair. As by default in the authors' code every update counts equally: it is divided by its norm.
 * Updates of 0 do not count.
 */
export function sharedSubspaces(sources: readonly PairFactors[], rank: number): SharedSubspaces {
  const { left, right, cores } = coreSpace(sources);
  const sized = cores.flatMap((core) => {
    const norm = Math.sqrt(inner(core, core));
    return norm > 0 ? [times(core, 1 / norm)] : [];
  });
  if (sized.length === 0) return { left: columnsOf(left, 0, 0), right: columnsOf(right, 0, 0) };
  const found = tucker(sized, rank);
  return { left: multiply(left, found.left), right: multiply(right, found.right) };
}

/**
 * ΔW = U · TIES(UᵀΔW_kV) · Vᵀ of the given rank.
 * @throws RangeError for a rank below 1.
 */
export function compressedTies(
  sources: readonly PairFactors[],
  weights: readonly number[],
  density: number,
  rank: number,
): PairFactors {
  if (!Number.isInteger(rank) || rank < 1) throw new RangeError(`The rank must be a positive integer, got ${rank}.`);
  const { left, right } = sharedSubspaces(sources, rank);
  const merged = tiesOfMatrices(coordinatesOf(sources, left, right), weights, density);
  return { b: multiply(left, merged), a: transpose(right) };
}
