/** The words of Shapley values of layers, and of the line under every figure of Shapley values. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';

export const SHAPLEY_WORDS = catalogue('shapley', {
  help: [
    'Each layer is a player who is in or out of the team. Its Shapley value is what it adds on average over all orders in which the layers can join; the values add up to the whole gain over the model with every layer out.',
    'Even bars mean that the layers share the work. Error bars are one standard deviation over seeds, or the standard error where only one seed was analysed: over the images and, if coalitions were sampled, over those.',
  ],
  quantityShown: 'Shapley: quantity shown',
  awaited: 'What every layer contributes appears here when training is done.',
  compareEstimators: 'Compare estimators',
  axes: { accuracy: 'Shapley value, points', loss: 'Shapley value, nats' },
  head: ['Arm', 'Layer', 'Accuracy, points', '±', 'Loss, nats', '±', 'Seeds'],
  ofPicture: 'Shapley values of this picture.',

  estimators: {
    exact: 'exact',
    permutation: 'sampled orders',
    owen: 'Owen sampling',
    kernel: 'paired KernelSHAP',
    odd: 'paired + odd order 3',
  },
  estimatedFrom: (estimator: string, coalitions: number): string => `${estimator}, ${counted(coalitions, 'coalition')}`,
  residual: (points: string): string => `residual ${points} points`,
  gini: (arms: string): string => `Gini ${arms}`,
});
