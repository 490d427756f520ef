/**
 * Seeded random numbers. Every random draw of the project comes from a named stream of a seed, so that two arms with
 * equal seeds share initial factors and data order and differ only in their gates. Dropout masks are no draws: they are hashes (hash.ts).
 */

export type StreamName =
  | 'init'
  | 'order'
  | 'gates'
  | 'augment'
  | 'analysis'
  | 'merge'
  | 'split'
  | 'pretrain'
  | 'partition'
  | 'participation';

export interface Rng {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform integer in [0, bound), for bounds up to 2³²; no two differ by more than 2⁻³² in probability. */
  integer(bound: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Fisher–Yates, in place; returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
  /** The four state words, to save and restore a stream. */
  save(): [number, number, number, number];
}

/** sfc32 (Chris Doty-Humphrey's PractRand): 128 bits of state, passes PractRand and BigCrush. */
export function rngFromState(state: readonly [number, number, number, number]): Rng {
  let [a, b, c, d] = state.map((word) => word | 0) as [number, number, number, number];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const uniform = () => next() / 4294967296;
  const integer = (bound: number) => Math.floor(uniform() * bound);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const swap = items[i];
        (items as { [index: number]: unknown })[i] = items[j];
        (items as { [index: number]: unknown })[j] = swap;
      }
      return items;
    },
    save: () => [a, b, c, d],
  };
}

/** 32-bit FNV-1a over the UTF-16 units of a string: for ASCII, the same as over its bytes. */
export function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The stream `name` of `seed`. Streams of different names or seeds are independent; an optional `index` derives
 * independent sub-streams (one per epoch, per layer, per image …).
 * @param seed an integer, which counts modulo 2³², as `index` does
 */
export function stream(seed: number, name: StreamName, index = 0): Rng {
  const rng = rngFromState([hashString(name), seed | 0, Math.imul(index, 0x9e3779b9), 1]);
  for (let i = 0; i < 16; i++) rng.uniform(); // sfc32 needs about a dozen rounds until every state bit has mixed
  return rng;
}
