/** SHA-256 of a backbone's weights, written to the files of adapters trained on it. */
import { readManifest, type OriginDigest } from '../../model/hub/manifest.ts';
import { publicDigests } from '../../model/hub/public-digests.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
import { sha256Of } from '../../platform/sha256.ts';
import type { ModelShelf } from '../../model/hub/storage.ts';
import { pageFile } from '../../platform/page-file.ts';
import { WEIGHTS_FILE } from '../../model/weight-files.ts';

/**
 * @param backbone StudyConfig.backbone. @param page base address of the bundled backbones
 * @returns empty if the backbone is no longer here, or was fetched before digests were stored
 */
export async function backboneDigest(
  backbone: string,
  storage: ModelShelf,
  page: string,
): Promise<readonly OriginDigest[]> {
  if (splitModelId(backbone) !== null) {
    const weights = (await readManifest(storage, backbone))?.weights;
    return weights ? publicDigests(weights) : [];
  }
  const weights = await pageFile(`backbones/${backbone}/${WEIGHTS_FILE}`, page);
  if (weights === null) return [];
  const sha256 = await sha256Of(new Uint8Array(weights));
  return [{ file: WEIGHTS_FILE, sha256, confirmed: false }];
}
