/** Module paths of the adapted maps in transformers (before and since it renamed them) and timm, written and recognised. */
import type { Player, Projection, TowerName } from '../../core/adapter-layout.ts';
import { CLIP_BLOCK_NAMES } from '../clip.ts';
import type { AdapterBase } from './base.ts';

/** Names of modules before and since transformers renamed them, which it did in several of its versions 5 (RENAMED_IN). */
export type Naming = 'v4' | 'v5';

type Family = AdapterBase['family'];
type Names = Readonly<Record<Projection, string>>;

const VIT_V5: Names = {
  q: 'attention.q_proj',
  k: 'attention.k_proj',
  v: 'attention.v_proj',
  o: 'attention.o_proj',
  fc1: 'mlp.fc1',
  fc2: 'mlp.fc2',
};
const ATTENTION_V4 = {
  q: 'attention.attention.query',
  k: 'attention.attention.key',
  v: 'attention.attention.value',
  o: 'attention.output.dense',
} as const;
const VIT_V4: Names = { ...ATTENTION_V4, fc1: 'intermediate.dense', fc2: 'output.dense' };
const DINOV2_V4: Names = { ...ATTENTION_V4, fc1: 'mlp.fc1', fc2: 'mlp.fc2' };
/** timm computes q, k and v in one map. */
export const FUSED = 'attn.qkv';
const TIMM: Names = { q: FUSED, k: FUSED, v: FUSED, o: 'attn.proj', fc1: 'mlp.fc1', fc2: 'mlp.fc2' };

interface FamilyNames {
  /** Everything before the number of the layer. */
  readonly prefix: (tower: TowerName, naming: Naming) => string;
  readonly names: (naming: Naming) => Names;
}

const FAMILIES: Readonly<Record<Family, FamilyNames>> = {
  clip: { prefix: (tower) => `${tower}_model.encoder.layers`, names: () => CLIP_BLOCK_NAMES },
  'clip-vision': {
    prefix: (_tower, naming) => (naming === 'v4' ? 'vision_model.encoder.layers' : 'encoder.layers'),
    names: () => CLIP_BLOCK_NAMES,
  },
  vit: {
    prefix: (_tower, naming) => (naming === 'v4' ? 'vit.encoder.layer' : 'vit.layers'),
    names: (naming) => (naming === 'v4' ? VIT_V4 : VIT_V5),
  },
  deit: {
    prefix: (_tower, naming) => (naming === 'v4' ? 'deit.encoder.layer' : 'deit.layers'),
    names: (naming) => (naming === 'v4' ? VIT_V4 : VIT_V5),
  },
  dinov2: {
    // transformers renamed the maps of attention, and kept the encoder around the layers.
    prefix: () => 'dinov2.encoder.layer',
    names: (naming) => (naming === 'v4' ? DINOV2_V4 : VIT_V5),
  },
  timm: { prefix: () => 'blocks', names: () => TIMM },
};

/** Module path of the layers of a tower, e.g. "vision_model.encoder.layers". */
export const layersPath = (family: Family, naming: Naming, tower: TowerName): string =>
  FAMILIES[family].prefix(tower, naming);

/** Path of a projection below its layer, e.g. "self_attn.q_proj". */
export const projectionPath = (family: Family, naming: Naming, projection: Projection): string =>
  FAMILIES[family].names(naming)[projection];

const IN_TRANSFORMERS = [CLIP_BLOCK_NAMES, VIT_V5, VIT_V4, DINOV2_V4];

const PROJECTIONS_OF: ReadonlyMap<string, readonly Projection[]> = new Map([
  ...[...IN_TRANSFORMERS, { o: TIMM.o }].flatMap((names) =>
    Object.entries(names).map(([projection, name]): [string, readonly Projection[]] => [
      name,
      [projection as Projection],
    ]),
  ),
  [FUSED, ['q', 'k', 'v']],
]);

const MODULE = /^(?:.*\.)?(?:layers?|blocks)\.(\d+)\.(.+)$/;

