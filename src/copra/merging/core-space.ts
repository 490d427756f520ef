/**
 * Core Space (Panariello et al. 2025, arXiv 2509.17786): the updates of K adapters lie in the space that all their B span on the left and all
 * their A on the right. In orthonormal bases of the two, every update is a matrix M_k of at most K·r × K·r, without loss: ΔW_k = U M_k Vᵀ.
 * Merges that are linear or act on singular values and vectors give the same there as on ΔW. Merges of single entries do not, and are made
 * on the M_k.
 */
import { qr, svd } from '../../core/decompositions.ts';
import { columnsOf, matrix, multiply, sideBySide, transpose, type Matrix } from '../../core/matrix.ts';
import { electAndAverage, magnitudePrune } from './elementwise.ts';
import { rankOf, type PairFactors } from './low-rank.ts';

/** Updates of a matrix in the space that they span together, where they are as small as their ranks. */
export interface CoreSpace {
  /** [out, p], orthonormal columns: the left singular vectors of [B₁ … B_K] */
  readonly left: Matrix;
  /** [in, q], orthonormal columns: the right singular vectors of [A₁; …; A_K] */
  readonly right: Matrix;
  /** One M_k [p, q] per adapter, B_k·A_k = left · M_k · rightᵀ. */
  readonly cores: readonly Matrix[];
}

/** Left singular vectors of a matrix, by falling singular value; those of the value 0 are left out. */
function leftVectors(m: Matrix): Matrix {
  const { q, r } = qr(m);
  const { u, s } = svd(r);
  return columnsOf(multiply(q, u), 0, rankOf(s));
}

/** The core space of one pair of all adapters. @throws RangeError for factors that are not finite */
export function coreSpace(sources: readonly PairFactors[]): CoreSpace {
  const left = leftVectors(sideBySide(sources.map(({ b }) => b)));
  const right = leftVectors(sideBySide(sources.map(({ a }) => transpose(a))));
  return { left, right, cores: coordinatesOf(sources, left, right) };
}

/** Uᵀ B_k A_k V [p, q] per adapter: its update in bases. @param left U [out, p] @param right V [in, q] */
export function coordinatesOf(sources: readonly PairFactors[], left: Matrix, right: Matrix): Matrix[] {
  const leftT = transpose(left);
  return sources.map(({ a, b }) => multiply(multiply(leftT, b), multiply(a, right)));
}

/** TIES of matrices of one size. */
export function tiesOfMatrices(matrices: readonly Matrix[], weights: readonly number[], density: number): Matrix {
  const { rows, columns } = matrices[0];
  const trimmed = matrices.map(({ data }) => magnitudePrune(Float32Array.from(data), density));
  return matrix(rows, columns, electAndAverage(trimmed, weights));
}

/**
 * ΔW = U · TIES(M_k) · Vᵀ, of rank at most K·r. As in the paper the bases are singular vectors of the stacked factors, so the result depends
 * on how updates are split into A and B. Directions that no adapter has are left out; the paper keeps them, at 0.
 */
export function coreTies(sources: readonly PairFactors[], weights: readonly number[], density: number): PairFactors {
  const { left, right, cores } = coreSpace(sources);
  return { b: multiply(left, tiesOfMatrices(cores, weights, density)), a: transpose(right) };
}
