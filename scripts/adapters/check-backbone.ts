/** What a command does with an adapter that was trained for another backbone than the one it is read for. */
import type { OriginDigest } from '../../src/model/hub/manifest.ts';
import type { PeftConfig } from '../../src/model/peft/config.ts';
import { otherBackboneNote, trainedFor, type TrainedFor } from '../../src/share/adapter/trained-for.ts';

/** A backbone that adapters are read for. */
export interface ReadFor {
  readonly id: string;
  /** SHA-256 of its weights; empty if unknown. */
  readonly digests: readonly OriginDigest[];
  /** Whether the command line names it. */
  readonly isAsked: boolean;
}

/**
 * @param from the adapter's folder or file, for a warning. @param copra parsed copra.json; null if there is none
 * @returns the backbone that it was trained for, where that is another one
 * @throws Error where nobody asked for the backbone that it is read for, and it is certain that it is of another one; it does not say `from`
 */
export function checkBackbone(
  from: string,
  { base_model_name_or_path: baseModel, revision }: Pick<PeftConfig, 'base_model_name_or_path' | 'revision'>,
  copra: unknown,
  { id, digests, isAsked }: ReadFor,
): TrainedFor | null {
  const other = trainedFor({ baseModel, revision, copra }, id, digests);
  if (!other) return null;
  const note = otherBackboneNote(other, id);
  if (!isAsked && other.isCertain) throw new Error(`${note} Name the backbone that you want with --backbone.`);
  console.warn(`${from}: ${note}`);
  return other;
}
