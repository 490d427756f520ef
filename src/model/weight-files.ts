/** Names of the files that hold a model's weights. */

export const WEIGHTS_FILE = 'model.safetensors';
/** Says which of several files holds which tensor. */
export const INDEX_FILE = 'model.safetensors.index.json';
