/**
 * Chooses the coalitions for a regression: pairs of a coalition and its complement, spread over their sizes. Small size classes are
 * evaluated completely, the others sampled without replacement and reweighted (Covert & Lee 2021; Musco & Witter 2024 for the laws).
 */
import { stream, type Rng } from '../../core/rng.ts';

/** A coalition and its complement, which a regression evaluates together. */
export interface CoalitionPair {
  /** [players]: the smaller one of the two; its complement is the other. */
  readonly gates: Uint8Array;
  /** Kernel weight of the pair divided by its sampling probability. */
  readonly weight: number;
  /** False if all pairs of this size are included, so nothing was sampled. */
  readonly sampled: boolean;
}

/** Sampling law of sizes: proportional to the kernel weight, or to its square root (modified ℓ², better with interactions). */
export type SizeLaw = 'kernel' | 'modified-l2';

interface SizeClass {
  readonly size: number;
  /** Number of pairs {S, N∖S} with the smaller one of this size; Infinity beyond what doubles hold. */
  readonly pairs: number;
  /** Sum of the kernel weights (n − 1) / (C(n, s) s (n − s)) of its pairs. */
  readonly weight: number;
  readonly share: number;
}

function sizeClasses(players: number, law: SizeLaw): SizeClass[] {
  let count = 1;
  return Array.from({ length: Math.floor(players / 2) }, (_, i) => {
    const size = i + 1;
    count = (count * (players - size + 1)) / size;
    const part = 2 * size === players ? 0.5 : 1;
    const kernel = 1 / (size * (players - size));
    return {
      size,
      pairs: Math.round(count * part),
      weight: (players - 1) * kernel * part,
      share: part * (law === 'kernel' ? kernel : Math.sqrt(kernel)),
    };
  });
}

/** All subsets of `size` of 0 … players − 1; at half size only those with player 0, which is one of each pair. */
function allOfSize(players: number, size: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const gates = new Uint8Array(players);
  const place = (from: number, left: number): void => {
    if (left === 0) found.push(gates.slice());
    for (let player = from; player <= players - left && left > 0; player++) {
      gates[player] = 1;
      place(player + 1, left - 1);
      gates[player] = 0;
      if (left === size && 2 * size === players) break; // player 0 is always in
    }
  };
  place(0, size);
  return found;
}

function drawOfSize(players: number, size: number, count: number, rng: Rng): Uint8Array[] {
  const drawn = new Map<string, Uint8Array>();
  const order = Array.from({ length: players }, (_, player) => player);
  while (drawn.size < count) {
    const gates = new Uint8Array(players);
    for (const player of rng.shuffle(order).slice(0, size)) gates[player] = 1;
    const one = 2 * size === players && gates[0] === 0 ? gates.map((gate) => 1 - gate) : gates;
    drawn.set(one.join(''), one);
  }
  return [...drawn.values()];
}

/**
 * @param wanted number of pairs; single players against all others are always included, so there are at least `players`
 * @returns at most as many pairs as there are, in no particular order
 */
export function samplePairs(players: number, wanted: number, law: SizeLaw, seed: number): CoalitionPair[] {
  const rng = stream(seed, 'analysis', players);
  let open = sizeClasses(players, law);
  let left = wanted;
  const pairs: CoalitionPair[] = [];
  const expected = ({ share }: SizeClass): number => (left * share) / open.reduce((sum, one) => sum + one.share, 0);
  // Taking a class completely leaves more for the others, which may then be taken completely too.
  for (;;) {
    const whole = open.find((one) => one.size === 1 || expected(one) >= one.pairs);
    if (!whole) break;
    const weight = whole.weight / whole.pairs;
    pairs.push(...allOfSize(players, whole.size).map((gates) => ({ gates, weight, sampled: false })));
    left = Math.max(0, left - whole.pairs);
    open = open.filter((one) => one !== whole);
  }
  if (left === 0) return pairs;
  // Systematic rounding: the counts add up, and each is right on average.
  let reached = rng.uniform();
  const counts = open.map((one) => {
    const before = Math.floor(reached);
    reached += expected(one);
    return Math.floor(reached) - before;
  });
  open.forEach((one, i) => {
    const weight = one.weight / expected(one);
    const gatesList = drawOfSize(players, one.size, Math.min(counts[i], one.pairs), rng);
    pairs.push(...gatesList.map((gates) => ({ gates, weight, sampled: true })));
  });
  return pairs;
}
