/** Which client of a federation holds which training image. */
import { stream } from '../../core/rng.ts';
import { drawDirichlet } from './dirichlet.ts';

/** A split with a client of fewer images is drawn again. */
export const MIN_CLIENT_IMAGES = 10;
const MAX_TRIES = 10;

export interface Partition {
  /** Per client its images, ascending; every image is held by exactly one client. */
  readonly clients: readonly Int32Array[];
  /** Splits drawn until every client had enough images. */
  readonly tries: number;
  /** No draw gave every client enough images, and this is the last one: a client may even have none. */
  readonly short: boolean;
}

const ascending = (lists: readonly (readonly number[])[]): Int32Array[] =>
  lists.map((list) => Int32Array.from(list).sort());

/** Cuts a shuffled list at the cumulative sums of `shares`. */
function deal(items: readonly number[], shares: Float64Array, to: readonly number[][]): void {
  let share = 0;
  let from = 0;
  shares.forEach((part, client) => {
    share += part;
    const end = client === shares.length - 1 ? items.length : Math.round(share * items.length);
    for (let i = from; i < end; i++) to[client].push(items[i]);
    from = Math.max(from, end);
  });
}

/**
 * For every class q ~ Dir(alpha·1), and its images cut by the cumulative sums of q (Hsu et al. 2019; Li et al. 2022). Client sizes are not
 * balanced. Drawn again until every client has MIN_CLIENT_IMAGES, ten times at most.
 * @param labels [images], below `classes`
 */
export function dirichletPartition(
  labels: Int32Array,
  classes: number,
  { clients, alpha, seed }: { readonly clients: number; readonly alpha: number; readonly seed: number },
): Partition {
  const ofClass = Array.from({ length: classes }, (): number[] => []);
  labels.forEach((label, image) => ofClass[label].push(image));
  for (let tries = 1; ; tries++) {
    const rng = stream(seed, 'partition', tries);
    const lists = Array.from({ length: clients }, (): number[] => []);
    for (const images of ofClass) deal(rng.shuffle([...images]), drawDirichlet(alpha, clients, rng), lists);
    const short = lists.some(({ length }) => length < MIN_CLIENT_IMAGES);
    if (!short || tries === MAX_TRIES) return { clients: ascending(lists), tries, short };
  }
}

/**
 * Clients hold whole groups (styles): with as many clients as groups one each; with fewer, several groups fall to one client; with more, a
 * group is dealt evenly to several.
 * @param groups [images], below `count`
 */
export function groupPartition(
  groups: Int32Array,
  count: number,
  { clients, seed }: { readonly clients: number; readonly seed: number },
): Partition {
  const ofGroup = Array.from({ length: count }, (): number[] => []);
  groups.forEach((group, image) => ofGroup[group].push(image));
  const lists = Array.from({ length: clients }, (): number[] => []);
  const rng = stream(seed, 'partition');
  ofGroup.forEach((images, group) => {
    const holders = lists.filter((_, client) =>
      clients < count ? client === group % clients : client % count === group,
    );
    deal(
      rng.shuffle(images),
      Float64Array.from(holders, () => 1 / holders.length),
      holders,
    );
  });
  return { clients: ascending(lists), tries: 1, short: lists.some(({ length }) => length < MIN_CLIENT_IMAGES) };
}

/** Images of every kind (class or style) that a client holds, [clients][kinds]. */
export function countsPerClient({ clients }: Partition, kindOf: Int32Array, kinds: number): number[][] {
  return clients.map((images) => {
    const counts = Array.from({ length: kinds }, () => 0);
    for (const image of images) counts[kindOf[image]]++;
    return counts;
  });
}

/**
 * The clients of a round, ascending: a share of those that hold images, at least one, drawn anew in every round.
 * @param participation share in (0, 1]
 */
export function participants(
  { clients }: Partition,
  { participation, seed, round }: { readonly participation: number; readonly seed: number; readonly round: number },
): number[] {
  const able = clients.flatMap(({ length }, client) => (length > 0 ? [client] : []));
  const wanted = Math.max(1, Math.round(participation * able.length));
  if (wanted >= able.length) return able;
  return stream(seed, 'participation', round)
    .shuffle(able)
    .slice(0, wanted)
    .sort((a, b) => a - b);
}

/** pₖ = nₖ / Σn over the given clients. */
export function clientWeights({ clients }: Partition, chosen: readonly number[]): number[] {
  const total = chosen.reduce((sum, client) => sum + clients[client].length, 0);
  return chosen.map((client) => clients[client].length / total);
}
