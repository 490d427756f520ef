/**
 * Shapley values by weighted regression on pairs of complementary coalitions. With pairs, only the odd part of the game matters:
 * y(S) = (v(S) − v(N∖S))/2 as a polynomial in zᵢ = ±1, of degree 1 (paired KernelSHAP: Lundberg & Lee 2017, Covert & Lee 2021) or
 * of degrees 1 and 3 (after OddSHAP, here with all triples and a ridge). Linear in v, so both are plans like any other.
 */
import { cholesky, inverseDiagonal, solve } from '../../core/cholesky.ts';
import { dot } from '../../core/flat.ts';
import { samplePairs, type CoalitionPair, type SizeLaw } from './pairs.ts';
import type { EstimatorId } from './estimator-ids.ts';
import { exactPlan, indexCoalitions, type ShapleyPlan } from './plan.ts';

/** Ridge on the triples, relative to the sum of weights; the value with the smallest error on bundled adapters (docs/shapley.md). */
const RIDGE = 0.5;

/** A linear fit φ = map · y over rows, the first of which is the full coalition against the empty one. */
interface Fit {
  /** [players, rows] */
  readonly map: Float64Array;
  /** Leave-one-out residual of every row, [rows], from y [rows]; the first is 0. */
  readonly leftOut: (y: Float64Array) => Float64Array;
}

type Regression = (players: number, z: readonly Float64Array[], weights: readonly number[]) => Fit;

/** min Σ w (y − z·θ)² subject to Σθ = y₀; φ = 2θ. */
const linear: Regression = (players, z, weights) => {
  const rows = z.length;
  const normal = new Float64Array(players * players); // ZᵀWZ
  for (let r = 1; r < rows; r++)
    for (let i = 0; i < players; i++)
      for (let j = 0; j < players; j++) normal[i * players + j] += weights[r] * z[r][i] * z[r][j];
  const factor = cholesky(normal, players);
  const ofOnes = solve(factor, new Float64Array(players).fill(1));
  const total = ofOnes.reduce((sum, value) => sum + value, 0);
  const map = new Float64Array(players * rows);
  const leverage = new Float64Array(rows);
  for (let i = 0; i < players; i++) map[i * rows] = (2 * ofOnes[i]) / total;
  for (let r = 1; r < rows; r++) {
    const free = solve(factor, z[r]);
    const excess = free.reduce((sum, value) => sum + value, 0) / total;
    for (let i = 0; i < players; i++) {
      const theta = weights[r] * (free[i] - ofOnes[i] * excess);
      map[i * rows + r] = 2 * theta;
      leverage[r] += z[r][i] * theta;
    }
  }
  const leftOut = (y: Float64Array): Float64Array =>
    y.map((value, r) => {
      let fitted = 0;
      for (let i = 0; i < players; i++) {
        let phi = 0;
        for (let s = 0; s < rows; s++) phi += map[i * rows + s] * y[s];
        fitted += (z[r][i] * phi) / 2;
      }
      return r === 0 ? 0 : (value - fitted) / Math.max(1e-9, 1 - leverage[r]);
    });
  return { map, leftOut };
};

/**
 * The same with all triples: min Σ w (y − x·θ)² + λ Σ θ_T², exact at the full coalition. There are more triples than rows, so they are
 * eliminated: K = E₃ + λ/w with E₃ their products, which depend only on t = z·z': e₃ = (t³ − 3nt + 2t)/6. The rest is generalised least
 * squares in the n linear terms, with K as covariance.
 */
