/** Installs a described model on this device: fetches weights and small files, verifies them, and writes the manifest. */
import { fixed } from '../../core/number-format.ts';
import { WEIGHTS_FILE } from '../weight-files.ts';
import { writeManifest, writeUnfinished, type ModelManifest } from './manifest.ts';
import { contentDigest, sha256Of, type FileDigest } from '../../platform/sha256.ts';
import type { ModelFiles } from './model-files.ts';
import { ModelSourceError } from './model-id.ts';
import { isFull } from './no-space.ts';
import { DigestMismatch } from './origin-digest.ts';
import type { TransferMeter } from './progress.ts';
import { areNamed, canContinue, leaveUnfinished, resumableBytes } from './resume.ts';
import { folderOf, type ModelStorage } from './storage.ts';
import { versionsOf } from './weights-plan.ts';
import type { ModelDescription } from './describe-model.ts';
import { checkWeights, moveWeights } from './move-weights.ts';
import { HUB_WORDS } from './words.ts';

export interface InstallTarget {
  /** Without the revision. */
  readonly name: string;
  /** The commit, if the revision is one; null if the revision is the SHA-256 of the files, known only after the fetch. */
  readonly commit: string | null;
  /** The expected SHA-256; null accepts any. */
  readonly expected: string | null;
  readonly source: string;
  readonly licence: string | null;
  /** The request to repeat in order to continue. */
  readonly request: string;
}

/** Placeholder for the revision until it is known. */
const UNFINISHED = 'unfinished';

const megabytes = (bytes: number): string => `${fixed(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;

async function checkSpace(storage: ModelStorage, bytes: number): Promise<void> {
  const { free } = await storage.use();
  if (free !== null && free < bytes) throw noSpace(bytes, free);
}

/** @param free as the device says it: browsers count more than they let a page have */
const noSpace = (bytes: number, free: number | null): ModelSourceError =>
  new ModelSourceError(HUB_WORDS.noSpace(megabytes(bytes), free === null || free >= bytes ? null : megabytes(free)));

const notAsWritten = (file: string): ModelSourceError => new DigestMismatch(HUB_WORDS.notAsWritten(file));

/** Writes the small files and reads them again. @returns them as the manifest lists them. @throws DigestMismatch */
async function keepSmall(
  small: ModelDescription['small'],
  storage: ModelStorage,
  folder: string,
): Promise<(FileDigest & { readonly bytes: number })[]> {
  const kept: (FileDigest & { readonly bytes: number })[] = [];
  for (const [name, bytes] of small) {
    await storage.write(folder, name, bytes);
    const sha256 = await sha256Of(bytes);
    if ((await sha256Of(new Uint8Array((await storage.read(folder, name)) ?? []))) !== sha256) throw notAsWritten(name);
    kept.push({ name, bytes: bytes.length, sha256 });
  }
  return kept;
}

/** The revision: the commit, otherwise the content digest. @throws DigestMismatch when other content was requested */
async function revisionOf(files: readonly FileDigest[], { commit, expected, source }: InstallTarget): Promise<string> {
  if (commit !== null) return commit;
  const digest = await contentDigest(files);
  if (expected !== null && digest !== expected)
    throw new DigestMismatch(HUB_WORDS.otherFiles(source, digest.slice(0, 12), expected.slice(0, 12)));
  return digest;
}

/**
 * Fetches weights and small files into the storage, writes the manifest, and gives the folder its name last. Unfinished downloads are continued; damaged or unsuitable
 * files are removed. Everything is read back once to verify that the stored SHA-256 equals the fetched one.
 * @throws ModelSourceError, SafetensorsError or CheckpointError with what to do; the signal's reason when aborted.
 */
export async function installModel(
  files: ModelFiles,
  { facts, small, plan }: ModelDescription,
  target: InstallTarget,
  storage: ModelStorage,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<ModelManifest> {
  const { name, commit, source, licence, request } = target;
  const workId = `${name}@${commit ?? UNFINISHED}`;
  const folder = folderOf(workId);
  const smallBytes = [...small.values()].reduce((sum, { length }) => sum + length, 0);
  const totalBytes = plan.totalBytes + smallBytes;
  const have = await resumableBytes(plan, storage, folder, commit !== null);
  const versions = versionsOf(plan);
  try {
    await checkSpace(storage, totalBytes - have);
    // Recorded versions always match the stored bytes, whenever the page is closed.
    if (have === 0) await (await storage.append(folder, WEIGHTS_FILE, 0)).close();
    await writeUnfinished(storage, { id: workId, request, totalBytes, versions });
    const kept = await keepSmall(small, storage, folder);
    meter.phase('weights', Math.max(have, plan.head.length), plan.totalBytes);
    const weights = await moveWeights(files, plan, have, storage, folder, meter);
    meter.phase('check', 0, plan.totalBytes - plan.head.length);
    if ((await checkWeights(storage, folder, meter, signal)) !== weights.sha256) throw notAsWritten(WEIGHTS_FILE);
    const listed = [...kept, { name: WEIGHTS_FILE, bytes: plan.totalBytes, sha256: weights.sha256 }];
    const id = `${name}@${await revisionOf(listed, target)}`;
    const manifest: ModelManifest = { version: 1, id, source, licence, facts, weights, files: listed, versions };
    await writeManifest(storage, manifest, folder);
    if (id !== workId) await storage.move(folder, folderOf(id));
    return manifest;
  } catch (error) {
    if (isFull(error)) {
      await storage.remove(folder);
      throw noSpace(totalBytes, (await storage.use()).free);
    }
    const usable = areNamed(plan, commit !== null) && canContinue(error, signal);
    throw await leaveUnfinished(error, { storage, folder, file: WEIGHTS_FILE, usable });
  }
}
