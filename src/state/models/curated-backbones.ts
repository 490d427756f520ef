/** Small published backbones that work well here, with the facts needed to choose one before fetching. Sizes are those on the hub. */
import type { PublishedBase } from '../../model/hub/adapters/adapter-manifest.ts';
import type { StoredModel } from '../../model/hub/manifest.ts';
import { isCommit, splitModelId } from '../../model/hub/model-id.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import { MODEL_WORDS } from './messages.ts';

export interface CuratedBackbone {
  /** owner/name@revision, as fetched. */
  readonly request: string;
  readonly name: string;
  readonly summary: string;
  /** Null where its card names none. */
  readonly licence: string | null;
  /** Approximate bytes of the fetched tensors. */
  readonly bytes: number;
  readonly facts: ModelFacts;
}

const vision = (layers: number, width: number, heads: number, imageSize: number, patchSize: number, ratio = 4) => ({
  layers,
  width,
  heads,
  mlpWidth: ratio * width,
  tokens: 1 + (imageSize / patchSize) ** 2,
  imageSize,
  patchSize,
});
const text = (layers: number, width: number, heads: number) => ({
  layers,
  width,
  heads,
  mlpWidth: 4 * width,
  tokens: 77,
});

export const CURATED: readonly CuratedBackbone[] = [
  {
    request: 'timm/test_vit.r160_in1k@9b37466f8f3920b00e0b750e308ccc2d0d03cd2d',
    name: 'timm test ViT',
    get summary() {
      return MODEL_WORDS.curated.smallest;
    },
    licence: 'apache-2.0',
    bytes: 1_490_000,
    facts: { family: 'timm ViT', vision: vision(6, 64, 2, 160, 16, 3), text: null, parameters: 370_000 },
  },
  {
    request: 'WinKawaks/vit-tiny-patch16-224@77d1485af66b34d4ed0fe95dbb0c60c7496f950b',
    name: 'ViT tiny',
    get summary() {
      return MODEL_WORDS.curated.vitTiny;
    },
    licence: 'apache-2.0',
    bytes: 22_900_000,
    facts: { family: 'ViT', vision: vision(12, 192, 3, 224, 16), text: null, parameters: 5_720_000 },
  },
  {
    request: 'timm/deit_tiny_patch16_224.fb_in1k@457c7aea80b608b44786bd3193556c727028bd6d',
    name: 'DeiT tiny',
    get summary() {
      return MODEL_WORDS.curated.deitTiny;
    },
    licence: 'apache-2.0',
    bytes: 22_900_000,
    facts: { family: 'timm ViT', vision: vision(12, 192, 3, 224, 16), text: null, parameters: 5_720_000 },
  },
  {
    request: 'wkcn/TinyCLIP-ViT-8M-16-Text-3M-YFCC15M@a2a8c6eaa2549ad66eb7c31b85022bf58273a26c',
    name: 'TinyCLIP 8M',
    get summary() {
      return MODEL_WORDS.curated.tinyClip;
    },
    licence: 'mit',
    bytes: 93_800_000,
    facts: { family: 'CLIP', vision: vision(10, 256, 4, 224, 16), text: text(3, 256, 4), parameters: 23_450_000 },
  },
  {
    request: 'facebook/dinov2-small@8c0210022ead0e9012784aecff426ff6613bf835',
    name: 'DINOv2 small',
    get summary() {
      return MODEL_WORDS.curated.dino;
    },
    licence: 'apache-2.0',
    bytes: 88_200_000,
    facts: { family: 'DINOv2', vision: vision(12, 384, 6, 224, 14), text: null, parameters: 22_060_000 },
  },
  {
    request: 'wkcn/TinyCLIP-ViT-40M-32-Text-19M-LAION400M@95ec8197b3f2fe7f747865c61ca556cf0768b2f7',
    name: 'TinyCLIP 40M',
    get summary() {
      return MODEL_WORDS.curated.largePatches;
    },
    licence: 'mit',
    bytes: 337_000_000,
    facts: { family: 'CLIP', vision: vision(12, 512, 8, 224, 32), text: text(6, 512, 8), parameters: 84_200_000 },
  },
  {
    request: 'openai/clip-vit-base-patch32@refs/pr/32',
    name: 'CLIP ViT-B/32',
    get summary() {
      return MODEL_WORDS.curated.openai;
    },
    licence: null,
    bytes: 605_000_000,
    facts: { family: 'CLIP', vision: vision(12, 768, 12, 224, 32), text: text(12, 512, 8), parameters: 151_300_000 },
  },
];

/** The id under which a curated backbone is on this device; null where it is not. What a branch names is kept under its commit at the time. */
export function keptAs({ request }: Pick<CuratedBackbone, 'request'>, models: readonly StoredModel[]): string | null {
  const asked = splitModelId(request)!;
  const isAsked = (id: string): boolean =>
    isCommit(asked.revision) ? id === request : splitModelId(id)?.name === asked.name;
  return models.find(({ id, manifest }) => manifest && isAsked(id))?.id ?? null;
}

/**
 * What to fetch for the backbone of an adapter: the revision that it names. Without one, or with the main branch, the curated backbone of this name,
 * whose main branch may lack usable weights, else the name.
 */
export function requestOf({ baseModel, baseRevision }: PublishedBase): string {
  if (baseRevision !== null && baseRevision !== 'main') return `${baseModel}@${baseRevision}`;
  return (
    CURATED.map(({ request }) => request).find((request) => splitModelId(request)?.name === baseModel) ?? baseModel
  );
}
