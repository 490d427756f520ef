/** What the bundled tasks show, one sentence each. */
import { catalogue } from '../../core/language/catalogue.ts';

export const TASK_WORDS = catalogue('tasks', {
  'groups9-negative': 'Nine emoji groups as photographic negatives.',
  'groups9-swap': 'Nine emoji groups with red, green and blue exchanged.',
  'groups9-sketch': 'Nine emoji groups reduced to their edges.',
  'groups9-mosaic': 'Nine emoji groups in 8 × 8 coarse tiles.',
  'groups9-night': 'Nine emoji groups in dim blue light.',
  'groups9-openmoji': 'Nine emoji groups in a style of drawing that the backbone never saw.',
  animals: 'Seven kinds of animals and plants, with swapped colours.',
  food: 'Seven kinds of food and drink, with swapped colours.',
  travel: 'Seven kinds of places, vehicles, clocks and weather, with swapped colours.',
  objects: 'Seven kinds of everyday things, with swapped colours.',
});
