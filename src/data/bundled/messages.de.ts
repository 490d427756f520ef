/** What the bundled tasks show, in German. */
import type { TASK_WORDS } from './messages.ts';

export const tasks: typeof TASK_WORDS = {
  'groups9-negative': 'Neun Emoji-Gruppen als Fotonegative.',
  'groups9-swap': 'Neun Emoji-Gruppen mit vertauschtem Rot, Grün und Blau.',
  'groups9-sketch': 'Neun Emoji-Gruppen, auf ihre Kanten reduziert.',
  'groups9-mosaic': 'Neun Emoji-Gruppen in 8 × 8 groben Kacheln.',
  'groups9-night': 'Neun Emoji-Gruppen in dunklem blauem Licht.',
  'groups9-openmoji': 'Neun Emoji-Gruppen in einem Zeichenstil, den das Backbone nie gesehen hat.',
  animals: 'Sieben Arten von Tieren und Pflanzen, mit vertauschten Farben.',
  food: 'Sieben Arten von Essen und Trinken, mit vertauschten Farben.',
  travel: 'Sieben Arten von Orten, Fahrzeugen, Uhren und Wetter, mit vertauschten Farben.',
  objects: 'Sieben Arten von Alltagsdingen, mit vertauschten Farben.',
};
