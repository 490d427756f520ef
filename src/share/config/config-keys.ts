/**
 * The settings of a study as keys of a query string that people can read and edit: "?steps=1000&seeds=0-3&copra.rank=8". A key names a place in the
 * configuration and how its value is written. Published addresses contain these keys: never rename one.
 */
import { methodOf } from '../../copra/methods/registry.ts';
import { shownTask } from '../../data/bundled/task-names.ts';
import { inRanges } from '../../core/number-ranges.ts';
import { bundledById, BUNDLED_TASKS } from '../../data/bundled/tasks.ts';
import { backboneName } from '../../model/bundled-backbones.ts';
import { ANALYSIS_IDS, analysisRowsOf } from '../../study/config/settings/analyses.ts';
import { ARM_ROWS } from '../../study/config/settings/arm.ts';
import { valueText, type LimitRow, type Row, type RowValue } from '../../study/config/settings/rows.ts';
import { SHARED_ROWS } from '../../study/config/settings/shared.ts';
import { STUDY_ROWS } from '../../study/config/settings/study.ts';
import { TRAINING_ROWS } from '../../study/config/settings/training.ts';
import { isObject, type Value } from '../link/value.ts';
import { CONFIG_WORDS } from './messages.ts';

export interface Kind {
  /** @throws RangeError naming what is expected */
  readonly parse: (text: string) => Value;
  readonly print: (value: Value) => string;
}

export interface Key {
  readonly key: string;
  /** Display name in the spoken language. */
  readonly label: string;
  /** Starting at the configuration, or at an arm. */
  readonly path: readonly string[];
  readonly kind: Kind;
  /** The value in words; different values have different words. */
  readonly show: (value: Value) => string;
  /** Null is expressed by omitting the setting. */
  readonly optional?: true;
}

/** The value that a configuration or arm has at a key's place; null if it has none. */
export const valueAt = (group: object, { path }: Key): Value =>
  path.reduce<Value>((value, step) => (isObject(value) ? (value[step] ?? null) : null), group as Value);

/** @throws RangeError, in words for people, where a text is no finite number */
export function numberOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new RangeError(CONFIG_WORDS.number);
  return value;
}

const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
export const itemsOf = (text: string): string[] => text.split(',').map((item) => item.trim());

/** Numbers and words as people write them. */
const show = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value));

const NUMBER: Kind = { parse: numberOf, print: show };
const WORD: Kind = { parse: (text) => text, print: show };
const NUMBERS: Kind = {
  parse: (text) => (text === '' ? [] : itemsOf(text).map(numberOf)),
  print: (value) => listOf(value).map(show).join(','),
};
const WORDS: Kind = {
  parse: (text) => itemsOf(text).filter((item) => item !== ''),
  print: (value) => listOf(value).map(show).join(','),
};
const SWITCH: Kind = {
  parse(text) {
    if (['on', 'true', '1', 'yes', ''].includes(text)) return true;
    if (['off', 'false', '0', 'no'].includes(text)) return false;
    throw new RangeError(CONFIG_WORDS.onOrOff);
  },
  print: (value) => (value === true ? 'on' : 'off'),
};

/** Absent when the backbone decides. */
const OPTIONAL_NUMBER: Kind = {
  parse: numberOf,
  print: (value) => (value === null ? CONFIG_WORDS.asBackbone : show(value)),
};

const BAR = '|';

/** Before a bar every backslash is doubled, and a bar of the text has one more; elsewhere a backslash is one. */
const withoutBars = (text: string): string => text.replace(/(\\*)\|/g, '$1$1\\|');

/** Texts with bars between them. */
const joinedByBars = (texts: readonly string[]): string =>
  texts.map((text, i) => withoutBars(i < texts.length - 1 ? text.replace(/\\+$/, '$&$&') : text)).join(BAR);

/** The inverse of joinedByBars. */
function splitAtBars(text: string): string[] {
  const texts = [''];
  for (const [piece] of text.matchAll(/\\*\||[^\\|]+|\\+/g)) {
    const slashes = piece.length - 1;
    if (!piece.endsWith(BAR)) texts[texts.length - 1] += piece;
    else {
      texts[texts.length - 1] += '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) texts[texts.length - 1] += BAR;
      else texts.push('');
    }
  }
  return texts;
}

/** Prompt templates, separated by "|". Prompts of single classes are too long for a query; links hold them. */
const PROMPTS: Kind = {
  parse: (text) => ({ templates: splitAtBars(text), perClass: {} }),
  print: (value) => (isObject(value) ? joinedByBars(listOf(value.templates).map(show)) : CONFIG_WORDS.asTask),
};

