/**
 * Forecasts the next whole number as a probability for each: a mixture of experts. Every expert is one forecast with one width; its probabilities fall off on
 * both sides by a constant factor per quarter of a step. After every number the experts that expected it gain weight (Bayes' rule), and all regain a little
 * (Herbster and Warmuth 1998), so that one that was wrong for long can recover. Only + − × ÷ on float64 in a fixed order, so that browsers agree to the bit.
 */
import { inUnits, type CodeBit } from './code-bit.ts';

/** Mean distances that experts expect, in quarters of a step. */
const WIDTHS = [0.5, 1, 2, 4, 8, 16, 32, 64, 128];
const REACH = 4096;
/** Share of the weight that is redistributed among all experts after every number. */
const SHARED = 0.01;
/** Experts with less weight are skipped. */
const HEARD = 2e-4;

/** [width][distance in quarters of a step]: the probability on one side beyond the distance. */
const TAILS = WIDTHS.map((width) => {
  const tail = new Float64Array(REACH);
  const factor = width / (width + 1);
  tail[0] = 0.5;
  for (let i = 1; i < REACH; i++) tail[i] = tail[i - 1] * factor;
  return tail;
});

/** The share of an expert's probability that lies at least this many quarters of a step below its forecast. */
function below(tail: Float64Array, quarters: number): number {
  if (quarters <= 0) return -quarters < REACH ? tail[-quarters] : 0;
  return quarters < REACH ? 1 - tail[quarters] : 1;
}

export class Forecast {
  readonly #lowest: number;
  readonly #highest: number;
  readonly #forecasts: number;
  /** [forecasts · widths], then the expert without knowledge */
  readonly #weights: Float64Array;
  readonly #places: Int32Array;
  /** [experts]: weight, tail and forecast of each one that is heard now; looked up once per number, as every bit of it asks them all. */
  readonly #heardWeights: Float64Array;
  readonly #heardTails: Float64Array[] = [];
  readonly #heardPlaces: Int32Array;

  /** Numbers lie between `lowest` and `highest`, both included. */
  constructor(lowest: number, highest: number, forecasts: number) {
    const experts = forecasts * WIDTHS.length + 1;
    this.#lowest = lowest;
    this.#highest = highest;
    this.#forecasts = forecasts;
    this.#weights = new Float64Array(experts).fill(1 / experts);
    this.#places = new Int32Array(forecasts);
    this.#heardWeights = new Float64Array(experts);
    this.#heardPlaces = new Int32Array(experts);
  }

  /**
   * Codes the next number and learns from it.
   * @param expected [forecasts]
   * @param value the number to encode; a decoder passes any and gets the number.
   */
  code(codeBit: CodeBit, expected: Float64Array, value: number): number {
    for (let i = 0; i < this.#forecasts; i++) {
      const inside = Math.max(this.#lowest, Math.min(this.#highest, expected[i]));
      // The unit is a quarter of a step, counted from the lowest number.
      this.#places[i] = Math.round(4 * (inside - this.#lowest));
    }
    const heard = this.#listen();
    let [from, to] = [0, this.#highest - this.#lowest];
    let [start, end] = [this.#mass(from, heard), this.#mass(to + 1, heard)];
    const wanted = value - this.#lowest;
    while (from < to) {
      const middle = (from + to + 1) >>> 1;
      const at = this.#mass(middle, heard);
      if (codeBit(end > start ? inUnits((at - start) / (end - start)) : 32768, wanted >= middle ? 1 : 0) === 1) {
        from = middle;
        start = at;
      } else {
        to = middle - 1;
        end = at;
      }
    }
    this.#learn(from);
    return from + this.#lowest;
  }

  #listen(): number {
    const [weights, places] = [this.#weights, this.#places];
    let [expert, heard] = [0, 0];
    for (let i = 0; i < this.#forecasts; i++)
      for (const tail of TAILS) {
        const weight = weights[expert++];
        if (weight < HEARD) continue;
        this.#heardWeights[heard] = weight;
        this.#heardTails[heard] = tail;
        this.#heardPlaces[heard++] = places[i];
      }
    return heard;
  }

  /** Probability of everything below `offset`, including what lies outside the range. */
  #mass(offset: number, heard: number): number {
    const [weights, tails, places] = [this.#heardWeights, this.#heardTails, this.#heardPlaces];
    const edge = 4 * offset - 2;
    let mass = (this.#weights[this.#weights.length - 1] * offset) / (this.#highest - this.#lowest + 1);
    for (let i = 0; i < heard; i++) mass += weights[i] * below(tails[i], edge - places[i]);
    return mass;
  }

  #learn(offset: number): void {
    const [weights, places] = [this.#weights, this.#places];
    const edge = 4 * offset - 2;
    let [expert, sum] = [0, 0];
    for (let i = 0; i < this.#forecasts; i++)
      for (const tail of TAILS) {
        const place = places[i];
        const likelihood = below(tail, edge + 4 - place) - below(tail, edge - place);
        weights[expert] *= Math.max(likelihood, 1e-12);
        sum += weights[expert++];
      }
    weights[expert] /= this.#highest - this.#lowest + 1;
    sum += weights[expert];
    for (let i = 0; i < weights.length; i++) weights[i] = ((1 - SHARED) * weights[i]) / sum + SHARED / weights.length;
  }
}
