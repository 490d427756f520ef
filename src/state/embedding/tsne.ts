/** Exact t-SNE (van der Maaten & Hinton 2008) from pairwise distances alone. */
import { TSNE } from '@keckelt/tsne';
import { pairIndex } from '../../core/pairs.ts';
import { stream, type Rng } from '../../core/rng.ts';
import { largestPerplexity, type Embedding, type TsneRequest } from './request.ts';

const STEPS = 750;
/** The library's default step length. */
const EPSILON = 10;

/** The library initialises from Math.random; this class uses a seed. */
class SeededTsne extends TSNE {
  constructor(
    perplexity: number,
    private readonly rng: Rng,
  ) {
    super({ dim: 2, perplexity, epsilon: EPSILON });
  }

  override gaussRandom(): number {
    return this.rng.normal();
  }
}

/** Assigns points at distance 0 from an earlier one (adapters of equal seeds at the start) to its position. [points]: index of the position. */
function placesOf(points: number, distance: (i: number, j: number) => number): number[] {
  const distinct: number[] = [];
  return Array.from({ length: points }, (_, i) => {
    const place = distinct.findIndex((j) => distance(i, j) === 0);
    return place >= 0 ? place : distinct.push(i) - 1;
  });
}

/** Deterministic: equal requests give equal embeddings. */
export function tsne({ points, distances, perplexity, seed }: TsneRequest): Embedding {
  const distance = (i: number, j: number): number => (i === j ? 0 : distances[pairIndex(i, j, points)]);
  const places = placesOf(points, distance);
  const distinct = [...new Set(places)].map((place) => places.indexOf(place));
  // The library treats its input as squared distances. Their scale does not matter; near 1 its bandwidth search starts well.
  const square = distances.reduce((sum, value) => sum + value * value, 0) / Math.max(1, distances.length);
  const squared = distinct.map((i) => distinct.map((j) => distance(i, j) ** 2 / (square || 1)));
  const model = new SeededTsne(Math.min(perplexity, largestPerplexity(distinct.length)), stream(seed, 'analysis'));
  model.initDataDist(squared);
  for (let step = 0; step < STEPS; step++) model.step();
  const solution = model.getSolution() as number[][];
  return places.map((place): [number, number] => [solution[place][0], solution[place][1]]);
}
