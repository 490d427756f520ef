/** Whether the name of a backbone, as an adapter says it, is that of another backbone. */
import { BUNDLED_BACKBONES } from '../../bundled-backbones.ts';
import { isCommit, isHubName, splitModelId } from '../model-id.ts';

/** Whether a name that another hand wrote can be owner/name of a hub: "./clip", "../clip" and "example.org/clip" are folders. */
export const canBeOnHub = (name: string): boolean => isHubName(name) && !name.split('/')[0].includes('.');

/** A name that says the same on every machine; folders have other names elsewhere. */
const isNameForAll = (name: string): boolean => canBeOnHub(name) || BUNDLED_BACKBONES.includes(name);

/** Whether a name, with its revision, can be that of a folder as well: "models/clip" looks like owner/name. */
export const canBeFolder = (name: string, revision: string | null): boolean =>
  !BUNDLED_BACKBONES.includes(name) && !(revision !== null && isCommit(revision));

/**
 * Whether a name is of another backbone, or a commit another of the same one. False where the backbone that is here is a folder, of a disk or
 * a server: it can be the very one that is named.
 * @param backbone StudyConfig.backbone
 */
export function isOtherBase(name: string, revision: string | null, backbone: string): boolean {
  if (!isNameForAll(name)) return false;
  if (BUNDLED_BACKBONES.includes(backbone)) return name !== backbone;
  const ours = splitModelId(backbone);
  if (ours === null || !isHubName(ours.name) || !isCommit(ours.revision)) return false;
  // Which commit a branch or tag was is not known here.
  return name !== ours.name || (revision !== null && isCommit(revision) && revision !== ours.revision);
}
