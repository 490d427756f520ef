/** What the bundled tasks are called in German. */
import type { TASK_NAMES } from './task-names.ts';

export const taskNames: typeof TASK_NAMES = {
  'groups9-negative': 'Emoji-Gruppen, negativ',
  'groups9-swap': 'Emoji-Gruppen, vertauschte Farben',
  'groups9-sketch': 'Emoji-Gruppen, Skizze',
  'groups9-mosaic': 'Emoji-Gruppen, Mosaik',
  'groups9-night': 'Emoji-Gruppen, Nacht',
  'groups9-openmoji': 'Emoji-Gruppen, OpenMoji',
  animals: 'Tiere und Pflanzen',
  food: 'Essen und Trinken',
  travel: 'Reisen und Orte',
  objects: 'Gegenstände',
};
