/**
 * The settings of a study as keys of a query string, for people to read and edit: "?steps=1000&seeds=0-3&copra.rank=8". A key names a place
 * in the configuration and how its value is written. Keys are part of addresses out in the world: never rename one.
 */
import { BUNDLED_TASKS } from '../../data/bundled/tasks.ts';
import { DEFAULT_EVALUATIONS } from '../../study/analyses/shapley/settings.ts';
import { ARM_ROWS } from '../../study/config/settings/arm.ts';
import { valueText, type Row, type RowValue } from '../../study/config/settings/rows.ts';
import { TRAINING_ROWS } from '../../study/config/settings/training.ts';
import { DEFAULT_SNAPSHOTS } from '../../study/run/snapshots.ts';
import { BASE_FEDERATED, BASE_MERGING, BASE_PLANE } from '../link/base-config.ts';
import { isObject, type Value } from '../link/value-codec.ts';

export interface Kind {
  /** @throws RangeError saying what is expected */
  readonly parse: (text: string) => Value;
  readonly print: (value: Value) => string;
}

export interface Key {
  readonly key: string;
  /** For people. */
  readonly label: string;
  /** From the configuration, or from an arm. */
  readonly path: readonly string[];
  readonly kind: Kind;
  /** The value in words; different values have different ones. */
  readonly show: (value: Value) => string;
}

/** What the configuration or arm has at the place of a key; null where it says nothing. */
export const valueAt = (group: object, { path }: Key): Value =>
  path.reduce<Value>((value, step) => (isObject(value) ? (value[step] ?? null) : null), group as Value);

function numberOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new RangeError('a number is expected');
  return value;
}

const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
const itemsOf = (text: string): string[] => text.split(',').map((item) => item.trim());

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
/** null means all there are. */
const COUNT_OR_ALL: Kind = {
  parse: (text) => (text === 'all' ? null : numberOf(text)),
  print: (value) => (value === null ? 'all' : show(value)),
};
const SWITCH: Kind = {
  parse(text) {
    if (['on', 'true', '1', 'yes', ''].includes(text)) return true;
    if (['off', 'false', '0', 'no'].includes(text)) return false;
    throw new RangeError('“on” or “off” is expected');
  },
  print: (value) => (value === true ? 'on' : 'off'),
};

/** What may be absent, and what it is then. */
const orUsual = ({ parse, print }: Kind, usual: Value): Kind => ({
  parse,
  print: (value) => print(value ?? usual),
});

/** Absent where the backbone decides. */
const OPTIONAL_NUMBER: Kind = { parse: numberOf, print: (value) => (value === null ? 'as the backbone' : show(value)) };

/** Templates of prompts, separated by "|". Prompts of single classes are too long for a query; links hold them. */
const PROMPTS: Kind = {
  parse: (text) => ({ templates: text.split('|'), perClass: {} }),
  print: (value) => (isObject(value) ? listOf(value.templates).map(show).join('|') : 'as the task'),
};

/** On, off, or other settings than usual as the density and the factors, "0.2:0.5,1,2". Absent in studies without merging. */
const MERGING: Kind = {
  parse(text) {
    const given = /^([^:]+):(.+)$/.exec(text);
    const settings: { readonly [key: string]: Value } = given
      ? { enabled: true, density: numberOf(given[1]), scales: itemsOf(given[2]).map(numberOf) }
      : { ...BASE_MERGING, enabled: SWITCH.parse(text) };
    return settings;
  },
  print(value) {
    if (!isObject(value) || value.enabled !== true) return 'off';
    const { density, scales } = value;
    const usual = density === BASE_MERGING.density && JSON.stringify(scales) === JSON.stringify(BASE_MERGING.scales);
    return usual ? 'on' : `${show(density)}:${NUMBERS.print(scales)}`;
  },
};

const FEDERATED_KINDS: { readonly [setting: string]: Kind } = {
  ...Object.fromEntries(
    ['clients', 'rounds', 'localSteps', 'alpha', 'participation', 'seeds'].map((setting) => [setting, NUMBER]),
  ),
  partition: WORD,
  rules: WORDS,
};

