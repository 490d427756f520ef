/** Adapters as vectors: where the factors of every projection lie in one flat array. */
export {
  PROJECTIONS,
  allGates,
  createAdapterLayout,
  gatesOfPlayers,
  layoutOfPairs,
  pairShape,
  type AdapterLayout,
  type AdapterTargets,
  type HeadLayout,
  type LoraPair,
  type PairShape,
  type Player,
  type Projection,
  type TowerName,
  type TowerShape,
} from '../../../src/core/adapter-layout.ts';
export { initialAdapter } from '../../../src/copra/lora-init.ts';
