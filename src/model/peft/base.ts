/** What the names and scales in an adapter's files depend on: facts of the backbone, without its weights. Structured-cloneable. */
import type { TowerName, TowerShape } from '../../core/adapter-layout.ts';
import { towerShapes, type Backbone, type LinearWeights } from '../backbone.ts';
import type { ModelConfig } from '../config.ts';

export interface AdapterBase {
  readonly family: ModelConfig['modelType'];
  readonly shapes: Partial<Record<TowerName, TowerShape>>;
  /**
   * Layer scales per vision layer, [width] each, of models that have them. Here they are folded into o and fc2, so that this project's B
   * is diag(s) times the B of a file; null elsewhere.
   */
  readonly layerScales: readonly { readonly o: Float32Array; readonly fc2: Float32Array }[] | null;
}

/** Where the study of a plain tower trains a classifier of its own; CLIP classifies by its prompts. */
export const hasHead = (family: AdapterBase['family']): boolean => family !== 'clip';

const sizes = ({ layers, width, mlpWidth }: TowerShape): TowerShape => ({ layers, width, mlpWidth });

const scaleOf = ({ foldedScale, outFeatures }: LinearWeights): Float32Array =>
  foldedScale ?? new Float32Array(outFeatures).fill(1);

export function adapterBaseOf(backbone: Backbone, config: Pick<ModelConfig, 'modelType'>): AdapterBase {
  const { vision, text } = towerShapes(backbone);
  const { blocks } = backbone.vision;
  const scaled = blocks.some(({ o, fc2 }) => o.foldedScale || fc2.foldedScale);
  return {
    family: backbone.kind === 'clip' ? 'clip' : config.modelType,
    shapes: { ...(vision && { vision: sizes(vision) }), ...(text && { text: sizes(text) }) },
    layerScales: scaled ? blocks.map(({ o, fc2 }) => ({ o: scaleOf(o), fc2: scaleOf(fc2) })) : null,
  };
}