const MAX_SEEDS = 64;

/** "0-3,7": single numbers and ranges. */
const SEEDS: Kind = {
  parse(text) {
    const seeds = itemsOf(text).flatMap((item) => {
      const range = /^(\d+)-(\d+)$/.exec(item);
      if (!range) return [numberOf(item)];
      const [first, last] = [Number(range[1]), Number(range[2])];
      if (last < first || last - first >= MAX_SEEDS) throw new RangeError(CONFIG_WORDS.seedRange);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
    if (new Set(seeds).size < seeds.length) throw new RangeError(CONFIG_WORDS.seedOnce);
    return seeds;
  },
  print: (value) => inRanges(listOf(value) as readonly number[], '-').join(','),
};

/** @param label tells the display name in the spoken language */
const key = (name: string, label: () => string, path: string, kind: Kind, show = kind.print): Key => ({
  key: name,
  get label() {
    return label();
  },
  path: path.split('.'),
  kind,
  show,
});

const OWN_IMAGES = 'dropped';
const TASK_IDS = [...BUNDLED_TASKS.map(({ id }) => id), OWN_IMAGES];

/** A schema takes any task: those of a later version are in files and links. What people write is one that is here. */
const TASK: Kind = {
  parse(text) {
    if (!TASK_IDS.includes(text)) throw new RangeError(CONFIG_WORDS.noneOf(text, TASK_IDS));
    return text;
  },
  print: show,
};

function taskName(value: Value): string {
  const id = show(value);
  return id === OWN_IMAGES ? CONFIG_WORDS.ownImages : shownTask(id, bundledById(id)?.name ?? id);
}

/** Includes the prompts of single classes. */
function showPrompts(value: Value): string {
  const single = isObject(value) && isObject(value.perClass) ? Object.entries(value.perClass) : [];
  return [PROMPTS.print(value), ...single.map(([name, prompt]) => `${name}: ${show(prompt)}`)].join(' | ');
}

const KINDS = { number: NUMBER, choice: WORD, many: WORDS, switch: SWITCH, numbers: NUMBERS, names: WORDS };

/** The value that an omitted setting stands for. */
const told = (row: Row, value: Value): Value => (row.kind === 'limit' ? value : (value ?? row.usual));

function limitKind(row: LimitRow): Kind {
  return {
    parse: (text) => (text === row.without ? null : numberOf(text)),
    print: (value) => (value === null ? row.without : show(value)),
  };
}

export function kindOf(row: Row): Kind {
  if (row.kind === 'limit') return limitKind(row);
  const { parse, print } = KINDS[row.kind];
  return { parse, print: (value) => print(told(row, value)) };
}

function rowKey(place: string, row: Row, label = () => row.label): Key {
  const made = key(row.query, label, place, kindOf(row), (value) => valueText(row, told(row, value) as RowValue));
  return row.optional ? Object.assign(made, { optional: true as const }) : made;
}

const rowKeys = (rows: readonly (readonly [string, Row])[], place: string): Key[] =>
  rows.map(([name, row]) => rowKey(place + name, row));

export const STUDY_KEYS: readonly Key[] = [
  key(
    'backbone',
    () => CONFIG_WORDS.backbone,
    'backbone',
    WORD,
    (id) => backboneName(show(id)),
  ),
  key('task', () => CONFIG_WORDS.task, 'task', TASK, taskName),
  key('image-size', () => CONFIG_WORDS.inputSize, 'imageSize', OPTIONAL_NUMBER),
  key('prompts', () => CONFIG_WORDS.prompts, 'prompts', PROMPTS, showPrompts),
  ...rowKeys(STUDY_ROWS, ''),
  key('seeds', () => CONFIG_WORDS.seeds, 'seeds', SEEDS),
  ...rowKeys(TRAINING_ROWS, 'training.'),
  ...rowKeys(SHARED_ROWS, 'analyses.'),
  ...ANALYSIS_IDS.flatMap((id) =>
    analysisRowsOf(id).map((own) => rowKey(`analyses.${id}.${own.key}`, own.row, () => own.name)),
  ),
];

/** Alone they set every arm ("rank=8"); with an id and a dot in front, one arm ("copra.rank=8"). */
export const ARM_KEYS: readonly Key[] = [
  key(
    'method',
    () => CONFIG_WORDS.method,
    'method',
    WORD,
    (id) => methodOf(show(id)).label,
  ),
  key('name', () => CONFIG_WORDS.name, 'name', WORD),
  ...rowKeys(ARM_ROWS, ''),
];
