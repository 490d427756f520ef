/** How Python finds a backbone: by its name on a hub, or in a folder. */
import { BUNDLED_BACKBONES } from '../../model/bundled-backbones.ts';
import { addressOfId, isContentDigest, isHubName, splitModelId } from '../../model/hub/model-id.ts';

/** "owner/name@commit"; a folder of a server or of a disk looks alike, and ends with the digest of its files. */
const isOnHub = (name: string, revision: string): boolean => isHubName(name) && !isContentDigest(revision);

/** "owner/name@commit" → the arguments of from_pretrained. A bundled or dropped backbone has no address. */
export function hubModel(backbone: string): { baseModel: string; revision: string | null } {
  const parts = splitModelId(backbone);
  if (!parts) return { baseModel: backbone, revision: null };
  const { name, revision } = parts;
  return { baseModel: name, revision: isOnHub(name, revision) ? revision : null };
}

/** Where the folder of a backbone is that no hub has, in English; null: it has a name on a hub. */
export function folderOfModel(backbone: string): string | null {
  const parts = splitModelId(backbone);
  if (parts) {
    const address = addressOfId(backbone);
    if (isOnHub(parts.name, parts.revision)) return null;
    return address === null ? 'the folder that it was opened from' : `the files at ${splitModelId(address)?.name}`;
  }
  return BUNDLED_BACKBONES.includes(backbone)
    ? `public/backbones/${backbone} in the repository of CopRA Playground, whose files are in backbones/${backbone}/ of its page, too; the Python zip of a study holds it`
    : 'the folder that the study was run with';
}
