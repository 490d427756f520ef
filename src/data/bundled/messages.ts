/** What the bundled tasks and the other domains are called. Results keep the English names. */
import { catalogue } from '../../core/language/catalogue.ts';

export const BUNDLED_WORDS = catalogue('bundled', {
  tasks: {
    'groups9-negative': {
      name: 'Emoji groups, negative',
      description: 'Nine emoji groups as photographic negatives.',
    },
    'groups9-swap': {
      name: 'Emoji groups, swapped colours',
      description: 'Nine emoji groups with red, green and blue exchanged.',
    },
    'groups9-sketch': { name: 'Emoji groups, sketch', description: 'Nine emoji groups reduced to their edges.' },
    'groups9-mosaic': { name: 'Emoji groups, mosaic', description: 'Nine emoji groups in 8 × 8 coarse tiles.' },
    'groups9-night': { name: 'Emoji groups, night', description: 'Nine emoji groups in dim blue light.' },
    'groups9-openmoji': {
      name: 'Emoji groups, OpenMoji',
      description: 'Nine emoji groups in a style of drawing that the backbone never saw.',
    },
    animals: {
      name: 'Animals and plants',
      description: 'Seven kinds of animals and plants, with swapped colours.',
    },
    food: { name: 'Food and drink', description: 'Seven kinds of food and drink, with swapped colours.' },
    travel: {
      name: 'Travel and places',
      description: 'Seven kinds of places, vehicles, clocks and weather, with swapped colours.',
    },
    objects: { name: 'Objects', description: 'Seven kinds of everyday things, with swapped colours.' },
  },
  domains: {
    plain: 'Plain',
    negative: 'Negative',
    swap: 'Swapped colours',
    sketch: 'Sketch',
    mosaic: 'Mosaic',
    night: 'Night',
    openmoji: 'OpenMoji',
    fxemoji: 'Firefox OS',
  },
});

export type BundledTaskId = keyof (typeof BUNDLED_WORDS)['tasks'];
