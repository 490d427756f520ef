/** The words of Shapley values of layers, and of the line under every figure of Shapley values. */
import { comparison } from '../../../study/readings/messages.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';

export const SHAPLEY_WORDS = catalogue('shapley', {
  help: [
    'Each layer is a player who is in or out of the team. Its Shapley value is what it adds on average over all orders in which the layers can join; the values add up to the whole gain over the model with every layer out.',
    'Even bars mean that the layers share the work. Error bars are one standard deviation over seeds, or the standard error where only one seed was analysed: over the images and, if coalitions were sampled, over those.',
    'The share of the top third adds up values without their signs, and chance adds to those of every layer: the fewer images, the nearer it lies to an even split. Compare it between arms, not between studies.',
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
  caption: {
    topThird: (name: string, share: string, isFirst: boolean): string =>
      isFirst ? `${name}’s top third of layers carries ${share} of the credit` : `${name}’s ${share}`,
    whole: (arms: string, even: string, over: string): string => `${arms} (equal layers would carry ${even}; ${over})`,
    tooFew: 'too few seeds to say which spreads it more evenly',
    unclear: 'it is not clear which spreads it more evenly',
    /** The shares lie on both sides of the even one. */
    carries: (name: string, first: string, isMore: boolean): string =>
      `the top third of ${name} carries ${isMore ? 'more' : 'less'} of it than that of ${first}`,
    evenly: (name: string, first: string, isMore: boolean): string =>
      `${name} spreads it ${isMore ? 'more' : 'less'} evenly than ${first}`,
    noCredit: (names: string): string => `no layer of ${names} carries credit`,
    noneAtAll: (names: string, over: string): string => `No layer of ${names} carries credit (${over})`,
    players: { layer: 'layer', projection: 'projection' },
    error: (player: string, points: string): string => `standard error of a ${player} up to ${points} points`,
    errors: (player: string, images: string, coalitions: string): string =>
      `standard error of a ${player} up to ${images} points over images and ${coalitions} over coalitions`,
  },
  comparison: comparison(
    'On the layers near the output',
    'relies less',
    'the share of credit in the layers near the output',
  ),
});
