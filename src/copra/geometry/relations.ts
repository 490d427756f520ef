/** Distances and cosines grouped by what two adapters share: the method, the seed, or nothing but the pretrained model. */
import { pairsOf } from '../../core/pairs.ts';
import { cosine, distance, type PointCloud } from './distances.ts';

/** Distances and cosines of all pairs of points of one kind. */
export interface Relation {
  readonly kind: 'other seed' | 'other method' | 'pretrained';
  /** One arm, or the two that are compared. */
  readonly arms: readonly string[];
  readonly distances: readonly number[];
  /** Undefined cosines (those with the zero adapter) are omitted. */
  readonly cosines: readonly number[];
}

type Pair = readonly [number, number];

/**
 * Relations: between seeds of one arm; between two arms at equal seeds; and from the zero adapter (the pretrained model) to each arm.
 * Relations without any pair are omitted.
 * @param points in the order of the cloud, one per run
 */
export function relationsOf(
  points: readonly { readonly arm: string; readonly seed: number }[],
  cloud: PointCloud,
): Relation[] {
  const arms = [...new Set(points.map(({ arm }) => arm))];
  const indices = points.map((_, i) => i);
  const of = (arm: string): number[] => indices.filter((i) => points[i].arm === arm);
  const relation = (kind: Relation['kind'], of: readonly string[], pairs: readonly Pair[]): Relation => ({
    kind,
    arms: of,
    distances: pairs.map(([i, j]) => distance(cloud, i, j)),
    cosines: pairs.flatMap(([i, j]) => cosine(cloud, i, j) ?? []),
  });
  return [
    ...arms.map((arm) => relation('other seed', [arm], pairsOf(of(arm)))),
    ...pairsOf(arms).map(([first, second]) => {
      const pairs = of(first).flatMap((i) =>
        of(second)
          .filter((j) => points[j].seed === points[i].seed)
          .map((j): Pair => [i, j]),
      );
      return relation('other method', [first, second], pairs);
    }),
    ...arms.map((arm): Relation => ({
      kind: 'pretrained',
      arms: [arm],
      distances: of(arm).map((i) => cloud.norms[i]),
      cosines: [],
    })),
  ].filter(({ distances }) => distances.length > 0);
}
