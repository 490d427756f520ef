/** t-SNE (van der Maaten & Hinton 2008), exact, of points of which only the distances are known. */
import { TSNE } from '@keckelt/tsne';
import { pairIndex } from '../../copra/geometry/distances.ts';
import { stream, type Rng } from '../../core/rng.ts';
import { largestPerplexity, type Embedding, type TsneRequest } from './request.ts';

const STEPS = 750;
/** The library's usual step length. */
const EPSILON = 10;

/** The library draws its start from Math.random; here it comes from a seed. */
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

/** Points at distance 0 from an earlier one, as adapters of equal seeds are at the start, take its place. [points]: the place. */
function placesOf(points: number, distance: (i: number, j: number) => number): number[] {
  const distinct: number[] = [];
  return Array.from({ length: points }, (_, i) => {
    const place = distinct.findIndex((j) => distance(i, j) === 0);
    return place >= 0 ? place : distinct.push(i) - 1;
  });
}

/** The same request gives the same embedding. */
export function tsne({ points, distances, perplexity, seed }: TsneRequest): Embedding {
  const distance = (i: number, j: number): number => (i === j ? 0 : distances[pairIndex(points, i, j)]);
  const places = placesOf(points, distance);
  const distinct = [...new Set(places)].map((place) => places.indexOf(place));
  // The library takes what it is given as squared distances. Their unit does not matter; near 1 its search for bandwidths begins well.
  const square = distances.reduce((sum, value) => sum + value * value, 0) / Math.max(1, distances.length);
  const squared = distinct.map((i) => distinct.map((j) => distance(i, j) ** 2 / (square || 1)));
  const model = new SeededTsne(Math.min(perplexity, largestPerplexity(distinct.length)), stream(seed, 'analysis'));
  model.initDataDist(squared);
  for (let step = 0; step < STEPS; step++) model.step();
  const solution = model.getSolution() as number[][];
  return places.map((place): [number, number] => [solution[place][0], solution[place][1]]);
}
