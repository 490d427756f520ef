/** Names of the files that hold a model's weights. */
import { WEIGHT_WORDS } from './weight-words.ts';

export const WEIGHTS_FILE = 'model.safetensors';
/** Says which of several files holds which tensor. */
export const INDEX_FILE = 'model.safetensors.index.json';

/** Names of weights in formats that are not read. */
const FOREIGN = /(^pytorch_model.*\.bin|\.(h5|onnx|pt|pth|ckpt|msgpack|keras|gguf))$/i;

export const isForeignWeights = (file: string): boolean => FOREIGN.test(file);

/** Message for a model without readable weights. @param found files in other formats */
export const noWeights = (where: 'it' | 'folder' | 'dropped', found: readonly string[] = []): string =>
  WEIGHT_WORDS.noWeights(where, WEIGHTS_FILE, INDEX_FILE, found.slice(0, 3));
