/**
 * What adapters in files call the parts of the models of a family, in transformers (before and since it renamed them) or timm. It lies apart from
 * the families, because the page writes adapters, but reads no checkpoints.
 */
import type { Projection, TowerName } from '../../core/adapter-layout.ts';
import { CLIP_BLOCK_NAMES } from '../families/clip-tensors.ts';
import type { FamilyId } from '../families/registry.ts';

/** Names of modules before and since transformers renamed them, which it did in several of its versions 5 (`renamedIn`). */
export type Naming = 'v4' | 'v5';

type MapNames = Readonly<Record<Projection, string>>;

const VIT_V5: MapNames = {
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
const VIT_V4: MapNames = { ...ATTENTION_V4, fc1: 'intermediate.dense', fc2: 'output.dense' };
const DINOV2_V4: MapNames = { ...ATTENTION_V4, fc1: 'mlp.fc1', fc2: 'mlp.fc2' };
/** timm computes q, k and v in one map. */
export const FUSED = 'attn.qkv';
const TIMM: MapNames = { q: FUSED, k: FUSED, v: FUSED, o: 'attn.proj', fc1: 'mlp.fc1', fc2: 'mlp.fc2' };

export interface FamilyNames {
  /** Module path of the layers of a tower: everything before the number of the layer. */
  readonly layers: (tower: TowerName, naming: Naming) => string;
  /** Paths of the maps below their layer. */
  readonly maps: (naming: Naming) => MapNames;
  /** The version of transformers that renamed the modules; null: a later one, which is not known. Absent: they have the names that they had. */
  readonly renamedIn?: string | null;
  /** The model class whose module paths these are: what PEFT calls auto_mapping. */
  readonly modelClass: { readonly base_model_class: string; readonly parent_library: string };
  /** Name of the classifier in that class. */
  readonly classifier: 'classifier' | 'head';
  /** Number of features that it classifies, of those of the class token. */
  readonly classifierWidth: (features: number) => number;
  /** Put before the tensors of the bare backbone in that class; absent where the class has none, or no classifier. */
  readonly barePrefix?: string;
}

const ofClassToken = (features: number): number => features;

const CLIP = {
  maps: () => CLIP_BLOCK_NAMES,
  classifier: 'classifier',
  classifierWidth: ofClassToken,
} as const;
const CLIP_LIBRARY = 'transformers.models.clip.modeling_clip';

export const FAMILY_NAMES: Readonly<Record<FamilyId, FamilyNames>> = {
  clip: {
    ...CLIP,
    layers: (tower) => `${tower}_model.encoder.layers`,
    modelClass: { base_model_class: 'CLIPModel', parent_library: CLIP_LIBRARY },
  },
  'clip-vision': {
    ...CLIP,
    layers: (_tower, naming) => (naming === 'v4' ? 'vision_model.encoder.layers' : 'encoder.layers'),
    renamedIn: '5.6',
    modelClass: { base_model_class: 'CLIPVisionModel', parent_library: CLIP_LIBRARY },
  },
  vit: {
    layers: (_tower, naming) => (naming === 'v4' ? 'vit.encoder.layer' : 'vit.layers'),
    maps: (naming) => (naming === 'v4' ? VIT_V4 : VIT_V5),
    renamedIn: '5.9',
    modelClass: {
      base_model_class: 'ViTForImageClassification',
      parent_library: 'transformers.models.vit.modeling_vit',
    },
    classifier: 'classifier',
    classifierWidth: ofClassToken,
    barePrefix: 'vit.',
  },
  deit: {
    layers: (_tower, naming) => (naming === 'v4' ? 'deit.encoder.layer' : 'deit.layers'),
    maps: (naming) => (naming === 'v4' ? VIT_V4 : VIT_V5),
    renamedIn: '5.9',
    modelClass: {
      base_model_class: 'DeiTForImageClassification',
      parent_library: 'transformers.models.deit.modeling_deit',
    },
    classifier: 'classifier',
    classifierWidth: ofClassToken,
    barePrefix: 'deit.',
  },
  dinov2: {
    // transformers renamed the maps of attention, and kept the encoder around the layers.
    layers: () => 'dinov2.encoder.layer',
    maps: (naming) => (naming === 'v4' ? DINOV2_V4 : VIT_V5),
    renamedIn: null,
    modelClass: {
      base_model_class: 'Dinov2ForImageClassification',
      parent_library: 'transformers.models.dinov2.modeling_dinov2',
    },
    classifier: 'classifier',
    // The class token, and the mean of the patch tokens.
    classifierWidth: (features) => 2 * features,
    barePrefix: 'dinov2.',
  },
  timm: {
    layers: () => 'blocks',
    maps: () => TIMM,
    modelClass: { base_model_class: 'VisionTransformer', parent_library: 'timm.models.vision_transformer' },
    classifier: 'head',
    classifierWidth: ofClassToken,
  },
};

export const FAMILY_IDS = Object.keys(FAMILY_NAMES) as FamilyId[];
