/** How unevenly credit is spread over layers. */
import type { Player } from '../../core/adapter-layout.ts';
import { thirdsOfPlayers } from '../thirds.ts';

/**
 * Threshold on Σ|φ| for non-zero credit. If all coalitions have the same value, weights that sum to zero still leave about 1e-15; a single
 * image contributes more than 1e-9.
 */
const ROUNDING = 1e-12;

/** Whether there is any credit to share out. */
export const carriesCredit = (phi: ArrayLike<number>): boolean =>
  Array.from(phi).reduce((sum, value) => sum + Math.abs(value), 0) > ROUNDING;

/**
 * Share of Σ|φ| that lies in the top third of the layers of every tower, those nearest the output; ⅓ when all layers carry the same; null
 * when there is no credit. Sampling errors add to every |φ|, so of few images it lies nearer an even split: it compares adapters on the same images.
 */
export function topThirdShare(players: readonly Player[], phi: ArrayLike<number>): number | null {
  if (!carriesCredit(phi)) return null;
  const thirds = thirdsOfPlayers({ players });
  let total = 0;
  let top = 0;
  thirds.forEach((third, player) => {
    const credit = Math.abs(phi[player]);
    total += credit;
    if (third === 'high') top += credit;
  });
  return top / total;
}

/**
 * The influence function of topThirdShare over images: Σ sign(φ)·(φ of the image − φ)·([top third] − share) / Σ|φ|, [images], centred at 0;
 * null when there is no credit.
 * @param phi [players]; @param perImage [players, images], whose means are phi
 */
export function topThirdInfluence(
  players: readonly Player[],
  phi: Float64Array,
  perImage: Float64Array,
): Float64Array | null {
  const share = topThirdShare(players, phi);
  if (share === null) return null;
  const thirds = thirdsOfPlayers({ players });
  const total = phi.reduce((sum, value) => sum + Math.abs(value), 0);
  const images = perImage.length / phi.length;
  const influence = new Float64Array(images);
  thirds.forEach((third, player) => {
    const weight = (Math.sign(phi[player]) * ((third === 'high' ? 1 : 0) - share)) / total;
    for (let i = 0; i < images; i++) influence[i] += weight * (perImage[player * images + i] - phi[player]);
  });
  return influence;
}

/** Gini coefficient of |φ|: 0 when all layers carry the same, 1 − 1/n when one carries all; null when none does. */
export function giniConcentration(phi: ArrayLike<number>): number | null {
  if (!carriesCredit(phi)) return null;
  const sorted = Float64Array.from(phi, Math.abs).sort();
  const total = sorted.reduce((sum, credit) => sum + credit, 0);
  const ranked = sorted.reduce((sum, credit, rank) => sum + (2 * (rank + 1) - sorted.length - 1) * credit, 0);
  return ranked / (sorted.length * total);
}
