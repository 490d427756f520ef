/**
 * KnOTS (Stoica et al. 2024, arXiv 2410.19735): updates of LoRA share few directions, so their entries do not correspond. The updates side
 * by side, [D₁ … D_K] = U S [V₁ … V_K]ᵀ, are written in one common basis U, and the V_k are merged entry by entry, here with TIES.
 */
import { qr, svd } from '../../core/decompositions.ts';
import { columnsOf, matrix, multiply, scaleColumns, sideBySide, transpose } from '../../core/matrix.ts';
import { electAndAverage, magnitudePrune } from './elementwise.ts';
import { rankOf, type PairFactors } from './low-rank.ts';

/**
 * ΔW = U S V with V = TIES of the V_kᵀ, of rank at most K·r. V is trimmed without S, as in the paper: rows of small singular values are
 * trimmed as much as rows of large ones.
 */
export function knotsTies(sources: readonly PairFactors[], weights: readonly number[], density: number): PairFactors {
  const left = qr(sideBySide(sources.map(({ b }) => b)));
  const rights = sources.map(({ a }) => qr(transpose(a))); // [in, rank] each
  let first = 0;
  const blocks = sources.map(({ b }, k) => {
    const block = multiply(columnsOf(left.r, first, first + b.columns), transpose(rights[k].r));
    first += b.columns;
    return block;
  });
  const { u, s, v } = svd(sideBySide(blocks));
  const rank = rankOf(s);
  const inFeatures = sources[0].a.columns;
  let row = 0;
  const bases = sources.map((_, k) => {
    // Rows of v that belong to source k, as V_kᵀ in the space of the inputs: [rank, in].
    const height = rights[k].q.columns;
    const own = {
      rows: height,
      columns: v.columns,
      data: v.data.subarray(row * v.columns, (row + height) * v.columns),
    };
    row += height;
    return Float32Array.from(transpose(multiply(rights[k].q, columnsOf(own, 0, rank))).data);
  });
  const merged = electAndAverage(
    bases.map((basis) => magnitudePrune(basis, density)),
    weights,
  );
  return {
    b: scaleColumns(columnsOf(multiply(left.q, u), 0, rank), s.slice(0, rank)),
    a: matrix(rank, inFeatures, merged),
  };
}
