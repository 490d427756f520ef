/** PEFT adapters with random weights, as repositories of the local hub. */
import { createAdapterLayout } from '../../../src/core/adapter-layout.ts';
import { stream } from '../../../src/core/rng.ts';
import type { AdapterBase } from '../../../src/model/peft/base.ts';
import { writePeft } from '../../../src/model/peft/write.ts';
import { COMMIT, type HubModel } from './models.ts';

/** The backbone the page begins with. */
const EMOJI_CLIP_2: AdapterBase = {
  family: 'clip',
  shapes: { vision: { layers: 12, width: 64, mlpWidth: 256 }, text: { layers: 4, width: 64, mlpWidth: 256 } },
  layerScales: null,
  rowNorms: null,
};

/** Files of an adapter of q and v with entries of standard deviation 0.02, for Emoji-CLIP 2. @param base as the adapter names its backbone: name, or name@revision */
export function adapterFiles(seed: number, base: string, rank = 2): Record<string, Uint8Array> {
  const [baseModel, revision = null] = base.split('@');
  const layout = createAdapterLayout(EMOJI_CLIP_2.shapes, { rank, towers: ['vision'], projections: ['q', 'v'] }, null);
  const rng = stream(seed, 'analysis');
  const values = Float32Array.from({ length: layout.size }, () => 0.02 * rng.normal());
  const options = { base: EMOJI_CLIP_2, baseModel, revision, naming: 'v5', scaling: null } as const;
  const { config, weights } = writePeft({ layout, scale: 1, values }, options);
  return { 'adapter_config.json': new TextEncoder().encode(config), 'adapter_model.safetensors': weights };
}

/** A repository with one adapter at its top. */
export const adapterRepository = (seed: number, baseModel: string, rank?: number): HubModel => ({
  commit: COMMIT,
  licence: 'mit',
  files: adapterFiles(seed, baseModel, rank),
});

/** A repository with an adapter in each of so many folders. */
export const adapterFolders = (names: readonly string[], baseModel: string): HubModel => ({
  commit: COMMIT,
  files: Object.fromEntries(
    names.flatMap((name, seed) =>
      Object.entries(adapterFiles(seed, baseModel)).map(([file, bytes]) => [`${name}/${file}`, bytes] as const),
    ),
  ),
});
