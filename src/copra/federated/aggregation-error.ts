/** Distance between the server's aggregate and the average of the clients' updates. */
import { qr } from '../../core/decompositions.ts';
import { inner, multiply, sideBySide, times, transpose } from '../../core/matrix.ts';
import { factorsOf, type PairFactors } from '../merging/low-rank.ts';
import type { Aggregated, Round } from './rule.ts';

/** ‖Σ wᵢBᵢAᵢ‖²_F through a QR of the stacked factors: the matrix itself is never formed. */
function squaredNormOfSum(sources: readonly PairFactors[], weights: readonly number[]): number {
  const left = sideBySide(sources.map(({ b }, i) => times(b, weights[i])));
  const right = sideBySide(sources.map(({ a }) => transpose(a)));
  const core = multiply(qr(left).r, transpose(qr(right).r));
  return inner(core, core);
}

/** With E = Σ pₖBₖAₖ − (BA + residual). For exact rules only float32 rounding remains. */
export interface AggregationError {
  /** ‖E‖_F / ‖Σ pₖBₖAₖ‖_F of every layer, [players]; the projections of a layer count together. 0 for a layer without updates. */
  readonly shares: readonly number[];
  /** ‖Σ pₖBₖAₖ‖_F and ‖E‖_F over all layers, without the LoRA scale. A share falls as the update grows, with the same error. */
  readonly update: number;
  readonly missed: number;
}

/**
 * In float64, from factors alone: no update is formed, and the head and magnitudes do not count.
 * @param aggregated whose residual has the pairs of the layout, in its order, at any rank
 */
export function aggregationError(
  { layout, clients, weights }: Pick<Round, 'layout' | 'clients' | 'weights'>,
  aggregated: Aggregated,
): AggregationError {
  const { adapter, residual } = aggregated;
  const wanted = layout.players.map(() => 0);
  const missed = layout.players.map(() => 0);
  layout.pairs.forEach((pair, i) => {
    const sources = clients.map((client) => factorsOf(layout, client, pair));
    const made = [factorsOf(layout, adapter, pair)];
    if (residual) made.push(factorsOf(residual.layout, residual.values, residual.layout.pairs[i]));
    const player = layout.playerOfPair[i];
    wanted[player] += squaredNormOfSum(sources, weights);
    missed[player] += squaredNormOfSum([...sources, ...made], [...weights, ...made.map(() => -1)]);
  });
  const norm = (squares: readonly number[]): number => Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
  return {
    shares: wanted.map((square, player) => (square > 0 ? Math.sqrt(missed[player] / square) : 0)),
    update: norm(wanted),
    missed: norm(missed),
  };
}
