/** Moves the tensors a backbone needs onto this device, and checks what lies there afterwards. */
import type { ByteSource } from '../../platform/byte-source.ts';
import { createWeightReader } from '../weight-reader.ts';
import { openSafetensors } from '../safetensors.ts';
import { WEIGHTS_FILE } from '../weight-files.ts';
import type { OriginDigest, WeightsDigest } from './manifest.ts';
import type { ModelFiles } from './model-files.ts';
import { ModelSourceError } from './model-id.ts';
import { confirm, hasherBefore } from './origin-digest.ts';
import type { TransferMeter } from './progress.ts';
import { breather } from '../../platform/next-task.ts';
import { createHasher, hashRange, type Hasher } from '../../platform/sha256.ts';
import type { FileAppender, ModelStorage } from './storage.ts';
import { planRequests, type PieceGroup, type WeightsPlan } from './weights-plan.ts';
import { HUB_WORDS } from './words.ts';

interface Hashers {
  /** Hash of the whole remote file; null if only part of it is fetched. */
  readonly origin: Hasher | null;
  /** Hash of our own file. */
  readonly kept: Hasher;
}

/** Fetches one group of neighbouring pieces and drops the bytes between them. @param version RemoteWeights.version of its file */
async function moveGroup(
  files: ModelFiles,
  group: PieceGroup,
  version: string | null,
  appender: FileAppender,
  { origin, kept }: Hashers,
  meter: TransferMeter,
) {
  await files.stream(group.file, group.begin, group.end, version, async (bytes, position) => {
    const until = position + bytes.length;
    origin?.update(bytes.subarray(0, group.end - position));
    for (const { begin, end } of group.pieces) {
      const from = Math.max(begin, position);
      const to = Math.min(end, until);
      if (from >= to) continue;
      const part = bytes.subarray(from - position, to - position);
      kept.update(part);
      await appender.write(part);
      meter.advance(to - from);
    }
    return until < group.end;
  });
}

/** Reads every byte once. @returns the SHA-256 of the file. @throws CheckpointError naming the first tensor that is not finite. */
export async function checkWeights(
  storage: ModelStorage,
  folder: string,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<string> {
  const source = await storage.open(folder, WEIGHTS_FILE);
  if (!source) throw new ModelSourceError(HUB_WORDS.weightsGone);
  const hasher = await createHasher();
  const file = openSafetensors({
    ...source,
    read(begin, end) {
      const bytes = source.read(begin, end);
      hasher.update(bytes);
      return bytes;
    },
  });
  const reader = createWeightReader(file, '');
  // In file order: contiguous, after the header, which was read first.
  const tensors = [...file.tensors].sort(([, a], [, b]) => a.begin - b.begin);
  const breathe = breather();
  for (const [name, { shape, begin, end }] of tensors) {
    signal.throwIfAborted();
    reader.tensor(name, shape);
    meter.advance(end - begin);
    await breathe(); // An abort is a message.
  }
  return hasher.digest();
}

/** A hash of the bytes already stored, or of the header if there are none. */
async function hasherOfKept({ head }: WeightsPlan, have: number, stored: ByteSource | null): Promise<Hasher> {
  const hasher = await createHasher();
  if (stored && have > 0) await hashRange(hasher, stored, 0, have);
  else hasher.update(head);
  return hasher;
}

/** Fetches the missing bytes. @returns the SHA-256 our file must have, and those of the files that were fetched whole. @throws DigestMismatch */
export async function moveWeights(
  files: ModelFiles,
  plan: WeightsPlan,
  have: number,
  storage: Pick<ModelStorage, 'open' | 'append'>,
  folder: string,
  meter: TransferMeter,
): Promise<WeightsDigest> {
  const stored = await storage.open(folder, WEIGHTS_FILE);
  const origins: OriginDigest[] = [];
  const requests = planRequests(plan, Math.max(have, plan.head.length));
  const hashers = await Promise.all(requests.map((group) => hasherBefore(group, plan, have, stored)));
  const kept = await hasherOfKept(plan, have, stored);
  const appender = await storage.append(folder, WEIGHTS_FILE, have);
  try {
    if (have === 0) await appender.write(plan.head);
    for (const [i, group] of requests.entries()) {
      const file = plan.files.find((candidate) => candidate.file === group.file);
      await moveGroup(files, group, file?.version ?? null, appender, { origin: hashers[i], kept }, meter);
      const digest = hashers[i]?.digest();
      if (file && digest) origins.push(confirm(file, digest));
    }
  } finally {
    await appender.close();
  }
  return { sha256: kept.digest(), origins };
}