const oddCubic: Regression = (players, z, weights) => {
  const rows = z.length;
  const lambda = RIDGE * weights.reduce((sum, weight) => sum + weight, 0);
  const covariance = new Float64Array(rows * rows);
  for (let r = 0; r < rows; r++) {
    for (let s = 0; s <= r; s++) {
      let t = 0;
      for (let i = 0; i < players; i++) t += z[r][i] * z[s][i];
      covariance[r * rows + s] = (t * t * t - 3 * players * t + 2 * t) / 6;
    }
    if (r > 0) covariance[r * rows + r] += lambda / weights[r];
  }
  const factor = cholesky(covariance, rows);
  const columns = Array.from({ length: players }, (_, i) => Float64Array.from(z, (row) => row[i]));
  const solved = columns.map((column) => solve(factor, column)); // K⁻¹Z, by columns
  const gram = Float64Array.from(solved.flatMap((column) => columns.map((other) => dot(column, other))));
  const gramFactor = cholesky(gram, players);
  // Rows of (ZᵀK⁻¹Z)⁻¹ZᵀK⁻¹: the linear terms from y, by rows of the data.
  const linearOf = Array.from({ length: rows }, (_, r) =>
    solve(
      gramFactor,
      solved.map((column) => column[r]),
    ),
  );
  const map = new Float64Array(players * rows);
  for (let i = 0; i < players; i++) {
    // Σ over triples with i of x_T, [rows]: zᵢ · e₂ of the others.
    const triples = Float64Array.from(z, (row) => {
      const others = row.reduce((sum, value) => sum + value, 0) - row[i];
      return (row[i] * (others * others - (players - 1))) / 2;
    });
    const solvedTriples = solve(factor, triples);
    const overlap = columns.map((column) => dot(column, solvedTriples));
    for (let r = 0; r < rows; r++) {
      const already = linearOf[r].reduce((sum, value, j) => sum + value * overlap[j], 0);
      map[i * rows + r] = 2 * (linearOf[r][i] + (solvedTriples[r] - already) / 3);
    }
  }
  const leftOut = (y: Float64Array): Float64Array => {
    const theta = new Float64Array(players);
    for (let r = 0; r < rows; r++) for (let i = 0; i < players; i++) theta[i] += linearOf[r][i] * y[r];
    const solvedY = solve(factor, y);
    const diagonal = inverseDiagonal(factor);
    // Dubrule 1983: with Q = K⁻¹ − K⁻¹Z(ZᵀK⁻¹Z)⁻¹ZᵀK⁻¹, the leave-one-out residual of row r is (Qy)ᵣ/Qᵣᵣ.
    return y.map((_, r) => {
      let residual = solvedY[r];
      let precision = diagonal[r];
      for (let i = 0; i < players; i++) {
        residual -= solved[i][r] * theta[i];
        precision -= solved[i][r] * linearOf[r][i];
      }
      return r === 0 ? 0 : residual / Math.max(1e-12, precision);
    });
  };
  return { map, leftOut };
};

function planOfPairs(estimator: EstimatorId, regression: Regression, players: number, pairs: CoalitionPair[]) {
  const complement = (gates: Uint8Array): Uint8Array => gates.map((gate) => 1 - gate);
  const ons = [new Uint8Array(players).fill(1), ...pairs.map(({ gates }) => gates)];
  const { coalitions, indexOf } = indexCoalitions(ons.flatMap((gates) => [gates, complement(gates)]));
  const z = ons.map((gates) => Float64Array.from(gates, (gate) => 2 * gate - 1));
  const fit = regression(players, z, [0, ...pairs.map(({ weight }) => weight)]);
  const rows = ons.length;
  const on = ons.map(indexOf);
  const off = ons.map((gates) => indexOf(complement(gates)));
  const count = coalitions.length;
  const weights = new Float64Array(players * count);
  for (let i = 0; i < players; i++)
    for (let r = 0; r < rows; r++) {
      weights[i * count + on[r]] += fit.map[i * rows + r] / 2;
      weights[i * count + off[r]] -= fit.map[i * rows + r] / 2;
    }
  const sampled = pairs.filter((pair) => pair.sampled).length;
  // Jackknife: leaving out row r changes φ by exactly map · (leave-one-out residual of r). Mandatory rows do not vary.
  const samplingError = (values: ArrayLike<number>): Float64Array => {
    const variance = new Float64Array(players);
    if (sampled === 0) return variance;
    const missed = fit.leftOut(Float64Array.from(ons, (_, r) => (values[on[r]] - values[off[r]]) / 2));
    pairs.forEach((pair, p) => {
      if (!pair.sampled) return;
      for (let i = 0; i < players; i++) variance[i] += (fit.map[i * rows + p + 1] * missed[p + 1]) ** 2;
    });
    return variance.map(Math.sqrt);
  };
  return { players, estimator, coalitions, weights, samplingError };
}

function pairPlan(
  estimator: EstimatorId,
  regression: Regression,
  law: SizeLaw,
  players: number,
  evaluations: number,
  seed: number,
): ShapleyPlan {
  if (players < 3) return { ...exactPlan(players), estimator };
  const pairs = samplePairs(players, Math.floor((evaluations - 2) / 2), law, seed);
  return planOfPairs(estimator, regression, players, pairs);
}

/** Paired KernelSHAP within `evaluations` coalitions, at least 2n + 2. */
export const kernelPlan = (players: number, evaluations: number, seed: number): ShapleyPlan =>
  pairPlan('kernel', linear, 'kernel', players, evaluations, seed);

/** Pairs and a ridge on all triples, within `evaluations` coalitions, at least 2n + 2. */
export const oddPlan = (players: number, evaluations: number, seed: number): ShapleyPlan =>
  pairPlan('odd', oddCubic, 'modified-l2', players, evaluations, seed);
