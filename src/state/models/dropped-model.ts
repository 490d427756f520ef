/** Distinguishes a dropped model from dropped images. A model is a folder with config.json and weights, in a supported format or another. */
import type { Said } from '../../core/language/catalogue.ts';
import { isImage } from '../../data/files/paths.ts';
import { isForeignWeights, noWeights } from '../../model/weight-files.ts';

export interface DroppedModel {
  /** Name of the folder. */
  readonly folder: string;
  readonly files: readonly (readonly [string, Blob])[];
}

interface Dropped {
  readonly path: string;
  readonly blob: Blob | null;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * Explains why the files contain no usable backbone although they contain weights: the formats are unsupported.
 * @returns null when there are readable weights, or images, or no weights at all
 */
export function foreignWeights(files: readonly Dropped[]): Said | null {
  const names = files.filter(({ blob }) => blob).map(({ path }) => path.slice(folderOf(path).length));
  const foreign = names.filter(isForeignWeights);
  if (foreign.length === 0 || names.some((name) => name.endsWith('.safetensors') || isImage(name))) return null;
  return () => noWeights(files.length === 1 ? 'dropped' : 'folder', foreign);
}

/** The first folder that holds a model; null when there is none. */
export function findModel(files: readonly Dropped[]): DroppedModel | null {
  const isWeights = /\.safetensors$/;
  for (const { path } of files) {
    const folder = folderOf(path);
    if (path !== `${folder}config.json`) continue;
    const inside = files.flatMap((file) =>
      file.blob && folderOf(file.path) === folder ? [[file.path.slice(folder.length), file.blob] as const] : [],
    );
    if (!inside.some(([name]) => isWeights.test(name))) continue;
    return { folder: folder.replace(/\/$/, '').replace(/^.*\//, '') || 'model', files: inside };
  }
  return null;
}
