/** Finds how much of an unfinished download can be reused; all bytes must come from the same files. */
import type { ByteSource } from '../../platform/byte-source.ts';
import { WEIGHTS_FILE } from '../weight-files.ts';
import { readUnfinished } from './manifest.ts';
import { DigestMismatch } from './origin-digest.ts';
import { GivenUp } from '../../platform/http/retry.ts';
import { HttpRefusal, SourceError } from '../../platform/http/source-error.ts';
import { OtherTabWrites } from './other-tab.ts';
import type { ModelStorage } from './storage.ts';
import type { WeightsPlan } from './weights-plan.ts';
import { HUB_WORDS } from './words.ts';

/** True for a cut connection or a cancelled download, which can be continued; any other error means that what is fetched is unusable. */
export const canContinue = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted ||
  (error instanceof SourceError &&
    !(error instanceof DigestMismatch) &&
    !(error instanceof HttpRefusal && error.status === 416));

/**
 * Ends a download that failed: removes what no other try can use, unless it is another tab's, and says of the rest that it is kept.
 * @param file the weights. @param usable whether another try goes on from them. @returns the error to throw
 */
export async function leaveUnfinished(
  error: unknown,
  { storage, folder, file, usable }: { storage: ModelStorage; folder: string; file: string; usable: boolean },
): Promise<unknown> {
  if (error instanceof OtherTabWrites) return error;
  if (!usable) {
    await storage.remove(folder);
    return error;
  }
  const left = error instanceof GivenUp && (await storage.files(folder)).find(({ name }) => name === file);
  return left && left.bytes > 0 ? new GivenUp(`${error.message} ${HUB_WORDS.kept}`, { cause: error }) : error;
}

/** Whether a later try can tell that the files are still those of this one. A folder and some servers name no versions. */
export const areNamed = ({ files }: WeightsPlan, isPinned: boolean): boolean =>
  isPinned || files.every(({ version }) => version !== null);

/** The weights an earlier try of the same plan left; null when there are none. */
async function leftBehind(
  storage: ModelStorage,
  folder: string,
  { head, totalBytes }: WeightsPlan,
): Promise<ByteSource | null> {
  const source = await storage.open(folder, WEIGHTS_FILE);
  if (!source || source.size < head.length || source.size > totalBytes) return null;
  const there = source.read(0, head.length);
  return there.every((byte, i) => byte === head[i]) ? source : null;
}

/**
 * Number of stored bytes of our weights file that can be kept. Only a commit or a version says that they belong to the same files: the bytes
 * themselves would have to be compared whole, which takes as long as fetching them.
 * @param isPinned the files cannot change: a commit names them
 */
export async function resumableBytes(
  plan: WeightsPlan,
  storage: ModelStorage,
  folder: string,
  isPinned: boolean,
): Promise<number> {
  if (!areNamed(plan, isPinned)) return 0;
  const source = await leftBehind(storage, folder, plan);
  if (!source) return 0;
  if (isPinned) return source.size;
  const before = (await readUnfinished(storage, folder))?.versions ?? {};
  return plan.files.every(({ file, version }) => before[file] === version) ? source.size : 0;
}
