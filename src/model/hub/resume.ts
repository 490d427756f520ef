/** Finds how much of an unfinished download can be reused; all bytes must come from the same files. */
import type { ByteSource } from '../../platform/byte-source.ts';
import { WEIGHTS_FILE } from '../weight-files.ts';
import { readUnfinished } from './manifest.ts';
import type { ModelFiles } from './model-files.ts';
import { DigestMismatch } from './origin-digest.ts';
import { GivenUp } from '../../platform/http/retry.ts';
import { HttpRefusal, SourceError } from '../../platform/http/source-error.ts';
import type { ModelStorage } from './storage.ts';
import { versionsOf, type WeightsPlan } from './weights-plan.ts';
import { HUB_WORDS } from './words.ts';

/** True for a cut connection or a cancelled download, which can be continued; any other error means that what is fetched is unusable. */
export const canContinue = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted ||
  (error instanceof SourceError &&
    !(error instanceof DigestMismatch) &&
    !(error instanceof HttpRefusal && error.status === 416));

/**
 * Ends a download that failed: removes what no other try can use, and says of the rest that it is kept.
 * @param file the weights. @param usable whether another try goes on from them. @returns the error to throw
 */
export async function leaveUnfinished(
  error: unknown,
  { storage, folder, file, usable }: { storage: ModelStorage; folder: string; file: string; usable: boolean },
): Promise<unknown> {
  if (!usable) {
    await storage.remove(folder);
    return error;
  }
  const left = error instanceof GivenUp && (await storage.files(folder)).find(({ name }) => name === file);
  return left && left.bytes > 0 ? new GivenUp(`${error.message} ${HUB_WORDS.kept}`, { cause: error }) : error;
}

/** Number of stored trailing bytes to fetch again for comparison if the server reports no versions. */
const OVERLAP = 65_536;

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

/** Whether the last stored bytes still match the server's. */
async function continues(files: ModelFiles, { pieces }: WeightsPlan, source: ByteSource): Promise<boolean> {
  const last = pieces.findLast(({ target }) => target < source.size);
  if (!last) return true;
  const until = Math.min(source.size, last.target + last.end - last.begin);
  const from = Math.max(last.target, until - OVERLAP);
  const here = source.read(from, until);
  const begin = last.begin + from - last.target;
  let isSame = true;
  await files.stream(last.file, begin, begin + here.length, null, (bytes, position) => {
    const at = position - begin;
    const part = bytes.subarray(0, here.length - at);
    isSame &&= part.every((byte, i) => byte === here[at + i]);
    return Promise.resolve(isSame && at + part.length < here.length);
  });
  return isSame;
}

/**
 * Number of stored bytes of our weights file that can be kept.
 * @param isPinned the files cannot change: a commit names them
 */
export async function resumableBytes(
  files: ModelFiles,
  plan: WeightsPlan,
  storage: ModelStorage,
  folder: string,
  isPinned: boolean,
): Promise<number> {
  const source = await leftBehind(storage, folder, plan);
  if (!source) return 0;
  if (isPinned) return source.size;
  const before = (await readUnfinished(storage, folder))?.versions ?? {};
  const now = versionsOf(plan);
  const named = plan.files.map(({ file }) => [before[file], now[file]] as const);
  if (named.some(([then, today]) => then !== undefined && today !== undefined && then !== today)) return 0;
  const isKnown = named.every(([then, today]) => then !== undefined && then === today);
  return isKnown || (await continues(files, plan, source)) ? source.size : 0;
}
