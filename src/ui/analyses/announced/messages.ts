/**
 * What the page says of analyses before their figures are loaded: what they cost, what a link holds of them, the names of their views in frames.
 * The words of a figure lie in the folder of its analysis and are loaded with it.
 */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { integer } from '../../../core/number-format.ts';

const runs = (count: number): string => counted(count, 'run');

export const ANNOUNCED_WORDS = catalogue('announced', {
  evaluations: (count: number): string => counted(count, 'evaluation'),
  coalitions: (count: number, images: number): string => `${counted(count, 'coalition')} × ${counted(images, 'image')}`,
  steps: (count: number): string => counted(count, 'step'),
  planes: (count: number): string => counted(count, 'plane'),
  missingPlanes: 'planes',
  pruningOfLayers: (count: number): string => `pruning of layers of ${runs(count)}`,
  pruningOfWeights: (count: number): string => `pruning of weights of ${runs(count)}`,
  shapleyValues: (count: number): string => `Shapley values of ${runs(count)}`,
  interactions: (count: number): string => `interactions and sets of layers of ${runs(count)}`,
  sharpnessOfRuns: (count: number): string => `sharpness of ${runs(count)}`,
  spectraOfRuns: (count: number): string => `spectra of ${runs(count)}`,
  training: (count: number): string => `the training of ${runs(count)} step by step`,
  timesOfSteps: (count: number): string => `times of steps of ${runs(count)}`,
  noImageLayers: 'This result has no Shapley values of single pictures.',
  domains: {
    kept: 'Other domains: kept of the backbone',
    missing: (pairs: number): string => `other domains along the paths between ${counted(pairs, 'pair')} of seeds`,
    contents: (runs: number): string => `tests of ${counted(runs, 'run')} on other domains`,
  },
  federated: {
    error: 'Federated: error of aggregation',
    clients: 'Federated: images of the clients',
    simulated: 'The clients of this study were simulated: nobody could be absent.',
    cost: (steps: number): string => counted(steps, 'client step'),
    contents: (trainings: number): string => counted(trainings, 'federated training'),
    attendance: 'which clients took part in it, without the names of their devices',
  },
  geometry: {
    missing: 'distances',
    contents: (adapters: number): string => `distances between ${counted(adapters, 'adapter')}`,
  },
  landscape: {
    cost: (evaluations: number, pairs: number): string =>
      `${counted(evaluations, 'evaluation')}, ${counted(pairs, 'pair of seeds', 'pairs of seeds')}`,
    missing: (pairs: number): string => `the landscape between ${counted(pairs, 'pair')} of seeds`,
    contents: (paths: number): string => counted(paths, 'path between adapters', 'paths between adapters'),
    noPictures: 'This result does not say which pictures are right between two seeds.',
  },
  merging: {
    cost: (merges: number, scales: number): string =>
      `${counted(merges, 'merge')}, those with a factor at ${counted(scales, 'value')} of it`,
    missing: 'merges of all seeds',
    contents: 'merges of all seeds',
  },
  multitask: {
    cost: (steps: number): string => `${integer(steps)} further training steps`,
    contents: 'merges across tasks',
  },
});
