/** Gates: the layers of an adapter that are on in a step, as a function of seed and step. */
export {
  activationProbabilities,
  drawGates,
  gateGroups,
  playerGates,
  type GateGroups,
  type Granularity,
} from '../../../src/copra/gates.ts';
export { createGateSampler, meanProbability, type StepGates } from '../../../src/copra/gate-sampler.ts';
export { stream, type Rng } from '../../../src/core/rng.ts';
