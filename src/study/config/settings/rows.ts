/**
 * A setting as one object: range, usual value and names. Schema, control, address, differences, sweeps and written tables derive from it. A row is written with
 * its English names and read with those of the spoken language.
 */
import * as v from 'valibot';
import { spokenWriting } from '../../../core/language/catalogue.ts';
import { withDecimalPoint } from '../../../core/number-format.ts';
import { oneLine } from '../../../core/one-line.ts';
import { enterNames, SETTING_NAMES, SETTING_VALUES, type SettingNames } from './messages.ts';

export const finite = v.pipe(v.number(), v.finite());
export const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
/** Ids, and names that people write. They end up in scripts, in tables and on terminals, and come in links of strangers: wherever they come from, they are made one line. */
export const nameText = (most: number) => v.pipe(v.string(), v.transform(oneLine), v.minLength(1), v.maxLength(most));
const range = (min: number, max: number) => v.pipe(finite, v.minValue(min), v.maxValue(max));

interface Common {
  /** The setting's only display name, capitalised as at the start of a line. */
  readonly label: string;
  /** Key in addresses and in `npm run study -- --set`. Published addresses contain it: never rename one. */
  readonly query: string;
  /** Configurations older than the setting omit it, which means its usual value. */
  readonly optional?: true;
  /** For names of swept arms, when the label is too long. */
  readonly short?: string;
  /** Whether the setting has an effect, given the settings beside it; its control is hidden when it has none. Absent: always. */
  readonly when?: (beside: Readonly<Record<string, unknown>>) => boolean;
}

interface NumberFacts extends Common {
  readonly min: number;
  readonly max: number;
  readonly whole?: true;
  readonly usual: number;
  /** Step of the − and + buttons; absent: there are no buttons, and any number can be typed. */
  readonly step?: number;
  /** Absent: not swept. */
  readonly sweep?: {
    readonly scale: 'log' | 'linear';
    /** Suggested values, given the arm's own. */
    readonly values: (own: number) => readonly number[];
  };
}

export interface ChoiceFacts<T extends string> extends Common {
  /** Value and its display name. */
  readonly options: Readonly<Record<T, string>>;
  readonly usual: NoInfer<T>;
}

export interface ManyFacts<T extends string> extends Common {
  /** The possible values; at least one is chosen unless `none` is set. */
  readonly options: readonly T[];
  /** Whether the choice may be empty. */
  readonly none?: true;
  /** Display names of the options; absent: the options themselves. */
  readonly named?: (option: string) => string;
  readonly usual: readonly NoInfer<T>[];
}

/** A number, or null for all or none. An optional limit is null when a configuration omits it. */
interface LimitFacts extends Common {
  readonly min: number;
  readonly max: number;
  readonly usual: number | null;
  /** The meaning of null, in words and in addresses. */
  readonly without: 'all' | 'none';
  /** Name of the switch between a number and null. */
  readonly toggle: string;
  /** The number at which the control starts. */
  readonly begin: number;
}

interface NumbersFacts extends Common {
  /** Limits of every number. */
  readonly min: number;
  readonly max: number;
  /** Limits of how many numbers there are. */
  readonly fewest: number;
  readonly most: number;
  readonly usual: readonly number[];
}

/** Names: any may be written, and readers choose among named lists. */
interface NamesFacts extends Common {
  readonly most: number;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly usual: readonly string[];
}

interface SwitchFacts extends Common {
  readonly usual: boolean;
}

type Named = Common & Omit<SettingNames, 'options' | 'lists'>;

/** The row with names in the spoken language. @param row is changed @param names further ones than those of every row, in English */
function speaking<R extends Named>(row: R, names: Pick<SettingNames, 'options' | 'lists'> = {}): R {
  const { query, label, short, toggle } = row;
  enterNames(query, {
    label,
    ...(short !== undefined && { short }),
    ...(toggle !== undefined && { toggle }),
    ...names,
  });
  for (const key of ['label', 'short', 'toggle'] as const)
    if (key in row) Object.defineProperty(row, key, { enumerable: true, get: () => SETTING_NAMES[query][key] });
  return row;
}

export const number = <const F extends NumberFacts>(facts: F) =>
  speaking({
    kind: 'number' as const,
    schema: facts.whole ? count(facts.min, facts.max) : range(facts.min, facts.max),
    ...facts,
  });

export const choice = <const T extends string, const F extends ChoiceFacts<T>>(facts: ChoiceFacts<T> & F) => {
  const { query, options } = facts;
  const row = { kind: 'choice' as const, schema: v.picklist(Object.keys(options) as T[]), ...facts };
  Object.defineProperty(row, 'options', { enumerable: true, get: () => SETTING_NAMES[query].options });
  return speaking(row, { options });
};

export const many = <const T extends string, const F extends ManyFacts<T>>(facts: ManyFacts<T> & F) =>
  speaking(
    {
      kind: 'many' as const,
      schema: v.pipe(
        v.array(v.picklist(facts.options)),
        v.minLength(facts.none ? 0 : 1),
        v.maxLength(facts.options.length),
      ),
      named: (option: string) => optionWord(facts.query, option),
      ...facts,
    },
    facts.named ? {} : { options: Object.fromEntries(facts.options.map((option) => [option, option])) },
  );

/** An option of a row whose options are words of their own in English. */
const optionWord = (query: string, option: string): string => SETTING_NAMES[query].options?.[option] ?? option;