interface PairPlace extends Player {
  readonly projection: Projection;
}

export interface AdaptedModule extends Player {
  /** One, or the three of a fused map, whose rows follow each other. */
  readonly projections: readonly Projection[];
}

/**
 * The map that a module path names, for any library and version; null if that map is not adapted here.
 * @param alone tower of a path that names none, as in a model of one tower
 */
export function parseModulePath(path: string, alone: TowerName): AdaptedModule | null {
  const match = MODULE.exec(path);
  const projections = match && PROJECTIONS_OF.get(match[2]);
  if (!match || !projections) return null;
  const tower = /(^|\.)text_model\./.test(path) ? 'text' : /(^|\.)vision_model\./.test(path) ? 'vision' : alone;
  return { tower, layer: Number(match[1]), projections };
}

/** The model class whose module paths these are: what PEFT calls auto_mapping. */
export const MODEL_CLASS: Readonly<Record<Family, { base_model_class: string; parent_library: string }>> = {
  clip: { base_model_class: 'CLIPModel', parent_library: 'transformers.models.clip.modeling_clip' },
  'clip-vision': { base_model_class: 'CLIPVisionModel', parent_library: 'transformers.models.clip.modeling_clip' },
  vit: { base_model_class: 'ViTForImageClassification', parent_library: 'transformers.models.vit.modeling_vit' },
  deit: { base_model_class: 'DeiTForImageClassification', parent_library: 'transformers.models.deit.modeling_deit' },
  dinov2: {
    base_model_class: 'Dinov2ForImageClassification',
    parent_library: 'transformers.models.dinov2.modeling_dinov2',
  },
  timm: { base_model_class: 'VisionTransformer', parent_library: 'timm.models.vision_transformer' },
};

/**
 * The version of transformers that renamed the modules of a family; null: one after those of ViT, which is not known. The modules of the whole
 * CLIP, and timm's, have the names that they had.
 */
export const RENAMED_IN: Partial<Readonly<Record<Family, string | null>>> = {
  'clip-vision': '5.6',
  vit: '5.9',
  deit: '5.9',
  dinov2: null,
};

/** The versions since which all of some families have their new names, and before which all have their old ones; null where one is not known. */
interface Renaming {
  readonly all: string | null;
  readonly none: string | null;
}

/** Null where none of the families was renamed. */
export function renamedIn(families: readonly Family[]): Renaming | null {
  const renamed = families.flatMap((family) => {
    const version = RENAMED_IN[family];
    return version === undefined ? [] : [version];
  });
  if (renamed.length === 0) return null;
  const known = renamed
    .filter((version) => version !== null)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return { all: renamed.includes(null) ? null : known[known.length - 1], none: known[0] ?? null };
}

/** Path of a module in the model, e.g. "vision_model.encoder.layers.3.self_attn.q_proj". */
export const modulePath = (family: Family, naming: Naming, { tower, layer, projection }: PairPlace): string =>
  `${layersPath(family, naming, tower)}.${layer}.${projectionPath(family, naming, projection)}`;

/** A module that an adapter adapts and that only these names call so; null where both namings call all of its modules alike. */
export function tellingModule(pairs: readonly PairPlace[], family: Family, naming: Naming): string | null {
  const telling = pairs.find((pair) => modulePath(family, 'v4', pair) !== modulePath(family, 'v5', pair));
  return telling ? modulePath(family, naming, telling) : null;
}

/** Name of the classifier module in that class. */
export const headModule = (family: Family): string => (family === 'timm' ? 'head' : 'classifier');

/** Dinov2ForImageClassification classifies [class token; mean of the patch tokens]; all others the class token. */
export const headWidth = (family: Family, features: number): number => (family === 'dinov2' ? 2 * features : features);

/** Every path that an adapted map has below its layer in transformers → its projection. */
export const moduleNames = (): Record<string, string> =>
  Object.fromEntries(
    IN_TRANSFORMERS.flatMap((names) => Object.entries(names).map(([projection, path]) => [path, projection])),
  );
