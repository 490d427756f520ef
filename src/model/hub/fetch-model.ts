/** A model by its name, from a hub or any server, or from a dropped folder, onto this device. */
import * as v from 'valibot';
import { loadBackbone, type LoadedBackbone } from '../load-backbone.ts';
import { parseJsonBytes } from '../validate-json.ts';
import { getWhole, HttpRefusal, type HttpOptions } from './http.ts';
import { describeModel, fingerprint, installModel } from './install.ts';
import { readManifest, type ModelManifest } from './manifest.ts';
import { droppedFiles, remoteFiles, type ModelFiles } from './model-files.ts';
import {
  DEFAULT_HUB,
  describeRef,
  isCommit,
  ModelSourceError,
  parseModelRef,
  splitModelId,
  type ModelRef,
} from './model-id.ts';
import { transferMeter, type TransferProgress } from './progress.ts';
import { parseDigest } from './sha256.ts';
import { folderOf, type ModelStorage } from './storage.ts';

export interface FetchOptions extends Partial<HttpOptions> {
  readonly hub?: string;
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** As StudyConfig.backbone. */
const MAX_ID = 200;
const MAX_API_ANSWER = 8_000_000;
const ApiSchema = v.object({
  sha: v.string(),
  cardData: v.nullish(v.object({ license: v.nullish(v.union([v.string(), v.array(v.string())]), null) }), null),
  tags: v.nullish(v.array(v.string()), []),
  siblings: v.nullish(
    v.array(v.object({ rfilename: v.string(), lfs: v.nullish(v.object({ sha256: v.nullish(v.string()) })) })),
    [],
  ),
});

interface Resolved {
  readonly commit: string;
  readonly licence: string | null;
  /** SHA-256 of large files by name: what stands behind redirects cannot be read off their headers in a page. */
  readonly digests: ReadonlyMap<string, string>;
}

const licenceOf = ({ cardData, tags }: v.InferOutput<typeof ApiSchema>): string | null => {
  const named = cardData?.license ?? tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length) ?? null;
  return Array.isArray(named) ? named.join(', ') : named;
};

const digestsOf = ({ siblings }: v.InferOutput<typeof ApiSchema>): ReadonlyMap<string, string> =>
  new Map(
    siblings.flatMap(({ rfilename, lfs }) => {
      const digest = parseDigest(lfs?.sha256);
      return digest === null ? [] : [[rfilename, digest] as const];
    }),
  );

/** Asks the hub which commit a revision is. */
async function resolveRevision(ref: Extract<ModelRef, { kind: 'hub' }>, http: HttpOptions): Promise<Resolved> {
  const address = `${ref.hub}/api/models/${ref.repo}/revision/${encodeURIComponent(ref.revision)}?blobs=true`;
  const { bytes } = await getWhole(address, MAX_API_ANSWER, http);
  const answer = v.safeParse(ApiSchema, parseJsonBytes('The answer of the hub', bytes.buffer));
  if (!answer.success || !isCommit(answer.output.sha))
    throw new ModelSourceError(`${new URL(ref.hub).host} answers differently from a model hub. Check its address.`);
  const { output } = answer;
  return { commit: output.sha, licence: licenceOf(output), digests: digestsOf(output) };
}

async function resolve(ref: Extract<ModelRef, { kind: 'hub' }>, http: HttpOptions): Promise<Resolved> {
  try {
    return await resolveRevision(ref, http);
  } catch (error) {
    if (error instanceof HttpRefusal && error.status === 404)
      throw new ModelSourceError(
        `There is no model "${ref.repo}" with the revision "${ref.revision}" on ${new URL(ref.hub).host} (404). Check the spelling.`,
      );
    throw error;
  }
}

/** Messages about files say which model they belong to. */
async function about<R>(name: string, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    const known = ['ModelConfigError', 'SafetensorsError', 'CheckpointError', 'TokenizerError'];
    if (error instanceof Error && known.includes(error.name))
      throw new ModelSourceError(`${name} cannot be used. ${error.message}`, { cause: error });
    throw error;
  }
}

