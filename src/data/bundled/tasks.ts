/** The bundled tasks, on which a study can train without user files. Loaded by bundled.ts. */
import { HELD_OUT_STYLES, PRETRAINING_STYLES, type StyleId } from './atlas.ts';
import type { SplitShares } from './concept-split.ts';
import type { DomainId } from './domains.ts';
import { TASK_WORDS } from './messages.ts';
import { ENGLISH_NAMES } from './task-names.ts';
import { ARTWORK_WORDS } from './words.ts';

/** A task whose images come with the page. */
export interface BundledTask {
  readonly id: string;
  /** In data; people see `shownTask`. */
  readonly name: string;
  /** One sentence for the task chooser. */
  readonly description: string;
  readonly styles: readonly StyleId[];
  readonly domain: DomainId;
  /** The kind of classes in the atlas: emoji groups or their subgroups. */
  readonly level: 'group' | 'subgroup';
  /** Names in the atlas, e.g. "food-drink". */
  readonly classes: readonly string[];
  readonly shares: SplitShares;
}

/** The nine emoji groups, as emojibase names them. */
export const GROUPS = [
  'smileys-emotion',
  'people-body',
  'animals-nature',
  'food-drink',
  'travel-places',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;

/** About 5,900 training and 800 test images with five styles. */
const GROUP_SHARES: SplitShares = { test: 0.11, validation: 0.1 };
/** Small tasks hold out more, or their accuracy would be known to ten points only. */
const SUBGROUP_SHARES: SplitShares = { test: 0.3, validation: 0.1 };

type TaskId = keyof typeof TASK_WORDS;

function groups(id: TaskId, domain: DomainId, styles: readonly StyleId[]): BundledTask {
  return {
    id,
    name: ENGLISH_NAMES[id],
    get description() {
      return TASK_WORDS[id];
    },
    styles,
    domain,
    level: 'group',
    classes: GROUPS,
    shares: GROUP_SHARES,
  };
}

function subgroups(id: TaskId, classes: readonly string[]): BundledTask {
  const domain = 'channel-swap'; // with colour negatives the backbone would be at chance
  return {
    id,
    name: ENGLISH_NAMES[id],
    get description() {
      return TASK_WORDS[id];
    },
    styles: PRETRAINING_STYLES,
    domain,
    level: 'subgroup',
    classes,
    shares: SUBGROUP_SHARES,
  };
}

const ALL = PRETRAINING_STYLES;

export const BUNDLED_TASKS: readonly BundledTask[] = [
  groups('groups9-negative', 'colour-negative', ALL),
  groups('groups9-swap', 'channel-swap', ALL),
  groups('groups9-sketch', 'sketch', ALL),
  groups('groups9-mosaic', 'mosaic', ALL),
  groups('groups9-night', 'night', ALL),
  groups('groups9-openmoji', 'plain', [HELD_OUT_STYLES[0]]),
  subgroups('animals', [
    'animal-mammal',
    'animal-bird',
    'animal-reptile',
    'animal-marine',
    'animal-bug',
    'plant-flower',
    'plant-other',
  ]),
  subgroups('food', ['food-fruit', 'food-vegetable', 'food-prepared', 'food-asian', 'food-sweet', 'drink', 'dishware']),
  subgroups('travel', [
    'place-geographic',
    'place-building',
    'transport-ground',
    'transport-water',
    'transport-air',
    'time',
    'sky-weather',
  ]),
  subgroups('objects', ['clothing', 'musical-instrument', 'computer', 'book-paper', 'office', 'tool', 'household']),
];

/** "food-drink" → "food drink": words that the tokenizer of the bundled backbone knows. */
export function className(atlasName: string): string {
  return atlasName.replaceAll('-', ' ');
}

/** The prompt of a class. @param name as `className` gives it */
export function promptOf(name: string): string {
  return `a picture of ${name}`;
}

/** The bundled task with this id; undefined for own images. */
export const bundledById = (id: string): BundledTask | undefined => BUNDLED_TASKS.find((task) => task.id === id);

/** @throws RangeError listing the known tasks */
export function bundledTask(id: string): BundledTask {
  const task = bundledById(id);
  if (task) return task;
  throw new RangeError(ARTWORK_WORDS.noTask(id, BUNDLED_TASKS.map((known) => known.id).join(', ')));
}
