/**
 * Shapley interaction index of pairs of players (Grabisch & Roubens 1999):
 *
 *   Iᵢⱼ = Σ_{S ⊆ N∖{i,j}} s! (n − s − 2)! / (n − 1)! · [v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S)]
 *
 * Negative: each is worth less where the other is on, they are substitutes. Positive: they need each other. 0 for all pairs of an additive game.
 *
 * With the Harsanyi dividends m of the game, Iᵢⱼ = Σ_{T ⊇ ij} m(T) / (|T| − 1), which takes O(n·2ⁿ) for all pairs together.
 */
import { byMotif, varianceOfMean } from '../../core/clusters.ts';
import { pairCount, pairIndex } from '../../core/pairs.ts';
import { mean } from '../../core/statistics.ts';
import { coalitionSizes } from './coalitions.ts';

/** Replaces the values of a game by its Harsanyi dividends m(T) = Σ_{S ⊆ T} (−1)^(|T| − |S|) v(S). @param table [2^players], by bit mask */
function toDividends(table: Float64Array): void {
  for (let bit = 1; bit < table.length; bit <<= 1)
    for (let mask = 0; mask < table.length; mask++) if (mask & bit) table[mask] -= table[mask ^ bit];
}

/** Adds the upper half of a table to its lower half: the player of the highest bit is summed out. */
function sumOut(table: Float64Array, half: number): void {
  for (let mask = 0; mask < half; mask++) table[mask] += table[half + mask];
}

/**
 * Interactions of all pairs, [pairs] in the order of core/pairs.ts.
 * @param table [2^players], the value of every coalition by bit mask (bit i = player i); overwritten
 */
export function interactionsOf(table: Float64Array): Float64Array {
  const players = Math.log2(table.length);
  const sizes = coalitionSizes(players);
  const found = new Float64Array(pairCount(players));
  toDividends(table);
  for (let mask = 0; mask < table.length; mask++) table[mask] = sizes[mask] < 2 ? 0 : table[mask] / (sizes[mask] - 1);
  // Of the coalitions with j, those with i, for every i < j; then j is summed out.
  for (let j = players - 1; j > 0; j--) {
    const withJ = table.slice(1 << j, 1 << (j + 1));
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let mask = 1 << i; mask < 1 << (i + 1); mask++) sum += withJ[mask];
      found[pairIndex(i, j, players)] = sum;
      sumOut(withJ, 1 << i);
    }
    sumOut(table, 1 << j);
  }
  return found;
}

/**
 * The mean interaction of all pairs as a weighted sum of the values of all coalitions, Σ weight(|S|)·v(S).
 * @returns [players + 1]: the weight of a coalition of every size, and how many there are
 */
export function meanInteractionWeights(players: number): { readonly weight: number; readonly sets: number }[] {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  // share(s) = s! (n − s − 2)! / (n − 1)!, of a coalition of size s without both.
  const share = (size: number): number => 1 / ((players - 1) * choose(players - 2, size));
  return Array.from({ length: players + 1 }, (_, size) => {
    const both = size >= 2 ? pairCount(size) * share(size - 2) : 0;
    const one = size >= 1 && size < players ? size * (players - size) * share(size - 1) : 0;
    const none = size <= players - 2 ? pairCount(players - size) * share(size) : 0;
    return { weight: (both - one + none) / pairCount(players), sets: choose(players, size) };
  });
}

/** The interactions of a game that is a mean over images, image by image: how sure they are depends on which images share a motif. */
export class PairTally {
  /** [pairs][images] */
  readonly perImage: readonly number[][];

  constructor(players: number) {
    this.perImage = Array.from({ length: pairCount(players) }, () => []);
  }

  /** Adds the game of one image. @param table [2^players], by bit mask; overwritten */
  add(table: Float64Array): void {
    interactionsOf(table).forEach((value, pair) => this.perImage[pair].push(value));
  }

  /** [pairs]: mean over the images. */
  mean(): number[] {
    return this.perImage.map(mean);
  }

  /** [images]: mean over all pairs. */
  meanOfImage(): Float64Array {
    const [first = []] = this.perImage;
    return Float64Array.from(first, (_, image) => mean(this.perImage.map((own) => own[image])));
  }

  /**
   * [pairs]: standard error over the images; 0 for a single image, or motif, which gives no estimate.
   * @param motifs of at least these images; null: each is its own
   */
  error(motifs: ArrayLike<number> | null = null): number[] {
    return this.perImage.map((own) => Math.sqrt(varianceOfMean(byMotif(Float64Array.from(own), motifs)) ?? 0));
  }
}
