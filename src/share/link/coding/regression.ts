/** Recursive least squares: the weights of a linear forecast, corrected after every value. Only + − × ÷, so that browsers agree to the bit. */

/** Initial variance of the weights, relative to that of the noise. */
const PRIOR = 0.02;
/** Only forged links exceed this; the regression then restarts. */
const MOST = 1e12;

/** A linear forecast of one value from `size` others. */
export class Regression {
  readonly #size: number;
  readonly #weights: Float64Array;
  /** [size · size], symmetric */
  readonly #covariance: Float64Array;
  readonly #gain: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#weights = new Float64Array(size);
    this.#covariance = new Float64Array(size * size);
    this.#gain = new Float64Array(size);
    this.#reset();
  }

  #reset(): void {
    this.#weights.fill(0);
    this.#covariance.fill(0);
    for (let i = 0; i < this.#size; i++) this.#covariance[i * (this.#size + 1)] = PRIOR;
  }

  forecast(features: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < this.#size; i++) sum += this.#weights[i] * features[i];
    return sum;
  }

  /** @param error the value minus its forecast */
  learn(features: Float64Array, error: number): void {
    const [size, covariance, gain] = [this.#size, this.#covariance, this.#gain];
    let noise = 1;
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += covariance[i * size + j] * features[j];
      gain[i] = sum;
      noise += sum * features[i];
    }
    let largest = noise;
    for (let i = 0; i < size; i++) {
      this.#weights[i] += (gain[i] * error) / noise;
      largest = Math.max(largest, Math.abs(this.#weights[i]));
      for (let j = 0; j < size; j++) covariance[i * size + j] -= (gain[i] * gain[j]) / noise;
    }
    if (!(largest < MOST && noise >= 1)) this.#reset();
  }
}
