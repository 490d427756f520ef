/**
 * What the images evaluated so far say of the coalitions of a plan. Images come in portions. A tally keeps sums and the values of players, never a number for
 * every coalition and image: for 65,536 coalitions of 800 images that would be 420 MB.
 */
import { maskOfGates } from './coalitions.ts';
import { PairTally } from './interactions.ts';
import type { ShapleyPlan } from './plan.ts';
import { addCoalition } from './values.ts';

/** The answers to some images under every coalition of a plan. */
export interface CoalitionAnswers {
  /** [coalitions, images]: cross-entropies in nats. */
  readonly loss: Float32Array;
  /** [coalitions, images]: classes. */
  readonly predicted: Int32Array;
  /** [images] */
  readonly labels: Int32Array;
}

/** What Shapley values are of: correctness (0 or 1), and −cross-entropy in nats. */
const QUANTITIES = ['accuracy', 'loss'] as const;
type PerQuantity<T> = Record<(typeof QUANTITIES)[number], T>;

const perQuantity = <T>(make: () => T): PerQuantity<T> => ({ accuracy: make(), loss: make() });

/** Sums over some images, one per coalition of a plan, in its order. */
class ImageSums {
  images = 0;
  /** [coalitions] */
  readonly #sums: PerQuantity<Float64Array>;

  constructor(coalitions: number) {
    this.#sums = perQuantity(() => new Float64Array(coalitions));
  }

  /** Adds some images of a portion to the sums of coalition c. @param values [images of the portion] each */
  add(c: number, values: PerQuantity<Float32Array>, images: readonly number[]): void {
    for (const quantity of QUANTITIES) {
      const row = values[quantity];
      const sums = this.#sums[quantity];
      for (const image of images) sums[c] += row[image];
    }
  }

  /** [coalitions]: mean over the images. */
  means(quantity: keyof PerQuantity<unknown>): Float64Array {
    return this.#sums[quantity].map((sum) => sum / this.images);
  }
}

/** Halves of images, as even as may be, each motif in one of them: the next motif goes to the one that holds fewer images so far. */
class MotifHalves {
  readonly #halfOf = new Map<number, 0 | 1>();
  readonly #images: [number, number] = [0, 0];

  /** The half of the next image. */
  next(motif: number): 0 | 1 {
    const half = this.#halfOf.get(motif) ?? (this.#images[0] <= this.#images[1] ? 0 : 1);
    this.#halfOf.set(motif, half);
    this.#images[half]++;
    return half;
  }
}

/** Widens a matrix [rows, old columns] by a matrix [rows, new columns]. */
function appendColumns(left: Float64Array, right: Float64Array, rows: number): Float64Array {
  const [old, added] = [left.length / rows, right.length / rows];
  const out = new Float64Array(left.length + right.length);
  for (let row = 0; row < rows; row++) {
    out.set(left.subarray(row * old, (row + 1) * old), row * (old + added));
    out.set(right.subarray(row * added, (row + 1) * added), row * (old + added) + old);
  }
  return out;
}

/** Of the coalitions that lack one player, that player; of the one that lacks none, the number of players. */
function rowsOf({ coalitions, players }: ShapleyPlan): ReadonlyMap<number, number> {
  return new Map(
    coalitions.flatMap((gates, c) => {
      const off = [...gates].flatMap((gate, player) => (gate ? [] : [player]));
      return off.length <= 1 ? [[c, off[0] ?? players] as const] : [];
    }),
  );
}

