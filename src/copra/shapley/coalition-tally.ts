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

  /** Adds every `step`-th image from `from` on to the sums of coalition c. @param values [images] each */
  add(c: number, values: PerQuantity<Float32Array>, from: number, step: number): void {
    for (const quantity of QUANTITIES) {
      const row = values[quantity];
      const sums = this.#sums[quantity];
      for (let image = from; image < row.length; image += step) sums[c] += row[image];
    }
  }

  /** [coalitions]: mean over the images. */
  means(quantity: keyof PerQuantity<unknown>): Float64Array {
    return this.#sums[quantity].map((sum) => sum / this.images);
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

export class CoalitionTally {
  readonly plan: ShapleyPlan;
  readonly all: ImageSums;
  /** Every other image: sets of layers are chosen on one half and tested on the other. */
  readonly halves: readonly [ImageSums, ImageSums];
  /** Interactions of pairs of players; null where coalitions are sampled. */
  readonly pairs: Readonly<PerQuantity<PairTally>> | null;
  /** [players + 1][images]: whether the answer is right without each player alone, and with all; null where coalitions are sampled. */
  readonly withoutOne: readonly number[][] | null;
  /** The row of `withoutOne` that a coalition fills, by its place in the plan. */
  readonly #rows: ReadonlyMap<number, number>;
  /** [players, images]: Shapley values of every image. */
  readonly perImage: PerQuantity<Float64Array> = perQuantity(() => new Float64Array(0));

  constructor(plan: ShapleyPlan) {
    const coalitions = plan.coalitions.length;
    this.plan = plan;
    this.all = new ImageSums(coalitions);
    this.halves = [new ImageSums(coalitions), new ImageSums(coalitions)];
    this.withoutOne = plan.estimator === 'exact' ? Array.from({ length: plan.players + 1 }, () => []) : null;
    this.#rows = rowsOf(plan);
    this.pairs = plan.estimator === 'exact' ? perQuantity(() => new PairTally(plan.players)) : null;
  }

  /** @throws RangeError when the answers are not those of the plan's coalitions */
  add({ loss, predicted, labels }: CoalitionAnswers): void {
    const images = labels.length;
    const { players, coalitions } = this.plan;
    for (const { length } of [loss, predicted])
      if (length !== coalitions.length * images)
        throw new RangeError(
          `Expected ${coalitions.length} × ${images} answers of coalitions and images, got ${length}.`,
        );
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
      this.all.add(c, row, 0, 1);
      const kept = this.#rows.get(c);
      if (kept !== undefined) this.withoutOne?.[kept].push(...row.accuracy);
      // Images are numbered through all portions.
      this.halves.forEach((half, parity) => half.add(c, row, (parity + this.all.images) % 2, 2));
    }
    if (this.pairs) this.#addPairs(this.pairs, valueOf, images);
    for (const quantity of QUANTITIES)
      this.perImage[quantity] = appendColumns(this.perImage[quantity], added[quantity], players);
    const first = this.all.images;
    this.all.images += images;
    this.halves.forEach((half, parity) => {
      const from = (parity + first) % 2;
      half.images += Math.ceil(Math.max(0, images - from) / 2);
    });
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
