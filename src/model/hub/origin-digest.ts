/** SHA-256 of a model's source files, computed during the fetch and compared with the digests their source reports. */
import type { ByteSource } from '../../platform/byte-source.ts';
import type { OriginDigest } from './manifest.ts';
import { ModelSourceError } from './model-id.ts';
import { createHasher, hashRange, type Hasher } from '../../platform/sha256.ts';
import type { PieceGroup, RemoteWeights, WeightsPlan } from './weights-plan.ts';
import { HUB_WORDS } from './words.ts';

/** The fetched bytes do not match the digest reported by their source. */
export class DigestMismatch extends ModelSourceError {}

const reachesEnds = ({ begin, end }: { begin: number; end: number }, { dataStart, size }: RemoteWeights): boolean =>
  begin === dataStart && end === size;

/** The stretch of our file that is all tensors of `file`, one after the other and unchanged; null where some were left out. */
function copyOf({ pieces }: WeightsPlan, file: RemoteWeights): { begin: number; end: number } | null {
  const mine = pieces.filter((piece) => piece.file === file.file);
  if (mine.length !== 1 || !reachesEnds(mine[0], file)) return null;
  const [{ target, begin, end }] = mine;
  return { begin: target, end: target + end - begin };
}

/**
 * A hash of everything before the bytes that the group fetches; null if the file will not be seen completely.
 * @param have bytes of our file left by an earlier attempt. @param stored our file so far
 */
export async function hasherBefore(
  group: PieceGroup,
  plan: WeightsPlan,
  have: number,
  stored: ByteSource | null,
): Promise<Hasher | null> {
  const file = plan.files.find((candidate) => candidate.file === group.file)!;
  const copy = copyOf(plan, file);
  const isWhole = reachesEnds(group, file);
  if (!isWhole && !(copy && stored && group.end === file.size)) return null;
  const hasher = await createHasher();
  hasher.update(file.head);
  if (!isWhole) await hashRange(hasher, stored!, copy!.begin, Math.min(have, copy!.end));
  return hasher;
}

/** @throws DigestMismatch when the source names another digest. */
export function confirm({ file, digest }: RemoteWeights, sha256: string): OriginDigest {
  if (digest !== null && digest !== sha256)
    throw new DigestMismatch(HUB_WORDS.otherDigest(file, sha256.slice(0, 12), digest.slice(0, 12)));
  return { file, sha256, confirmed: digest !== null };
}
