/** The words of the figure of sharpness. */
import { comparison } from '../../../study/readings/messages.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';

export const SHARPNESS_WORDS = catalogue('sharpness', {
  help: [
    'Every A and every B is moved in a random direction by a share of its own length, and the adapter is tested again. Lines are means over the directions, which are the same for all arms and seeds; bands are one standard deviation over seeds.',
    'A flat line means a flat minimum. If CopRA merged better only because its minima are flatter, its line would lie below LoRA’s in loss, and above it in accuracy.',
  ],
  quantityShown: 'Sharpness: quantity shown',
  directions: (count: number): string => counted(count, 'direction'),
  awaited: 'Loss and accuracy of perturbed adapters appear here when training is done.',
  off: 'Switch on Sharpness under Analyses to see what random perturbations of the adapters cost.',
  images: { test: 'test images', train: 'training images' },
  /** In readings after "on"; dative in German. */
  on: { test: 'test images', train: 'training images' },
  axis: 'size of the perturbation, ‖δ‖ / ‖θ‖',
  changes: { loss: 'loss increase, nats', accuracy: 'change in accuracy, points' },
  nats: (loss: string): string => `${loss}\u00a0nats`,
  head: ['Images', 'Arm', 'Size', 'Loss increase, nats', '±', 'Change in accuracy, points', '±'],
  caption: {
    on: (images: string, arms: string): string => `on ${images} ${arms}`,
    rises: (radius: string, parts: string): string =>
      `With every factor perturbed by ${radius} of its length, the loss rises by (in nats): ${parts}`,
    over: (directions: number, spread: string): string => `means over ${counted(directions, 'direction')}, ${spread}`,
  },
  comparison: comparison('Pushed in random directions', 'gets worse by less', 'the loss that random directions add'),
});
