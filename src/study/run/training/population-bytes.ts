/** How many runs are trained together. */

/**
 * Bytes that the activations of one population may take, by the estimate of model-facts.ts: half of what the WASM device can address. A constant, so that a
 * study is split in the same way wherever it runs and resumes.
 */
export const POPULATION_BYTES = 2 ** 30;

/** Number of runs trained as one batch, at least one. @param bytes of one run */
export const runsAtOnce = (bytes: number, limit: number = POPULATION_BYTES): number =>
  Math.max(1, Math.floor(limit / bytes));
