/** The file that makes a folder of the storage a model: written last, so that a folder without it is an unfinished download. */
import * as v from 'valibot';
import { bytesOf } from '../../platform/origin-folders.ts';
import { ModelFactsSchema } from '../model-facts.ts';
import { folderOf, idOf, type ModelShelf, type ModelStorage } from './storage.ts';

const MANIFEST = 'copra-model.json';
/** State file of an unfinished download. */
const UNFINISHED = 'unfinished.json';

const Bytes = v.pipe(v.number(), v.integer(), v.minValue(0));
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const OriginDigestSchema = v.object({
  file: v.string(),
  sha256: Sha256,
  /** True if the hub reports the same digest. */
  confirmed: v.boolean(),
});
export type OriginDigest = v.InferOutput<typeof OriginDigestSchema>;

const WeightsDigestSchema = v.object({
  /** SHA-256 of the stored weights: the needed tensors, in one file. */
  sha256: Sha256,
  /** Digests of the source files, for those that were fetched completely. */
  origins: v.array(OriginDigestSchema),
});
export type WeightsDigest = v.InferOutput<typeof WeightsDigestSchema>;

const ManifestSchema = v.object({
  version: v.literal(1),
  /** As in StudyConfig.backbone: name@revision. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Address of the files, or the name of the folder that was dropped. */
  source: v.string(),
  /** The licence field of the model's card; null if it names none. */
  licence: v.nullable(v.string()),
  facts: ModelFactsSchema,
  /** Absent in models fetched by early versions. */
  weights: v.optional(WeightsDigestSchema),
  files: v.array(
    v.object({
      name: v.string(),
      bytes: Bytes,
      /** Absent in models fetched by early versions. */
      sha256: v.optional(Sha256),
    }),
  ),
  /** The server's versions of the weight files, by their remote names. */
  versions: v.optional(v.record(v.string(), v.string())),
});
export type ModelManifest = v.InferOutput<typeof ManifestSchema>;

const UnfinishedSchema = v.object({
  id: v.string(),
  request: v.string(),
  totalBytes: Bytes,
  /** As in the manifest, for the files fetched so far. */
  versions: v.optional(v.record(v.string(), v.string())),
});
export type Unfinished = v.InferOutput<typeof UnfinishedSchema>;

export interface StoredModel {
  readonly id: string;
  /** Bytes on the device. */
  readonly bytes: number;
  /** Null while it is unfinished. */
  readonly manifest: ModelManifest | null;
  readonly unfinished: Unfinished | null;
}

async function readJson<S extends v.GenericSchema>(
  storage: ModelShelf,
  folder: string,
  file: string,
  schema: S,
): Promise<v.InferOutput<S> | null> {
  const bytes = await storage.read(folder, file);
  if (!bytes) return null;
  try {
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

/** The manifest of a finished model whose files are all there at their size; null otherwise. */
export async function readManifest(storage: ModelShelf, id: string): Promise<ModelManifest | null> {
  const manifest = await readJson(storage, folderOf(id), MANIFEST, ManifestSchema);
  if (!manifest || manifest.id !== id) return null;
  const sizes = new Map((await storage.files(folderOf(id))).map(({ name, bytes }) => [name, bytes]));
  return manifest.files.every(({ name, bytes }) => sizes.get(name) === bytes) ? manifest : null;
}

/** @param folder where the model lies, also while it gets ready under another name: then it is unfinished all the same */
export const writeManifest = (
  storage: ModelStorage,
  manifest: ModelManifest,
  folder = folderOf(manifest.id),
): Promise<void> => storage.write(folder, MANIFEST, encode(manifest));

export const readUnfinished = (storage: ModelShelf, folder: string): Promise<Unfinished | null> =>
  readJson(storage, folder, UNFINISHED, UnfinishedSchema);

export const writeUnfinished = (storage: ModelStorage, unfinished: Unfinished): Promise<void> =>
  storage.write(folderOf(unfinished.id), UNFINISHED, encode(unfinished));

/** Everything on this device, finished or not, by name. */
export async function listModels(storage: ModelShelf): Promise<StoredModel[]> {
  const models = await Promise.all(
    (await storage.folders()).map(async (folder): Promise<StoredModel> => {
      const id = idOf(folder);
      return {
        id,
        bytes: bytesOf(await storage.files(folder)),
        manifest: await readManifest(storage, id),
        unfinished: await readUnfinished(storage, folder),
      };
    }),
  );
  return models.sort((a, b) => (a.id < b.id ? -1 : 1));
}
