/** preprocessor_config.json, or the part of processor_config.json that replaces it: how a decoded image becomes the model's input. */
import * as v from 'valibot';
import { familyOf, type ModelConfig } from './families/registry.ts';
import type { Filter } from './resize.ts';
import { Count, ModelConfigError, validateJson } from './validate-json.ts';
import { FILE_CHECKS } from './words.ts';

export const PREPROCESSOR_FILE = 'preprocessor_config.json';
/** Where transformers 5 writes the same, for models with a tokenizer: as `image_processor`. */
export const PROCESSOR_FILE = 'processor_config.json';

export interface Preprocessing {
  /** Side of the square input, in pixels. */
  readonly imageSize: number;
  /** Length the shorter edge is resized to, before the middle is cut out. */
  readonly resizeTo: number;
  /** False: the longer edge is resized to the same length, which distorts images that are not square. */
  readonly keepAspect: boolean;
  readonly filter: Filter;
  /** Where the cut-out middle begins between two pixels: at the one before (transformers), or at the even one (torchvision). */
  readonly cropRounding: 'down' | 'even';
  /** Input = (pixel · rescale − mean) / std, per channel (R, G, B). */
  readonly rescale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

const Channels = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(3));
const Box = v.object({ height: Count, width: Count });
const Schema = v.object({
  size: v.nullish(v.union([Count, v.object({ shortest_edge: Count }), Box]), null),
  resample: v.nullish(v.number(), null),
  do_center_crop: v.nullish(v.boolean(), null),
  crop_size: v.nullish(v.union([Count, Box]), null),
  do_rescale: v.nullish(v.boolean(), true),
  rescale_factor: v.nullish(v.pipe(v.number(), v.finite()), 1 / 255),
  do_normalize: v.nullish(v.boolean(), true),
  image_mean: v.nullish(Channels, null),
  image_std: v.nullish(Channels, null),
});

/** Pillow's numbers of the filters that are supported. */
const RESAMPLE: Readonly<Record<number, Filter>> = { 2: 'bilinear', 3: 'bicubic', 4: 'box' };

function square(place: string, size: number | { readonly height: number; readonly width: number }): number {
  if (typeof size === 'number') return size;
  if (size.height !== size.width) throw new ModelConfigError(FILE_CHECKS.notSquare(place, size.height, size.width));
  return size.height;
}

type Size = v.InferOutput<typeof Schema>['size'];

function resizing(
  size: Size,
  file: string,
  sizeIsSquare: boolean,
  fallback: Preprocessing,
  cropSize: number | null,
): Pick<Preprocessing, 'resizeTo' | 'keepAspect'> {
  if (size === null) {
    const resizeTo = Math.round((fallback.resizeTo / fallback.imageSize) * (cropSize ?? fallback.imageSize));
    return { resizeTo, keepAspect: fallback.keepAspect };
  }
  // Old files give a bare number.
  if (typeof size === 'number') return { resizeTo: size, keepAspect: !sizeIsSquare };
  if ('shortest_edge' in size) return { resizeTo: size.shortest_edge, keepAspect: true };
  return { resizeTo: square(`${file}, size`, size), keepAspect: false };
}

/** The preprocessing used where no file says it. */
export function defaultPreprocessing(config: ModelConfig): Preprocessing {
  const defaults = familyOf(config).imageDefaults(config);
  const published = defaults.imageSize ?? config.vision.imageSize;
  // A small model of the family may have been made for smaller images than the published ones.
  const imageSize = Math.min(published, config.vision.imageSize);
  return {
    imageSize,
    resizeTo: defaults.edge(imageSize),
    keepAspect: defaults.keepAspect,
    filter: defaults.filter,
    cropRounding: defaults.cropRounding,
    rescale: 1 / 255,
    mean: defaults.mean,
    std: defaults.std,
  };
}

/**
 * Reads a parsed preprocessor_config.json; `size` may be a number, {"shortest_edge"} or {"height", "width"}.
 * @param file which messages name
 * @throws ModelConfigError for a value that makes no sense or a filter or shape that is not supported.
 */
export function parsePreprocessing(
  json: unknown,
  config: ModelConfig,
  file: string = PREPROCESSOR_FILE,
): Preprocessing {
  const keys = validateJson(file, Schema, json);
  const fallback = defaultPreprocessing(config);
  const { sizeIsSquare, crops } = familyOf(config).imageDefaults(config);
  const { size, resample } = keys;
  if (resample !== null && !Object.hasOwn(RESAMPLE, resample))
    throw new ModelConfigError(FILE_CHECKS.resample(`${file}, resample`, resample));
  if (keys.image_std?.includes(0)) throw new ModelConfigError(FILE_CHECKS.deviationZero(`${file}, image_std`));
  const crop = (keys.do_center_crop ?? crops) ? keys.crop_size : null;
  const cropSize = crop === null ? null : square(`${file}, crop_size`, crop);
  const { resizeTo, keepAspect } = resizing(size, file, sizeIsSquare, fallback, cropSize);
  const imageSize = cropSize ?? (size === null ? fallback.imageSize : resizeTo);
  if (imageSize > resizeTo) throw new ModelConfigError(FILE_CHECKS.cropTooLarge(file, imageSize, resizeTo));
  const normalise = keys.do_normalize;
  return {
    imageSize,
    resizeTo,
    keepAspect,
    filter: resample === null ? fallback.filter : RESAMPLE[resample],
    cropRounding: fallback.cropRounding,
    rescale: keys.do_rescale ? keys.rescale_factor : 1,
    mean: normalise ? (keys.image_mean ?? fallback.mean) : [0, 0, 0],
    std: normalise ? (keys.image_std ?? fallback.std) : [1, 1, 1],
  };
}

const Processor = v.object({ image_processor: v.nullish(v.record(v.string(), v.unknown()), null) });

/** The preparation of images in a parsed processor_config.json; null where it holds none, as in files of before transformers 5. */
export const imageProcessorIn = (json: unknown): Readonly<Record<string, unknown>> | null =>
  validateJson(PROCESSOR_FILE, Processor, json).image_processor;

/** Reads a parsed processor_config.json. @returns null as imageProcessorIn */
export function parseProcessor(json: unknown, config: ModelConfig): Preprocessing | null {
  const images = imageProcessorIn(json);
  return images && parsePreprocessing(images, config, `${PROCESSOR_FILE}, image_processor`);
}
