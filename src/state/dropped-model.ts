/** Tells a dropped model from dropped images: a folder with config.json and weights. */

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
