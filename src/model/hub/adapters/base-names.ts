/** Whether the name of a backbone, as an adapter says it, is that of another backbone. */
import { BUNDLED_BACKBONES } from '../../bundled-backbones.ts';
import { isCommit, isHubName, splitModelId } from '../model-id.ts';

/** A name that says the same on every machine; folders have other names elsewhere. */
const isNameForAll = (name: string): boolean => isHubName(name) || BUNDLED_BACKBONES.includes(name);

/**
 * Whether a name is of another backbone, or a commit another of the same one.
 * @param backbone StudyConfig.backbone
 */
export function isOtherBase(name: string, revision: string | null, backbone: string): boolean {
  if (!isNameForAll(name)) return false;
  const { name: ours, revision: own } = splitModelId(backbone) ?? { name: backbone, revision: null };
  // Which commit a branch or tag was is not known here.
  return name !== ours || (revision !== null && isCommit(revision) && revision !== own);
}
