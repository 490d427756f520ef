/** What is said of analyses before their figures are loaded: titles, what they cost, and what of them a link holds. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';

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
  pruneByHand: 'Prune by hand',
  noImageLayers:
    'This result has no Shapley values of single pictures: links have no room for them, and earlier versions kept none.',
});
