/** Column metadata that the Hugging Face `datasets` library writes into a parquet file: key "huggingface", info.features. */
import type { FileMetaData } from 'hyparquet';
import { isObject } from './json-labels.ts';

export interface HfFeatures {
  /** Columns of type Image. */
  readonly images: readonly string[];
  /** Class names of ClassLabel columns. */
  readonly classNames: ReadonlyMap<string, readonly string[]>;
}

/** @returns nothing in both where the metadata are missing or damaged */
export function hfFeatures(metadata: Pick<FileMetaData, 'key_value_metadata'>): HfFeatures {
  const images: string[] = [];
  const classNames = new Map<string, readonly string[]>();
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  for (const [name, feature] of Object.entries(featuresIn(text))) {
    if (!isObject(feature)) continue;
    if (feature._type === 'Image') images.push(name);
    const names = feature.names;
    if (feature._type === 'ClassLabel' && Array.isArray(names)) classNames.set(name, names.map(String));
  }
  return { images, classNames };
}

function featuresIn(text: string | undefined): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    const info = isObject(parsed) ? parsed.info : null;
    const features = isObject(info) ? info.features : null;
    return isObject(features) ? features : {};
  } catch {
    return {}; // a courtesy of the writer, not part of the format
  }
}
