/** Backbones a study can use: the bundled ones and those on this device, with the facts that controls need before any weights are loaded. */
import type { TowerName } from '../../core/adapter-layout.ts';
import { backboneName, BUNDLED_TOWERS } from '../../model/bundled-backbones.ts';
import type { ModelManifest, OriginDigest, StoredModel } from '../../model/hub/manifest.ts';
import { publicDigests } from '../../model/hub/public-digests.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import { MODEL_WORDS } from './messages.ts';

export interface BackboneCard {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** Native image side in pixels. */
  readonly imageSize: number;
  readonly layers: Readonly<Record<TowerName, number>>;
  readonly facts: ModelFacts;
  /** Total size of its files in bytes. */
  readonly bytes: number;
  readonly licence: string | null;
  /** Address of its model card, or of its files; null for a dropped folder. */
  readonly link: string | null;
  readonly revision: string | null;
  /** SHA-256 of its weights, one per file; empty when unknown. */
  readonly digests: readonly OriginDigest[];
}

/** Facts shared by all bundled backbones. */
const EMOJI_CLIP = {
  imageSize: 32,
  layers: { vision: BUNDLED_TOWERS.vision.layers, text: BUNDLED_TOWERS.text.layers },
  facts: {
    family: 'CLIP',
    vision: { ...BUNDLED_TOWERS.vision, heads: 4, tokens: 17, imageSize: 32, patchSize: 8 },
    text: { ...BUNDLED_TOWERS.text, heads: 4, tokens: 20 },
    parameters: 1_100_000,
  },
  bytes: 2_200_000,
  revision: null,
  digests: [],
} satisfies Partial<BackboneCard>;

/**
 * The bundled backbones, the one of the presets and saved results first. An id always denotes the same weights, because links and adapters refer
 * to it.
 */
export const BACKBONES: readonly BackboneCard[] = [
  {
    ...EMOJI_CLIP,
    id: 'emoji-clip-2',
    name: backboneName('emoji-clip-2'),
    get summary() {
      return MODEL_WORDS.bundled['emoji-clip-2'];
    },
    licence: 'mit',
    link: 'backbones/emoji-clip-2/README.md',
  },
  {
    ...EMOJI_CLIP,
    id: 'emoji-clip',
    name: backboneName('emoji-clip'),
    get summary() {
      return MODEL_WORDS.bundled['emoji-clip'];
    },
    licence: null,
    link: 'backbones/emoji-clip/README.md',
  },
];

/** Such a backbone is found whatever models are on this device. */
export const isBundledBackbone = (id: string): boolean => BACKBONES.some((backbone) => backbone.id === id);

function summaryOf({ family, text }: ModelFacts): string {
  return text ? MODEL_WORDS.withText(family) : MODEL_WORDS.withoutText(family);
}

function storedCard({ id, source, licence, facts, weights, files }: ModelManifest): BackboneCard {
  const { name, revision } = splitModelId(id) ?? { name: id, revision: null };
  return {
    id,
    name,
    summary: summaryOf(facts),
    imageSize: facts.vision.imageSize,
    layers: { vision: facts.vision.layers, text: facts.text?.layers ?? 0 },
    facts,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    licence,
    link: /^https?:/.test(source) ? source : null,
    revision,
    digests: weights ? publicDigests(weights) : [],
  };
}

/** All backbones available now. @param models null while the device has not been queried */
export const usableBackbones = (models: readonly StoredModel[] | null): BackboneCard[] => [
  ...BACKBONES,
  ...(models ?? []).flatMap(({ manifest }) => (manifest ? [storedCard(manifest)] : [])),
];

/** Null for a backbone that is neither bundled nor on this device. */
export const findBackbone = (id: string, models: readonly StoredModel[] | null): BackboneCard | null =>
  usableBackbones(models).find((backbone) => backbone.id === id) ?? null;

/** The backbone with this id, or the bundled one if it is not here, so that the page stays usable. */
export const backboneOf = (id: string, models: readonly StoredModel[] | null): BackboneCard =>
  findBackbone(id, models) ?? BACKBONES[0];
