/** What the bundled tasks and the other domains are called in German. */
import type { BUNDLED_WORDS } from './messages.ts';

export const BUNDLED_WORDS_DE: typeof BUNDLED_WORDS = {
  tasks: {
    'groups9-negative': {
      name: 'Emoji-Gruppen, Negativ',
      description: 'Neun Emoji-Gruppen als fotografische Negative.',
    },
    'groups9-swap': {
      name: 'Emoji-Gruppen, vertauschte Farben',
      description: 'Neun Emoji-Gruppen, Rot, Grün und Blau vertauscht.',
    },
    'groups9-sketch': { name: 'Emoji-Gruppen, Skizze', description: 'Neun Emoji-Gruppen, nur ihre Kanten.' },
    'groups9-mosaic': { name: 'Emoji-Gruppen, Mosaik', description: 'Neun Emoji-Gruppen in 8 × 8 groben Kacheln.' },
    'groups9-night': { name: 'Emoji-Gruppen, Nacht', description: 'Neun Emoji-Gruppen in schwachem blauem Licht.' },
    'groups9-openmoji': {
      name: 'Emoji-Gruppen, OpenMoji',
      description: 'Neun Emoji-Gruppen in einem Zeichenstil, den das Backbone nie gesehen hat.',
    },
    animals: {
      name: 'Tiere und Pflanzen',
      description: 'Sieben Arten von Tieren und Pflanzen, mit vertauschten Farben.',
    },
    food: { name: 'Essen und Trinken', description: 'Sieben Arten von Essen und Trinken, mit vertauschten Farben.' },
    travel: {
      name: 'Reisen und Orte',
      description: 'Sieben Arten von Orten, Fahrzeugen, Uhren und Wetter, mit vertauschten Farben.',
    },
    objects: { name: 'Gegenstände', description: 'Sieben Arten alltäglicher Dinge, mit vertauschten Farben.' },
  },
  domains: {
    plain: 'Unverändert',
    negative: 'Negativ',
    swap: 'Vertauschte Farben',
    sketch: 'Skizze',
    mosaic: 'Mosaik',
    night: 'Nacht',
    openmoji: 'OpenMoji',
    fxemoji: 'Firefox OS',
  },
};
