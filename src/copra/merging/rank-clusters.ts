/**
 * LoRA-LEGO (Zhao et al. 2025, arXiv 2409.16167): a unit is one column of B with its row of A, of which ΔW is the sum over the ranks. Units can be put in any
 * order, so those of several adapters are grouped by likeness, not by place, and each group becomes one unit of the merged adapter.
 */
import { argmax } from '../../core/argmax.ts';
import { qr } from '../../core/decompositions.ts';
import { axpy, dot, norm } from '../../core/flat.ts';
import { columnsOf, matrix, multiply, sideBySide, times, zeros } from '../../core/matrix.ts';
import { stacked, unstacked, type PairFactors } from './low-rank.ts';

const MAX_ROUNDS = 100;

/** A unit in coordinates, and how much it counts. */
interface Unit {
  readonly at: Float64Array;
  readonly weight: number;
}

const squaredDistance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((total, value, i) => total + (value - b[i]) ** 2, 0);

/**
 * The longest unit, then again and again the one that lies farthest from those taken (Gonzalez 1985). The same for any order of the units. Fewer than
 * `count` where the units have fewer places.
 */
function farthestFirst(units: readonly Unit[], count: number): Float64Array[] {
  const centres = [units[argmax(units.map(({ at }) => dot(at, at)))].at];
  const distances = units.map(({ at }) => squaredDistance(at, centres[0]));
  while (centres.length < count) {
    const next = argmax(distances);
    if (!(distances[next] > 0)) break;
    centres.push(units[next].at);
    units.forEach(({ at }, i) => (distances[i] = Math.min(distances[i], squaredDistance(at, units[next].at))));
  }
  return centres;
}

const weightOf = (members: readonly Unit[]): number => members.reduce((sum, { weight }) => sum + weight, 0);

/** Their weighted mean. */
function centreOf(members: readonly Unit[]): Float64Array {
  const sum = new Float64Array(members[0].at.length);
  for (const { at, weight } of members) axpy(sum, weight, at);
  const whole = weightOf(members);
  return sum.map((value) => value / whole);
}

/** The centre of units, made as long as they are on average: a mean of units that point in different directions is shorter. */
function reweightedCentre(members: readonly Unit[]): Float64Array {
  const centre = centreOf(members);
  const shortened = norm(centre);
  const length = members.reduce((sum, { at, weight }) => sum + weight * norm(at), 0) / weightOf(members);
  return shortened > 0 ? centre.map((value) => (value * length) / shortened) : centre;
}

/** Groups of units, none of them empty, by k-means (Lloyd): a local minimum of Σ w·d² from their mean. */
function grouped(units: readonly Unit[], count: number): (readonly Unit[])[] {
  let centres = farthestFirst(units, count);
  let nearest: number[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = nearest;
    nearest = units.map(({ at }) => argmax(centres.map((centre) => -squaredDistance(at, centre))));
    if (nearest.every((group, i) => group === before[i])) break;
    // A group that loses all its units keeps its place.
    centres = centres.map((centre, group) => {
      const members = units.filter((_, i) => nearest[i] === group);
      return members.length > 0 ? centreOf(members) : centre;
    });
  }
  return centres.map((_, group) => units.filter((_, i) => nearest[i] === group)).filter(({ length }) => length > 0);
}

/**
 * As many units as an adapter has ranks, each the mean of a group and as long as its members on average; with equal ranks the paper's second weight, √(r/k) on
 * the output, is 1. The update of an adapter with a negative weight counts as its negative. Grouping takes place in an orthonormal basis of all units.
 */
export function rankClusters(sources: readonly PairFactors[], weights: readonly number[]): PairFactors {
  const { rows: rank } = sources[0].a;
  const { rows: outFeatures } = sources[0].b;
  const signed = sources.map(({ a, b }, k) => ({ a, b: weights[k] < 0 ? times(b, -1) : b }));
  const { q, r } = qr(sideBySide(signed.map(stacked)));
  const units = signed.flatMap((_, k) =>
    Array.from({ length: rank }, (_, i): Unit => {
      const { data } = columnsOf(r, k * rank + i, k * rank + i + 1);
      return { at: data, weight: Math.abs(weights[k]) };
    }),
  );
  const counted = units.filter(({ at, weight }) => weight > 0 && dot(at, at) > 0);
  if (counted.length === 0) return unstacked(zeros(q.rows, 1), outFeatures);
  const centres = grouped(counted, rank).map((members) => matrix(r.rows, 1, reweightedCentre(members)));
  return unstacked(multiply(q, sideBySide(centres)), outFeatures);
}
