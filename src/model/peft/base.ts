/** Facts about the backbone that determine names and scales in an adapter's files, without its weights. Structured-cloneable. */
import { rowNorms } from '../../copra/dora.ts';
import { PROJECTIONS, type Projection, type TowerName, type TowerShape } from '../../core/adapter-layout.ts';
import { towerShapes, type Backbone, type BlockWeights, type LinearWeights } from '../backbone.ts';
import type { FamilyId, ModelConfig } from '../families/registry.ts';

export interface AdapterBase {
  readonly family: FamilyId;
  readonly shapes: Partial<Record<TowerName, TowerShape>>;
  /**
   * Layer scales per vision layer, [width] each, of models that have them. Here they are folded into o and fc2, so that this project's B
   * is diag(s) times the B of a file; null elsewhere.
   */
  readonly layerScales: readonly { readonly o: Float32Array; readonly fc2: Float32Array }[] | null;
  /**
   * ‖W‖ of every row of the maps, layer scales included: files hold DoRA's magnitudes, adapters only how they changed. Null for adapters
   * without magnitudes.
   */
  readonly rowNorms: RowNorms | null;
}

/** Per tower and layer, [out] of each map. */
export type RowNorms = Partial<Record<TowerName, readonly Readonly<Record<Projection, Float64Array>>[]>>;

/** The layer scale that is folded into the rows of a map, [out]; null where there is none. */
export function layerScaleOf(
  { layerScales }: AdapterBase,
  tower: TowerName,
  layer: number,
  projection: Projection,
): Float32Array | null {
  const isScaled = tower === 'vision' && (projection === 'o' || projection === 'fc2');
  return isScaled && layerScales ? layerScales[layer][projection] : null;
}

/** With a text tower, studies classify by prompts; a tower alone gets a classifier of its own, which is trained. */
export const hasPrompts = ({ shapes }: Pick<AdapterBase, 'shapes'>): boolean => shapes.text !== undefined;

const sizes = ({ layers, width, mlpWidth }: TowerShape): TowerShape => ({ layers, width, mlpWidth });

const scaleOf = ({ foldedScale, outFeatures }: LinearWeights): Float32Array =>
  foldedScale ?? new Float32Array(outFeatures).fill(1);

export const ofProjections = <T>(make: (projection: Projection) => T): Record<Projection, T> =>
  Object.fromEntries(PROJECTIONS.map((projection) => [projection, make(projection)])) as Record<Projection, T>;

const normsOf = (blocks: readonly BlockWeights[]) =>
  blocks.map((block) => ofProjections((map) => rowNorms(block[map].weight, block[map].inFeatures)));

/** @param dora the adapter has magnitudes */
export function adapterBaseOf(backbone: Backbone, config: Pick<ModelConfig, 'modelType'>, dora: boolean): AdapterBase {
  const { vision, text } = towerShapes(backbone);
  const { blocks } = backbone.vision;
  const scaled = blocks.some(({ o, fc2 }) => o.foldedScale || fc2.foldedScale);
  return {
    family: config.modelType,
    shapes: { ...(vision && { vision: sizes(vision) }), ...(text && { text: sizes(text) }) },
    layerScales: scaled ? blocks.map(({ o, fc2 }) => ({ o: scaleOf(o), fc2: scaleOf(fc2) })) : null,
    rowNorms: dora
      ? { vision: normsOf(blocks), ...(backbone.kind === 'clip' && { text: normsOf(backbone.text.blocks) }) }
      : null,
  };
}
