/** What people read when the files of a model do not fit. File names, keys and values stand as the files have them. */
import { catalogue } from '../core/language/catalogue.ts';

const listed = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

export const FILE_CHECKS = catalogue('modelFiles', {
  isPage: (file: string) =>
    `${file} came as a web page: there is no such file at this address, or this network asks you to log in first.`,
  notJson: (file: string, why: string) => `${file} is not UTF-8 JSON: ${why}`,
  /** @param key null: the whole file */
  badKey: (file: string, key: string | null, why: string) => `${file}, ${key ?? 'top level'}: ${why}`,
  /** What is wrong with the value of a key. */
  noWeightsName: 'is not the name of a safetensors file',
  notPositive: 'must be positive',
  noFile: (file: string) => `The model folder has no ${file}.`,
  noShard: (file: string, index: string) => `The model folder has no ${file}, which ${index} names.`,
  notInShard: (index: string, tensor: string, file: string) =>
    `${index} says that “${tensor}” lies in ${file}, which has no such tensor.`,
  notInFiles: (tensor: string) => `There is no tensor “${tensor}” in the files.`,

  tooShort: (bytes: number) => `The file has ${bytes} bytes; a safetensors file starts with an 8-byte header length.`,
  headerTooLong: (bytes: bigint, most: number) =>
    `Header length is ${bytes} bytes, more than ${most}: not a safetensors file?`,
  headerCutOff: (end: number, bytes: number) =>
    `The header ends at byte ${end}, but the file has only ${bytes}: it is cut off. Copy or download the whole file again.`,
  cutOff: (bytes: number, whole: number) =>
    `The file is cut off: it has ${bytes} of its ${whole} bytes. Copy or download the whole file again.`,
  headerNotJson: (begin: number, end: number, why: string) =>
    `The header (bytes ${begin} to ${end}) is not UTF-8 JSON: ${why}`,
  headerNoObject: 'The header must be a JSON object that starts at byte 8.',
  tensorTwice: 'The header names a tensor twice.',
  noMetadata: '__metadata__ must be an object of strings.',
  metadataNoText: (key: string) => `__metadata__.${key} must be a string.`,
  ofTensor: (tensor: string, what: string) => `Tensor “${tensor}”: ${what}`,
  entryNoObject: 'its header entry must be an object.',
  dtype: (dtype: string, supported: string) => `dtype ${dtype} is not supported; supported are ${supported}.`,
  shape: (shape: string) => `shape ${shape} is not a list of non-negative integers.`,
  offsets: (offsets: string) => `data_offsets ${offsets} is not a pair of non-negative integers in order.`,
  wrongSize: (shape: readonly number[], dtype: string, needed: number, given: number) =>
    `shape ${listed(shape)} of ${dtype} needs ${needed} bytes, data_offsets give ${given}.`,
  overlap: (tensor: string, at: number) => `Tensor “${tensor}” overlaps the tensor before it at data byte ${at}.`,
  gap: (begin: number, end: number, tensor: string) =>
    `Data bytes ${begin} to ${end}, before “${tensor}”, belong to no tensor.`,
  rest: (begin: number, end: number) => `Data bytes ${begin} to ${end}, at the end of the file, belong to no tensor.`,
  tooBig: (tensor: string, value: bigint) => `Tensor “${tensor}” holds ${value}, which does not fit 32 bits.`,
  notFloats: (tensor: string, dtype: string) => `Tensor “${tensor}” is ${dtype}; expected floating-point numbers.`,
  notIntegers: (tensor: string, dtype: string) => `Tensor “${tensor}” is ${dtype}; expected integers.`,
  noTensor: (tensor: string) => `There is no tensor “${tensor}” in the file.`,

  missing: (tensor: string, found: string) =>
    `The checkpoint has no tensor “${tensor}”, which its config.json calls for. ${found}`,
  noTensors: 'It has no tensors at all.',
  /** @param more number of further tensors */
  tensorsFound: (names: readonly string[], more: number) =>
    `Its tensors are called ${names.map((name) => `“${name}”`).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  otherShape: (tensor: string, shape: readonly number[], due: readonly number[]) =>
    `Tensor “${tensor}” has shape ${listed(shape)}; config.json calls for ${listed(due)}.`,
  notFinite: (tensor: string, value: number, at: number) =>
    `Tensor “${tensor}” holds ${value} at index ${at}: the checkpoint is damaged.`,
  noPatches: (image: number, patch: number) => `Images of ${image} px cannot be cut into patches of ${patch} px.`,
  elongated: (width: number, height: number, most: number) =>
    `An image of ${width}×${height} px is too elongated: its sides may differ ${most}-fold at most.`,

  /** @param where a key of the file, or the top level of it */
  notMultiple: (where: string, key: string, value: number, ofKey: string, of: number) =>
    `${where}: ${key} ${value} is not a multiple of ${ofKey} ${of}.`,
  topLevel: 'top level',
  channels: (where: string, channels: number) => `${where}: num_channels is ${channels}; only RGB (3) is supported.`,
  endToken: (where: string, token: number, vocabulary: number) =>
    `${where}: eos_token_id ${token} lies outside the vocabulary of ${vocabulary}.`,
  swiglu: (file: string) => `${file}: DINOv2 with use_swiglu_ffn (giant) is not supported; use small, base or large.`,
  supportedModels:
    'CLIP (model_type “clip” or “clip_vision_model”), ViT (“vit”), DeiT (“vit” or “deit”), DINOv2 (“dinov2”), and timm’s plain vit_…, deit_… and test_vit',
  notSupported: (file: string, what: string, supported: string) => `${file}: ${what} Supported are ${supported}.`,
  textAlone: 'model_type “clip_text_model” is the text tower alone, which sees no images.',
  siglip: 'model_type “siglip” is not supported: it has no class token and another loss.',
  noType: 'there is neither a model_type nor an architecture.',
  activation: (name: string, supported: string) => `hidden_act “${name}” is not supported; supported are ${supported}.`,
  otherType: (type: string) => `model_type “${type}” is not supported.`,
  timmArguments: (where: string, refused: string, read: string) =>
    `${where}: ${refused} not supported; read are ${read}.`,
  timmArchitecture: (file: string, architecture: string) =>
    `${file}: the timm architecture “${architecture}” is not supported; supported are vit_ and deit_ tiny, small, base and large ` +
    `(for example vit_tiny_patch16_224), vit_…_patch14_dinov2 and test_vit.`,
  inputSize: (file: string, size: string) => `${file}: input_size must be three channels and a square, not ${size}.`,
  inputOfPatches: (file: string, size: number, patch: number) =>
    `${file}: input size ${size} is not a multiple of the patch size ${patch}.`,
  cropMode: (file: string, mode: string, supported: string) =>
    `${file}: crop_mode “${mode}” is not supported; supported are ${supported}.`,
  interpolation: (file: string, filter: string, supported: string) =>
    `${file}: interpolation “${filter}” is not supported; supported are ${supported}.`,
  notSquare: (where: string, height: number, width: number) =>
    `${where}: ${height}×${width} is not square; only square inputs are supported.`,
  resample: (where: string, filter: number) =>
    `${where}: filter ${filter} is not supported; use 2 (bilinear), 3 (bicubic) or 4 (box).`,
  deviationZero: (where: string) => `${where}: a standard deviation of 0 cannot be divided by.`,
  cropTooLarge: (file: string, crop: number, resized: number) =>
    `${file}: crop_size ${crop} is larger than the resized image (${resized}).`,

  tokenizer: (why: string) => `tokenizer.json cannot be used: ${why}`,
  tokenizerConfig: 'tokenizer_config.json must be a JSON object.',
  contextTooShort: (tokens: number) => `A context of ${tokens} tokens cannot hold a start and an end token.`,
  vocabularyNoObject: 'vocab.json must be an object of token ids.',
  noToken: (token: string) => `vocab.json has no ${token}: it is not a CLIP vocabulary.`,
});