export const limit = <const F extends LimitFacts>(facts: F) =>
  speaking({
    kind: 'limit' as const,
    schema: (facts.optional ? count(facts.min, facts.max) : v.nullable(count(facts.min, facts.max))) as LimitSchema<F>,
    ...facts,
  });

type LimitSchema<F> = v.GenericSchema<F extends { optional: true } ? number : number | null>;

export const numbers = <const F extends NumbersFacts>(facts: F) =>
  speaking({
    kind: 'numbers' as const,
    schema: v.pipe(v.array(range(facts.min, facts.max)), v.minLength(facts.fewest), v.maxLength(facts.most)),
    ...facts,
  });

export const names = <const F extends NamesFacts>(facts: F) => {
  const { query, lists, most } = facts;
  const schema = v.pipe(v.array(nameText(80)), v.maxLength(most));
  const row = { kind: 'names' as const, schema, ...facts };
  const spoken = () =>
    Object.fromEntries(Object.entries(lists).map(([name, list]) => [SETTING_NAMES[query].lists?.[name] ?? name, list]));
  Object.defineProperty(row, 'lists', { enumerable: true, get: spoken });
  return speaking(row, { lists: Object.fromEntries(Object.keys(lists).map((name) => [name, name])) });
};

export const onOff = <const F extends SwitchFacts>(facts: F) =>
  speaking({ kind: 'switch' as const, schema: v.boolean(), ...facts });

export type NumberRow = NumberFacts & { readonly kind: 'number'; readonly schema: v.GenericSchema<number> };
export type ChoiceRow = ChoiceFacts<string> & { readonly kind: 'choice'; readonly schema: v.GenericSchema<string> };
export type ManyRow = ManyFacts<string> & { readonly kind: 'many'; readonly schema: v.GenericSchema<string[]> };
export type SwitchRow = SwitchFacts & { readonly kind: 'switch'; readonly schema: v.GenericSchema<boolean> };
export type LimitRow = LimitFacts & { readonly kind: 'limit'; readonly schema: v.GenericSchema<number | null> };
export type NumbersRow = NumbersFacts & { readonly kind: 'numbers'; readonly schema: v.GenericSchema<number[]> };
export type NamesRow = NamesFacts & { readonly kind: 'names'; readonly schema: v.GenericSchema<string[]> };
export type Row = NumberRow | ChoiceRow | ManyRow | SwitchRow | LimitRow | NumbersRow | NamesRow;
/** By the name of the setting in configurations. */
export type Rows = Readonly<Record<string, Row>>;
export type RowValue = Row['usual'];

/** Keys of addresses. */
export type QueryOf<R> = R extends Rows ? R[keyof R]['query'] : never;

/** Keys and rows in the order of the table. */
export const rowsOf = <R extends Rows>(rows: R) => Object.entries(rows) as [keyof R & string, R[keyof R & string]][];

type Entry<R> = R extends { schema: infer S extends v.GenericSchema; optional: true }
  ? v.ExactOptionalSchema<S, undefined>
  : R extends { schema: infer S }
    ? S
    : never;

/** The entries of an object schema. */
export const entriesOf = <R extends Rows>(rows: R) =>
  Object.fromEntries(
    rowsOf(rows).map(([key, { schema, optional }]) => [key, optional ? v.exactOptional(schema) : schema]),
  ) as { -readonly [K in keyof R]: Entry<R[K]> };

type Output<R> = R extends { schema: infer S extends v.GenericSchema } ? v.InferOutput<S> : never;

/** The usual value of every setting except optional ones; lists are fresh copies. */
export const usualOf = <R extends Rows>(rows: R) =>
  Object.fromEntries(
    rowsOf(rows).flatMap(([key, { usual, optional }]) =>
      optional ? [] : [[key, Array.isArray(usual) ? [...(usual as unknown[])] : usual]],
    ),
  ) as { -readonly [K in keyof R as R[K] extends { optional: true } ? never : K]: Output<R[K]> };

/** Whether a setting has an effect, given the settings beside it. */
export const counts = ({ when }: Row, beside: Readonly<Record<string, unknown>>): boolean => when?.(beside) ?? true;

/** A value in words. */
export function valueText(row: Row, value: RowValue): string {
  if (value === null) return SETTING_VALUES[row.kind === 'limit' ? row.without : 'none'];
  if (typeof value === 'object') {
    const named = row.kind === 'names' && Object.entries(row.lists).find(([, list]) => list.join() === value.join());
    const told = value.map((item) =>
      typeof item === 'number' ? withDecimalPoint(String(item)) : optionWord(row.query, item),
    );
    return named ? named[0] : told.join(' ') || SETTING_VALUES.none;
  }
  if (typeof value === 'boolean') return SETTING_VALUES[value ? 'on' : 'off'];
  if (typeof value === 'number') return withDecimalPoint(String(value));
  return row.kind === 'choice' ? row.options[value] : value;
}

/** A label within a sentence: "Weight decay" → "weight decay", but "DoRA", "LoRA+ ratio" and "Shapley values" as they are; German ones begin with nouns. */
export const inSentence = (label: string): string =>
  spokenWriting().keepsCapitals
    ? label
    : label.replace(/^(?!Shapley)[A-Z](?=[a-z-]*(?![\p{L}+]))/u, (first) => first.toLowerCase());
