/** Landscapes: the ways between two adapters, and what lies on them. */
export {
  barrier,
  doubledLayout,
  factorPath,
  lambdas,
  landscapeMeasures,
  productPath,
  seedPairs,
  type LandscapeMeasures,
} from '../../../src/copra/landscape.ts';
export { midpointValue } from '../../../src/copra/midpoint.ts';
export { clearRetainedGain, retainedGain } from '../../../src/copra/retained-gain.ts';