/** On, off, or what is other than usual, "clients:10;rules:fedit,flexlora". Absent in studies without. */
const FEDERATED: Kind = {
  parse(text) {
    if (!text.includes(':')) return { ...BASE_FEDERATED, enabled: SWITCH.parse(text) };
    const given = text.split(';').map((part): [string, Value] => {
      const [setting, ...rest] = part.split(':');
      if (!Object.hasOwn(FEDERATED_KINDS, setting))
        throw new RangeError(`“${setting}” is none of ${Object.keys(FEDERATED_KINDS).join(', ')}`);
      return [setting, FEDERATED_KINDS[setting].parse(rest.join(':'))];
    });
    return { ...BASE_FEDERATED, ...Object.fromEntries(given) };
  },
  print(value) {
    if (!isObject(value) || value.enabled !== true) return 'off';
    const unusual = Object.entries(FEDERATED_KINDS).filter(
      ([setting]) => JSON.stringify(value[setting]) !== JSON.stringify(BASE_FEDERATED[setting]),
    );
    if (unusual.length === 0) return 'on';
    return unusual.map(([setting, kind]) => `${setting}:${kind.print(value[setting])}`).join(';');
  },
};

/** Off, the tasks that are merged, or "parts:4" of the study's own. Absent in studies of one task. */
const MANY_TASKS: Kind = {
  parse(text) {
    const parts = /^parts:(.+)$/.exec(text);
    if (parts) return { enabled: true, tasks: [], parts: numberOf(parts[1]) };
    if (['off', 'false', '0', 'no'].includes(text)) return { enabled: false, tasks: [], parts: USUAL_PARTS };
    return { enabled: true, tasks: WORDS.parse(text), parts: USUAL_PARTS };
  },
  print(value) {
    if (!isObject(value) || value.enabled !== true) return 'off';
    const tasks = listOf(value.tasks);
    return tasks.length > 0 ? WORDS.print(tasks) : `parts:${show(value.parts)}`;
  },
};

const USUAL_PARTS = 4;

/** Absent: none. */
const OPTIONAL_COUNT: Kind = { parse: numberOf, print: (value) => (value === null ? 'none' : show(value)) };

/** Off, or the points along a side of its grid; on means as many as usual. Absent in studies without a plane. */
const PLANE: Kind = {
  parse(text) {
    const settings: { readonly [key: string]: Value } = /^[2-9]$|^\d\d+$/.test(text)
      ? { enabled: true, grid: numberOf(text) }
      : { ...BASE_PLANE, enabled: SWITCH.parse(text) };
    return settings;
  },
  print: (value) => (isObject(value) && value.enabled === true ? show(value.grid) : 'off'),
};

/** Absent in studies without distances. */
const GEOMETRY: Kind = {
  parse(text) {
    const settings: { readonly [key: string]: Value } = { enabled: SWITCH.parse(text) };
    return settings;
  },
  print: (value) => (isObject(value) && value.enabled === true ? 'on' : 'off'),
};

const MAX_SEEDS = 64;

