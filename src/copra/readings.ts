/**
 * Readings: results put into one plain sentence, for captions. The first arm is the baseline, the others are compared with it;
 * being worse is said as plainly as being better, and every sentence names the seeds, the images and their sampling error.
 */
export { federatedReading } from './readings/federated.ts';
export { geometryReading, valueSpread } from './readings/geometry.ts';
export { landscapeReading } from './readings/landscape.ts';
export { leftOutReading } from './readings/left-out.ts';
export { mergingReading } from './readings/merging.ts';
export { planeReading } from './readings/plane.ts';
export { structuredReading, unstructuredReading } from './readings/pruning.ts';
export { shapleyReading } from './readings/shapley.ts';
export { trainingReading } from './readings/training.ts';
export type { ArmResults } from './readings/words.ts';
