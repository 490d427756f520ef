/** Whether an adapter was trained for another backbone than the one it is read for, by what its own files say. */
import * as v from 'valibot';
import { canBeFolder, isOtherBase } from '../../model/hub/adapters/base-names.ts';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import { isCommit, splitModelId } from '../../model/hub/model-id.ts';
import { hubModel } from './base-model.ts';
import { plainName } from '../../core/plain-name.ts';
import { SHARE_CHECKS } from '../words.ts';

/** What an adapter's files say of its backbone. */
export interface NamedBackbone {
  /** base_model_name_or_path */
  readonly baseModel: string | null;
  readonly revision: string | null;
  /** Parsed copra.json; null if there is none. */
  readonly copra: unknown;
}

/** Another backbone, that an adapter was trained for. Its files keep saying so wherever they are written again. */
export interface TrainedFor {
  /** As its files say it, whole: models are loaded by it. */
  readonly name: string;
  readonly revision: string | null;
  /** SHA-256 of its weights; empty if unknown. */
  readonly weights: readonly OriginDigest[];
  /** False where a name alone tells it, which can be that of a folder, too. */
  readonly isCertain: boolean;
}

const Written = v.looseObject({
  backbone: v.optional(v.string()),
  backbone_weights: v.optional(
    v.array(v.looseObject({ file: v.string(), sha256: v.string(), confirmed_by_hub: v.boolean() })),
  ),
});

function writtenIn(copra: unknown): v.InferOutput<typeof Written> {
  const parsed = v.safeParse(Written, copra);
  return parsed.success ? parsed.output : {};
}

/** Whether a copra.json has digests of its backbone's weights, so that those of the backbone here are worth having. */
export const hasDigests = (copra: unknown): boolean => (writtenIn(copra).backbone_weights ?? []).length > 0;

/**
 * Whether two lists of digests are of the same weights; null where they have no file in common. A list may lack files, or name another one
 * for the same weights, by how they came onto the device (publicDigests).
 */
function haveSameWeights(theirs: readonly OriginDigest[], ours: readonly OriginDigest[]): boolean | null {
  const own = new Map(ours.map(({ file, sha256 }) => [file, sha256]));
  const shared = theirs.filter(({ file }) => own.has(file));
  return shared.length === 0 ? null : shared.every(({ file, sha256 }) => own.get(file) === sha256);
}

/**
 * The backbone that an adapter was trained for; null where it is the one it is read for, or where its files do not tell. A commit that both
 * name decides, then digests of files that both name, then names.
 * @param backbone StudyConfig.backbone that it is read for. @param weights SHA-256 of its weights; empty if unknown
 */
export function trainedFor(
  { baseModel, revision, copra }: NamedBackbone,
  backbone: string,
  weights: readonly OriginDigest[],
): TrainedFor | null {
  const written = writtenIn(copra);
  const theirs = (written.backbone_weights ?? []).map(({ file, sha256, confirmed_by_hub: confirmed }) => ({
    file,
    sha256,
    confirmed,
  }));
  const own = written.backbone === undefined ? null : hubModel(written.backbone);
  const [name, at] = baseModel === null ? [own?.baseModel ?? null, own?.revision ?? null] : [baseModel, revision];
  if (at !== null && isCommit(at) && backbone === `${name}@${at}`) return null;
  const isSame = haveSameWeights(theirs, weights);
  if (isSame ?? !(name !== null && isOtherBase(name, at, backbone))) return null;
  const isCertain = isSame === false || !canBeFolder(name ?? '', at);
  return { name: name ?? '?', revision: at, weights: theirs, isCertain };
}

/** What is said of an adapter that is read for another backbone than its own. @param backbone StudyConfig.backbone */
export const otherBackboneNote = ({ name, revision }: TrainedFor, backbone: string): string => {
  const ours = hubModel(backbone).baseModel;
  const plain = plainName(name);
  if (name !== ours) return SHARE_CHECKS.otherBackbone(plain, ours);
  const [theirs, own] = [revision, splitModelId(backbone)?.revision ?? null];
  return theirs !== null && own !== null && theirs !== own
    ? SHARE_CHECKS.otherBackbone(`${plain}@${plainName(theirs)}`, backbone)
    : SHARE_CHECKS.otherWeights(plain);
};