/** "0-3,7": single numbers and ranges. */
const SEEDS: Kind = {
  parse(text) {
    const seeds = itemsOf(text).flatMap((item) => {
      const range = /^(\d+)-(\d+)$/.exec(item);
      if (!range) return [numberOf(item)];
      const [first, last] = [Number(range[1]), Number(range[2])];
      if (last < first || last - first >= MAX_SEEDS) throw new RangeError('a range of seeds such as 0-3 is expected');
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
    if (new Set(seeds).size < seeds.length) throw new RangeError('every seed may occur once');
    return seeds;
  },
  print(value) {
    const seeds = listOf(value) as readonly number[];
    const parts: string[] = [];
    for (let i = 0; i < seeds.length;) {
      let last = i;
      while (last + 1 < seeds.length && seeds[last + 1] === seeds[last] + 1) last++;
      if (last > i + 1) parts.push(`${seeds[i]}-${seeds[last]}`);
      else parts.push(...seeds.slice(i, last + 1).map(String));
      i = last + 1;
    }
    return parts.join(',');
  },
};

const key = (name: string, label: string, path: string, kind: Kind, show = kind.print): Key => ({
  key: name,
  label,
  path: path.split('.'),
  kind,
  show,
});

const taskName = (id: Value): string =>
  id === 'dropped' ? 'your images' : (BUNDLED_TASKS.find((task) => task.id === id)?.name ?? show(id));

/** With the prompts of single classes. */
function showPrompts(value: Value): string {
  const single = isObject(value) && isObject(value.perClass) ? Object.entries(value.perClass) : [];
  return [PROMPTS.print(value), ...single.map(([name, prompt]) => `${name}: ${show(prompt)}`)].join(' | ');
}

const KIND_OF_ROW = { number: NUMBER, choice: WORD, many: WORDS, switch: SWITCH };

const rowKeys = (rows: readonly (readonly [string, Row])[], place: string): Key[] =>
  rows.map(([name, row]) => {
    const kind = row.optional ? orUsual(KIND_OF_ROW[row.kind], row.usual) : KIND_OF_ROW[row.kind];
    return key(row.query, row.label, place + name, kind, (value) => valueText(row, (value ?? row.usual) as RowValue));
  });

export const STUDY_KEYS: readonly Key[] = [
  key('backbone', 'Backbone', 'backbone', WORD),
  key('task', 'Task', 'task', WORD, taskName),
  key('image-size', 'Input size', 'imageSize', OPTIONAL_NUMBER),
  key('prompts', 'Prompts', 'prompts', PROMPTS, showPrompts),
  key('shots', 'Training images per class', 'shots', COUNT_OR_ALL),
  key('seeds', 'Seeds', 'seeds', SEEDS),
  ...rowKeys(TRAINING_ROWS, 'training.'),
  key('test-images', 'Test images', 'analyses.testImages', COUNT_OR_ALL),
  key('landscape', 'Landscape', 'analyses.landscape.enabled', SWITCH),
  key('landscape-points', 'Points of the landscape', 'analyses.landscape.points', NUMBER),
  key('landscape-paths', 'Paths of the landscape', 'analyses.landscape.paths', WORDS),
  key('landscape-alignments', 'Aligned factors', 'analyses.landscape.alignments', WORDS),
  key('landscape-train-images', 'Training images of the landscape', 'analyses.landscape.trainImages', OPTIONAL_COUNT),
  key('shapley', 'Shapley values', 'analyses.shapley.enabled', SWITCH),
  key('shapley-images', 'Shapley images', 'analyses.shapley.images', NUMBER),
  key('shapley-estimator', 'Shapley estimator', 'analyses.shapley.estimator', WORD),
  key('shapley-permutations', 'Orders sampled', 'analyses.shapley.permutations', NUMBER),
  key('shapley-evaluations', 'Coalitions', 'analyses.shapley.evaluations', orUsual(NUMBER, DEFAULT_EVALUATIONS)),
  key('shapley-players', 'Shapley players', 'analyses.shapley.players', orUsual(WORD, 'layer')),
  key('shapley-evolution', 'Shapley values during training', 'analyses.shapley.evolution', SWITCH),
  key('shapley-seeds', 'Seeds analysed', 'analyses.shapley.seedsPerArm', NUMBER),
  key('pruning', 'Pruning', 'analyses.pruning.enabled', SWITCH),
  key('sparsities', 'Shares of weights removed', 'analyses.pruning.sparsities', NUMBERS),
  key('pruning-scopes', 'Weights removed from', 'analyses.pruning.scopes', WORDS),
  key('random-masks', 'Random masks', 'analyses.pruning.randomMasks', NUMBER),
  key('merging', 'Merging', 'analyses.merging', MERGING),
  key('federated', 'Federated training', 'analyses.federated', FEDERATED),
  key('many-tasks', 'Many tasks', 'analyses.multitask', MANY_TASKS),
  key('plane', 'Plane', 'analyses.plane', PLANE),
  key('geometry', 'Distances', 'analyses.geometry', GEOMETRY),
  key('snapshots', 'Adapters followed per run', 'analyses.snapshots', orUsual(NUMBER, DEFAULT_SNAPSHOTS)),
];

/** Alone they set every arm ("rank=8"), behind an id and a dot one of them ("copra.rank=8"). */
export const ARM_KEYS: readonly Key[] = [
  key('method', 'Method', 'method', WORD),
  key('name', 'Name', 'name', WORD),
  ...rowKeys(ARM_ROWS, ''),
];
