/** The file that makes a folder of the storage an adapter: written last, so that a folder without it is an unfinished download. */
import * as v from 'valibot';
import { bytesOf } from '../../../platform/origin-folders.ts';
import { folderOf, idOf, type ModelShelf, type ModelStorage } from '../storage.ts';
import { canBeOnHub } from './base-names.ts';

const MANIFEST = 'copra-adapter.json';

const AdapterManifestSchema = v.object({
  version: v.literal(1),
  /** name@commit, name/folder@commit, or host/folder@SHA-256 of the files */
  id: v.pipe(v.string(), v.minLength(1)),
  /** Address of the files. */
  source: v.string(),
  /** The licence field of the repository's card; null if it names none. */
  licence: v.nullable(v.string()),
  /** base_model_name_or_path; null if the adapter does not say. */
  baseModel: v.nullable(v.string()),
  /** Revision of the backbone; null if the adapter does not say, or was kept by a version that did not write it here. */
  baseRevision: v.nullish(v.string(), null),
  /** The folders of the repository that hold an adapter at this commit, '' for its top; absent for a server, and where an earlier version kept it. */
  folders: v.optional(v.array(v.string())),
  files: v.array(
    v.object({
      name: v.string(),
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      /** True if the hub reports the same digest. */
      confirmed: v.boolean(),
    }),
  ),
});

export type AdapterManifest = v.InferOutput<typeof AdapterManifestSchema>;

/** A backbone of a hub, as an adapter names it. */
export interface PublishedBase {
  /** owner/name */
  readonly baseModel: string;
  /** Its commit, branch or tag; null if the adapter does not say. */
  readonly baseRevision: string | null;
}

/** The backbone that an adapter was trained for; null where it names none of a hub. */
export const publishedBaseOf = ({ baseModel, baseRevision }: AdapterManifest): PublishedBase | null =>
  baseModel !== null && canBeOnHub(baseModel) ? { baseModel, baseRevision } : null;

/** The manifest of a finished adapter whose files are all there at their size; null otherwise. */
export async function readAdapterManifest(storage: ModelShelf, folder: string): Promise<AdapterManifest | null> {
  const bytes = await storage.read(folder, MANIFEST);
  if (!bytes) return null;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null; // cut short when the page was closed
  }
  const parsed = v.safeParse(AdapterManifestSchema, value);
  if (!parsed.success || folderOf(parsed.output.id) !== folder) return null;
  const sizes = new Map((await storage.files(folder)).map(({ name, bytes: size }) => [name, size]));
  return parsed.output.files.every(({ name, bytes: size }) => sizes.get(name) === size) ? parsed.output : null;
}

/** @param folder where the adapter lies, also while it gets ready under another name: then it is unfinished all the same */
export const writeAdapterManifest = (
  storage: ModelStorage,
  manifest: AdapterManifest,
  folder = folderOf(manifest.id),
): Promise<void> => storage.write(folder, MANIFEST, new TextEncoder().encode(JSON.stringify(manifest)));

/** What an interrupted download left. */
export interface UnfinishedAdapter {
  readonly id: string;
  /** Bytes on the device. */
  readonly bytes: number;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** The finished adapters on this device, by id. */
export async function listStoredAdapters(storage: ModelShelf): Promise<AdapterManifest[]> {
  const found = await Promise.all((await storage.folders()).map((folder) => readAdapterManifest(storage, folder)));
  return found.filter((manifest) => manifest !== null).sort(byId);
}

/** All that is on this device, by id. Every manifest is read once. */
export async function listAdapters(storage: ModelShelf): Promise<{
  readonly stored: AdapterManifest[];
  readonly unfinished: UnfinishedAdapter[];
}> {
  const [stored, unfinished]: [AdapterManifest[], UnfinishedAdapter[]] = [[], []];
  await Promise.all(
    (await storage.folders()).map(async (folder) => {
      const manifest = await readAdapterManifest(storage, folder);
      if (manifest) stored.push(manifest);
      else unfinished.push({ id: idOf(folder), bytes: bytesOf(await storage.files(folder)) });
    }),
  );
  return { stored: stored.sort(byId), unfinished: unfinished.sort(byId) };
}
