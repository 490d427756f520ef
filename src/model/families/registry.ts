/** All families of backbones, by their ids. */
import { clip } from './clip.ts';
import { clipVision } from './clip-vision.ts';
import { deit } from './deit.ts';
import { dinov2 } from './dinov2.ts';
import type { Family } from './family.ts';
import { timm } from './timm.ts';
import { vit } from './vit.ts';

export const FAMILIES = { 'clip-vision': clipVision, clip, vit, deit, dinov2, timm } as const;

export type FamilyId = keyof typeof FAMILIES;

/** What config.json says of a model of any family. */
export type ModelConfig = ReturnType<(typeof FAMILIES)[FamilyId]['parseConfig']>;

/** The family of a model; its functions take the configs that it made. */
export const familyOf = ({ modelType }: Pick<ModelConfig, 'modelType'>): Family<ModelConfig> => FAMILIES[modelType];
