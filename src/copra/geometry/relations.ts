/** Distances and cosines sorted by what two adapters have in common: the method, the seed, or nothing but the pretrained model. */
import { cosine, distance, type PointCloud } from './distances.ts';

export interface Relation {
  readonly kind: 'other seed' | 'other method' | 'pretrained';
  /** One arm, or the two that are compared. */
  readonly arms: readonly string[];
  readonly distances: readonly number[];
  /** Without those that are undefined, as every cosine with zero is. */
  readonly cosines: readonly number[];
}

type Pair = readonly [number, number];

/**
 * Per arm its seeds with one another, per two arms equal seeds, per arm the way from the zero adapter, which is the pretrained model.
 * Relations without a pair are left out.
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
    ...arms.map((arm) => {
      const own = of(arm);
      const pairs = own.flatMap((i, at) => own.slice(at + 1).map((j): Pair => [i, j]));
      return relation('other seed', [arm], pairs);
    }),
    ...arms.flatMap((first, at) =>
      arms.slice(at + 1).map((second) => {
        const pairs = of(first).flatMap((i) =>
          of(second)
            .filter((j) => points[j].seed === points[i].seed)
            .map((j): Pair => [i, j]),
        );
        return relation('other method', [first, second], pairs);
      }),
    ),
    ...arms.map((arm): Relation => ({
      kind: 'pretrained',
      arms: [arm],
      distances: of(arm).map((i) => cloud.norms[i]),
      cosines: [],
    })),
  ].filter(({ distances }) => distances.length > 0);
}
