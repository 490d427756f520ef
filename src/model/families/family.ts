/** A family of backbones: how its config.json, its tensors and the preparation of its images are read. */
import type { Backbone, VisionTower } from '../backbone.ts';
import type { Filter } from '../resize.ts';
import type { SafetensorsFile } from '../safetensors.ts';

/** What every family knows of a model from its config.json. */
export interface FamilyConfig {
  /** The id of the family. */
  readonly modelType: string;
  readonly vision: VisionTower['config'];
}

/** How images are prepared where no file, or a key of none, says it. */
export interface ImageDefaults {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly filter: Filter;
  /** Side of the input in pixels; null: the one in config.json. */
  readonly imageSize: number | null;
  /** Side of the input → length of the resized edge, in pixels. */
  readonly edge: (side: number) => number;
  readonly keepAspect: boolean;
  /** As in Preprocessing. */
  readonly cropRounding: 'down' | 'even';
  /** What a bare number as `size` gives: the side of the resized square, else the shortest edge. */
  readonly sizeIsSquare: boolean;
  /** Whether the middle is cut out where a file does not say. */
  readonly crops: boolean;
}

export interface Family<Config extends FamilyConfig> {
  /** For people. */
  readonly label: string;
  /** What config.json of transformers calls it: its type, and in early files the class alone. Null: a family of timm. */
  readonly transformers: { readonly modelType: string; readonly className: RegExp } | null;
  /** @param json a parsed config.json. @throws ModelConfigError for an option that is not supported, or a value that makes no sense */
  parseConfig(json: unknown): Config;
  /**
   * @param imageSize side of the images, in pixels; positions are interpolated if it differs from the checkpoint's
   * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite
   */
  readCheckpoint(config: Config, file: SafetensorsFile, imageSize: number): Backbone;
  imageDefaults(config: Config): ImageDefaults;
}