/**
 * Fetches a model, or continues an unfinished fetch. A model that is there already, named by its commit, needs no connection.
 * @param text owner/name, owner/name@revision or an address
 * @throws ModelSourceError with what is wrong and what to do; the signal's reason when aborted
 */
export async function fetchModel(
  text: string,
  storage: ModelStorage,
  { hub = DEFAULT_HUB, onProgress = () => {}, signal = new AbortController().signal, ...rest }: FetchOptions = {},
): Promise<ModelManifest> {
  const asked = parseModelRef(text, hub);
  if (asked.kind === 'hub' && isCommit(asked.revision)) {
    const there = await readManifest(storage, `${asked.repo}@${asked.revision}`);
    if (there) return there;
  }
  const meter = transferMeter(onProgress, () => performance.now() / 1000);
  const http: HttpOptions = {
    ...rest,
    signal,
    onWait: (seconds, reason) => meter.wait(`${reason}; trying again in ${Math.ceil(seconds)} s`),
  };
  meter.phase('describe', 0, 0);
  const resolved = asked.kind === 'hub' ? await resolve(asked, http) : null;
  const ref: ModelRef = asked.kind === 'hub' && resolved ? { ...asked, revision: resolved.commit } : asked;
  const name = describeRef(ref);
  const pinned = resolved && `${name}@${resolved.commit}`;
  const there = pinned === null ? null : await readManifest(storage, pinned);
  if (there) return there;
  const source = ref.kind === 'hub' ? `${ref.hub}/${ref.repo}/tree/${ref.revision}` : ref.folder;
  return bring(
    remoteFiles(ref, resolved?.digests ?? new Map(), http),
    name,
    pinned,
    { source, licence: resolved?.licence ?? null },
    storage,
    meter,
    signal,
  );
}

/** @param pinned the id, where a commit says it; null: the content does */
function bring(
  files: ModelFiles,
  name: string,
  pinned: string | null,
  { source, licence }: { source: string; licence: string | null },
  storage: ModelStorage,
  meter: ReturnType<typeof transferMeter>,
  signal: AbortSignal,
): Promise<ModelManifest> {
  return about(name, async () => {
    const description = await describeModel(files);
    const id = pinned ?? `${name.replace(/^https?:\/\//, '').replace(/\/$/, '')}@${await fingerprint(description)}`;
    if (id.length > MAX_ID) throw new ModelSourceError(`The address is too long to be the name of a model: ${id}`);
    const there = pinned === null ? await readManifest(storage, id) : null;
    if (there) return there;
    return installModel(files, description, { id, source, licence, request: pinned ?? name }, storage, meter, signal);
  });
}

/**
 * Keeps a dropped folder.
 * @param folder its name; @param blobs its files by name
 */
export function keepDropped(
  folder: string,
  blobs: ReadonlyMap<string, Blob>,
  storage: ModelStorage,
  onProgress: (progress: TransferProgress) => void,
  signal: AbortSignal,
): Promise<ModelManifest> {
  const meter = transferMeter(onProgress, () => performance.now() / 1000);
  const name = `local/${folder.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'model'}`;
  const from = { source: `the folder "${folder}"`, licence: null };
  return bring(droppedFiles(blobs, signal), name, null, from, storage, meter, signal);
}

/**
 * Reads a model of this device.
 * @throws ModelSourceError when it is not here or unfinished; as loadBackbone otherwise.
 */
export async function loadStoredModel(
  storage: ModelStorage,
  id: string,
  imageSize: number | null = null,
): Promise<LoadedBackbone> {
  const manifest = await readManifest(storage, id);
  if (!manifest)
    throw new ModelSourceError(
      `The backbone ${splitModelId(id)?.name ?? id} is not on this device. Fetch it under "Backbone" first, or choose another.`,
    );
  const folder = folderOf(id);
  return loadBackbone((file) => storage.read(folder, file), { open: (file) => storage.open(folder, file), imageSize });
}
