/**
 * Attention rollout (Abnar & Zuidema 2020, arXiv 2005.00928): how much of every input token reaches the class token, if attention were all that
 * happens. Â_l = (A_l + I) with rows normalised, A_l being the mean over heads and I the residual connection; the rollout is row 0 of Â_L ⋯ Â_1.
 */

/** What a rollout says of an image. */
export interface Rollout {
  /** [patches]: their shares, adding up to 1. */
  readonly patches: Float32Array<ArrayBuffer>;
  /** Share that stays on tokens which are no patches, before the shares of the patches were made to add up to 1. */
  readonly rest: number;
}

/**
 * Row 0 of Â_L ⋯ Â_1, adding up to 1. From the top down it takes a vector times a matrix per layer.
 * @param maps [layers, tokens, tokens]: attention averaged over heads, from the bottom up
 * @throws RangeError when the maps are not of that shape
 */
export function rolloutRow(maps: ArrayLike<number>, layers: number, tokens: number): Float64Array<ArrayBuffer> {
  if (maps.length !== layers * tokens * tokens)
    throw new RangeError(`${maps.length} values are no attention of ${layers} layers and ${tokens} tokens.`);
  let row = new Float64Array(tokens);
  row[0] = 1;
  for (let layer = layers - 1; layer >= 0; layer--) {
    const below = new Float64Array(tokens);
    for (let i = 0; i < tokens; i++) {
      const from = (layer * tokens + i) * tokens;
      let sum = 1; // the residual connection
      for (let j = 0; j < tokens; j++) sum += maps[from + j];
      const weight = row[i] / sum;
      for (let j = 0; j < tokens; j++) below[j] += weight * maps[from + j];
      below[i] += weight;
    }
    row = below;
  }
  return row;
}

/**
 * @param patches number of patches: the last tokens. Before them come the class token and tokens without image content
 * @throws RangeError when the maps are not of that shape
 */
export function attentionRollout(maps: ArrayLike<number>, layers: number, tokens: number, patches: number): Rollout {
  const own = rolloutRow(maps, layers, tokens).subarray(tokens - patches);
  const sum = own.reduce((total, share) => total + share, 0);
  return { patches: Float32Array.from(own, (share) => share / sum), rest: 1 - sum };
}
