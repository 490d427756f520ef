/** Names of the files that hold a model's weights. */

export const WEIGHTS_FILE = 'model.safetensors';
/** Says which of several files holds which tensor. */
export const INDEX_FILE = 'model.safetensors.index.json';

/** Names of weights in formats that are not read. */
const FOREIGN = /(^pytorch_model.*\.bin|\.(h5|onnx|pt|pth|ckpt|msgpack|keras|gguf))$/i;

export const isForeignWeights = (file: string): boolean => FOREIGN.test(file);

/** Message for a model without readable weights. @param where "The model folder". @param found files in other formats */
export function noWeights(where: string, found: readonly string[] = []): string {
  const instead = found.length > 0 ? `: it holds ${found.slice(0, 3).join(', ')}` : '';
  return (
    `${where} has no ${WEIGHTS_FILE} (nor ${INDEX_FILE})${instead}. Weights in other formats (.bin, .h5, .onnx) cannot be read. ` +
    'Save the model again in Python with save_pretrained(…, safe_serialization=True), or choose a revision of it that has them, such as refs/pr/….'
  );
}
