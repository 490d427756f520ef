/** Assigns training images to the clients of a federation. */
import { stream } from '../../core/rng.ts';
import { drawDirichlet } from './dirichlet.ts';

/** A split is redrawn if a client has fewer images. */
export const MIN_CLIENT_IMAGES = 10;
const MAX_TRIES = 10;

/** Which images each client of a federation trains on. */
export interface Partition {
  /** Images of each client, ascending; every image belongs to exactly one client. */
  readonly clients: readonly Int32Array[];
  /** Number of splits drawn, of which the last is taken. */
  readonly tries: number;
  /** True if no draw gave every client enough images; this is then the last draw, and a client may even have none. */
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
 * Draws q ~ Dir(alpha·1) for every class and cuts its images at the cumulative sums of q (Hsu et al. 2019; Li et al. 2022). Client sizes
 * are not balanced. The split is redrawn until every client has MIN_CLIENT_IMAGES, at most ten times.
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
 * Assigns whole groups (styles) to clients: one each if there are as many clients as groups. With fewer clients, one client gets several
 * groups; with more, a group is divided evenly among several.
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

/** Number of images of each kind (class or style) per client, [clients][kinds]. */
export function countsPerClient({ clients }: Partition, kindOf: Int32Array, kinds: number): number[][] {
  return clients.map((images) => {
    const counts = Array.from({ length: kinds }, () => 0);
    for (const image of images) counts[kindOf[image]]++;
    return counts;
  });
}

/** Number of clients that take part in a round: a share of them, at least one. */
export const participantCount = (clients: number, participation: number): number =>
  Math.max(1, Math.round(participation * clients));

interface Draw {
  /** Share in (0, 1]. */
  readonly participation: number;
  readonly seed: number;
  readonly round: number;
}

/** The clients that hold images, in the order in which a round draws them, and how many it draws. */
function drawnOrder({ clients }: Partition, { participation, seed, round }: Draw) {
  const able = clients.flatMap(({ length }, client) => (length > 0 ? [client] : []));
  return {
    order: stream(seed, 'participation', round).shuffle(able),
    wanted: participantCount(able.length, participation),
  };
}

/** The clients of a round, ascending: a share of those that hold images, at least one, redrawn every round. */
export function participants(partition: Partition, draw: Draw): number[] {
  const { order, wanted } = drawnOrder(partition, draw);
  return order.slice(0, wanted).sort((a, b) => a - b);
}

/** The clients that a round would draw next, in this order. */
export function reserves(partition: Partition, draw: Draw): number[] {
  const { order, wanted } = drawnOrder(partition, draw);
  return order.slice(wanted);
}

/** pₖ = nₖ / Σn. @param images nₖ of the clients of a round */
export function clientWeights(images: readonly number[]): number[] {
  const total = images.reduce((sum, count) => sum + count, 0);
  return images.map((count) => count / total);
}
