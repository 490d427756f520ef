/** What the bundled tasks are called. Results, links and files have their English names; people read those of their language. */
import { catalogue } from '../../core/language/catalogue.ts';

export const ENGLISH_NAMES = {
  'groups9-negative': 'Emoji groups, negative',
  'groups9-swap': 'Emoji groups, swapped colours',
  'groups9-sketch': 'Emoji groups, sketch',
  'groups9-mosaic': 'Emoji groups, mosaic',
  'groups9-night': 'Emoji groups, night',
  'groups9-openmoji': 'Emoji groups, OpenMoji',
  animals: 'Animals and plants',
  food: 'Food and drink',
  travel: 'Travel and places',
  objects: 'Objects',
};

export const TASK_NAMES: typeof ENGLISH_NAMES = catalogue('taskNames', ENGLISH_NAMES);

const isBundled = (id: string): id is keyof typeof ENGLISH_NAMES => Object.hasOwn(ENGLISH_NAMES, id);

/**
 * The name of a task as people see it.
 * @param name that in data: own images keep theirs, as does a task that was called otherwise when its result was computed
 */
export const shownTask = (id: string, name: string): string =>
  isBundled(id) && ENGLISH_NAMES[id] === name ? TASK_NAMES[id] : name;

/** The bundled task that is called so in data. */
export const taskCalled = (name: string): keyof typeof ENGLISH_NAMES | undefined =>
  Object.keys(ENGLISH_NAMES)
    .filter(isBundled)
    .find((id) => ENGLISH_NAMES[id] === name);
