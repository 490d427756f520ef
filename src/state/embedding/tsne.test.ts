import { describe, expect, it } from 'vitest';
import { stream } from '../../core/rng.ts';
import { largestPerplexity } from './request.ts';
import { tsne } from './tsne.ts';

/** Points around three centres far apart, and their distances. */
function clusters(perCluster: number) {
  const rng = stream(3, 'analysis');
  const points = Array.from({ length: 3 * perCluster }, (_, i) =>
    Array.from({ length: 5 }, (_, k) => (k === i % 3 ? 20 : 0) + rng.normal()),
  );
  const distances = points.flatMap((a, i) => points.slice(i + 1).map((b) => Math.hypot(...a.map((x, k) => x - b[k]))));
  return { points: points.length, distances };
}

const apart = (a: readonly number[], b: readonly number[]) => Math.hypot(a[0] - b[0], a[1] - b[1]);

describe('t-SNE of distances', () => {
  const request = { ...clusters(8), perplexity: 5, seed: 1 };
  const embedding = tsne(request);

  it('keeps neighbours together', () => {
    embedding.forEach((point, i) => {
      const others = embedding.map((_, j) => j).filter((j) => j !== i);
      const nearest = others.reduce((a, b) => (apart(point, embedding[a]) < apart(point, embedding[b]) ? a : b));
      expect(nearest % 3).toBe(i % 3);
    });
  });

  it('repeats for a seed, and differs for another', () => {
    expect(tsne(request)).toEqual(embedding);
    expect(tsne({ ...request, seed: 2 })).not.toEqual(embedding);
  });

  it('does not depend on the unit of the distances', () => {
    const other = tsne({ ...request, distances: request.distances.map((value) => 1024 * value) });
    other.forEach((point, i) => expect(apart(point, embedding[i])).toBeLessThan(1e-3));
  });

  it('puts equal points in one place, and copes with too high a perplexity', () => {
    const at = [0, 0, 1, 2, 5, 6, 9, 10, 12];
    const distances = at.flatMap((a, i) => at.slice(i + 1).map((b) => Math.abs(a - b)));
    const line = tsne({ points: at.length, distances, perplexity: 50, seed: 0 });
    expect(line[0]).toEqual(line[1]);
    expect(line.flat().every(Number.isFinite)).toBe(true);
    expect(largestPerplexity(9)).toBe(2);
  });
});