/** Portions are added one behind the other, in the order of `motifs`, which has the images of all of them. */
export class CoalitionTally {
  readonly plan: ShapleyPlan;
  readonly all: ImageSums;
  /** Of the images; null: each is its own. */
  readonly motifs: ArrayLike<number> | null;
  /** Halves that share no motif: sets of layers are chosen on one and tested on the other. */
  readonly halves: readonly [ImageSums, ImageSums];
  readonly #motifHalves = new MotifHalves();
  /** Interactions of pairs of players; null where coalitions are sampled. */
  readonly pairs: Readonly<PerQuantity<PairTally>> | null;
  /** [players + 1][images]: whether the answer is right without each player alone, and with all; null where coalitions are sampled. */
  readonly withoutOne: readonly number[][] | null;
  /** The row of `withoutOne` that a coalition fills, by its place in the plan. */
  readonly #rows: ReadonlyMap<number, number>;
  /** [players, images]: Shapley values of every image so far. Adding a portion replaces the arrays. */
  readonly perImage: PerQuantity<Float64Array> = perQuantity(() => new Float64Array(0));

  /** @param motifs of at least the images that will be added; null: each is its own */
  constructor(plan: ShapleyPlan, motifs: ArrayLike<number> | null = null) {
    const coalitions = plan.coalitions.length;
    this.plan = plan;
    this.motifs = motifs;
    this.all = new ImageSums(coalitions);
    this.halves = [new ImageSums(coalitions), new ImageSums(coalitions)];
    this.withoutOne = plan.estimator === 'exact' ? Array.from({ length: plan.players + 1 }, () => []) : null;
    this.#rows = rowsOf(plan);
    this.pairs = plan.estimator === 'exact' ? perQuantity(() => new PairTally(plan.players)) : null;
  }

  /** Adds the next portion. @throws RangeError when the answers are not those of the plan's coalitions */
  add({ loss, predicted, labels }: CoalitionAnswers): void {
    const images = labels.length;
    const { players, coalitions } = this.plan;
    for (const { length } of [loss, predicted])
      if (length !== coalitions.length * images)
        throw new RangeError(
          `Expected ${coalitions.length} × ${images} answers of coalitions and images, got ${length}.`,
        );
    // Images are numbered through all portions.
    const first = this.all.images;
    const places = Array.from({ length: images }, (_, i) => i);
    const halfOf = places.map((i) => this.#motifHalves.next(this.motifs?.[first + i] ?? first + i));
    const parts = ([0, 1] as const).map((half) => places.filter((i) => halfOf[i] === half));
    const added = perQuantity(() => new Float64Array(players * images));
    const row = perQuantity(() => new Float32Array(images));
    const valueOf: PerQuantity<(c: number, image: number) => number> = {
      accuracy: (c, image) => (predicted[c * images + image] === labels[image] ? 1 : 0),
      loss: (c, image) => -loss[c * images + image],
    };
    for (let c = 0; c < coalitions.length; c++) {
      for (const quantity of QUANTITIES) {
        for (let image = 0; image < images; image++) row[quantity][image] = valueOf[quantity](c, image);
        addCoalition(this.plan, c, row[quantity], added[quantity]);
      }
      this.all.add(c, row, places);
      this.halves.forEach((half, i) => half.add(c, row, parts[i]));
      const kept = this.#rows.get(c);
      if (kept !== undefined) this.withoutOne?.[kept].push(...row.accuracy);
    }
    if (this.pairs) this.#addPairs(this.pairs, valueOf, images);
    for (const quantity of QUANTITIES)
      this.perImage[quantity] = appendColumns(this.perImage[quantity], added[quantity], players);
    this.all.images += images;
    this.halves.forEach((half, i) => (half.images += parts[i].length));
  }

  #addPairs(
    pairs: Readonly<PerQuantity<PairTally>>,
    valueOf: PerQuantity<(c: number, image: number) => number>,
    images: number,
  ): void {
    const masks = Uint32Array.from(this.plan.coalitions, maskOfGates);
    const table = new Float64Array(masks.length);
    for (const quantity of QUANTITIES)
      for (let image = 0; image < images; image++) {
        masks.forEach((mask, c) => (table[mask] = valueOf[quantity](c, image)));
        pairs[quantity].add(table);
      }
  }
}
