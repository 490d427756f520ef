/** All settings of a study and of its arms as tables for the written pages, generated from their keys, rows and schema. */
import type * as v from 'valibot';
import { METHODS } from '../../src/copra/methods/registry.ts';
import { BASE_ANALYSES, BASE_ARM, BASE_CONFIG } from '../../src/share/link/base-config.ts';
import { ARM_KEYS, STUDY_KEYS, valueAt, type Key } from '../../src/share/config/config-keys.ts';
import { ArmSchema, StudyConfigSchema } from '../../src/study/config/config.ts';
import { ANALYSIS_IDS, analysisRowsOf } from '../../src/study/config/settings/analyses.ts';
import { ARM_ROWS, matters } from '../../src/study/config/settings/arm.ts';
import { helpOf, meaningsOf } from '../../src/study/config/settings/help.ts';
import type { Row } from '../../src/study/config/settings/rows.ts';
import { SHARED_ROWS } from '../../src/study/config/settings/shared.ts';
import { TRAINING_ROWS } from '../../src/study/config/settings/training.ts';
import { markdownTable } from '../markdown-table.ts';

/** Settings with a custom notation, which the schema cannot describe. */
const OWN_WAYS: Readonly<Record<string, string>> = {
  prompts: 'templates with {} for the class, separated by bars; a backslash keeps a bar in one',
  seeds: 'numbers and ranges: `0-3,7`',
};

/** The base settings of links with every analysis enabled, as addresses begin with it. */
const BASE = {
  ...BASE_CONFIG,
  analyses: {
    ...Object.fromEntries(Object.entries(BASE_ANALYSES).map(([id, settings]) => [id, { ...settings, enabled: false }])),
    ...(BASE_CONFIG.analyses as object),
  },
};

const ROWS = [
  ...[ARM_ROWS, TRAINING_ROWS, SHARED_ROWS].flatMap((table) => table.map(([, row]): Row => row)),
  ...ANALYSIS_IDS.flatMap((id) => analysisRowsOf(id).map(({ row }) => row)),
];

/** The meaning of a setting and its values; empty for keys without a row. */
function meaning({ key }: Key): string {
  const row = ROWS.find(({ query }) => query === key);
  if (!row) return '';
  const values = Object.entries(meaningsOf(row) ?? {}).map(([value, text]) => `\`${value}\`: ${text}`);
  return [helpOf(row), ...values].join(' ');
}

/** The part of a schema that this file reads. */
type Schema = v.GenericSchema & {
  readonly options?: readonly string[];
  readonly item?: Schema;
  readonly wrapped?: Schema;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
};

const within = (schema: Schema, step: string): Schema => {
  const inner = schema.wrapped ? within(schema.wrapped, step) : schema.entries?.[step];
  if (!inner) throw new Error(`The schema has no "${step}".`);
  return inner;
};

const quoted = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');

/** @throws Error for a schema without a description, which OWN_WAYS must then provide. */
function valuesOf(schema: Schema, key: string): string {
  if (schema.wrapped) {
    const inner = valuesOf(schema.wrapped, key);
    return schema.type === 'nullable' ? `${inner}, or \`all\`` : inner;
  }
  if (schema.options) return quoted(schema.options);
  if (schema.item) return `${schema.item.options ? 'some of' : 'list of:'} ${valuesOf(schema.item, key)}`;
  if (schema.type === 'boolean') return '`on`, `off`';
  if (schema.type === 'string') return 'text';
  if (schema.type !== 'number') throw new Error(`There are no words for what "${key}" takes.`);
  const bound = (type: string) => schema.pipe?.find((step) => step.type === type)?.requirement;
  const whole = schema.pipe?.some(({ type }) => type === 'integer') ? 'whole, ' : '';
  return `${whole}${String(bound('min_value'))} to ${String(bound('max_value'))}`;
}

const leftOut = (key: Key, base: object): string => key.kind.print(valueAt(base, key)) || 'none';

function cells(key: Key, schema: Schema, base: object): string[] {
  const values = OWN_WAYS[key.key] ?? valuesOf(key.path.reduce(within, schema), key.key);
  return [key.label, `\`${key.key}\``, `\`${key.path.join('.')}\``, values, leftOut(key, base)];
}

const HEAD = ['setting', 'key', 'in a file', 'values', 'left out'];

/** Settings of a study, besides its arms. */
export const studySettings = (): string =>
  markdownTable(
    [...HEAD, 'meaning'],
    STUDY_KEYS.map((key) => [...cells(key, StudyConfigSchema as Schema, BASE), meaning(key)]),
  );

/** Settings of an arm, with the methods that read them. Name and method default to those implied by the arm's id. */
export function armSettings(): string {
  const rows = ARM_KEYS.map((key) => {
    const [name, row] = ARM_ROWS.find(([own]) => own === key.path[0]) ?? [];
    const readers = METHODS.filter(({ id }) => !name || matters(name, id));
    const told = cells(key, ArmSchema, BASE_ARM);
    return [
      ...(row ? told : told.with(-1, 'from its id')),
      readers.length === METHODS.length ? 'all' : readers.map(({ label }) => label).join(', '),
      meaning(key),
    ];
  });
  return markdownTable([...HEAD, 'read by', 'meaning'], rows);
}
