/**
 * A setting as one object: range, usual value, names and explanation. Schema, control, address, differences, sweeps and the written tables are
 * views of it.
 */
import * as v from 'valibot';
import { count, finite } from '../setting-schemas.ts';

const range = (min: number, max: number) => v.pipe(finite, v.minValue(min), v.maxValue(max));

interface Common {
  /** The one name of the setting for people, capitalised as at the start of a line. */
  readonly label: string;
  readonly help: string;
  /** Key of addresses and of `npm run study -- --set`. Keys are out in the world: none is ever renamed. */
  readonly query: string;
  /** Configurations from before the setting leave it out, which means its usual value. */
  readonly optional?: true;
  /** In names of swept arms, where the label is too long. */
  readonly short?: string;
}

interface NumberFacts extends Common {
  readonly min: number;
  readonly max: number;
  readonly whole?: true;
  readonly usual: number;
  /** Of the buttons − and +; without it any number can be typed and there are none. */
  readonly step?: number;
  /** Absent: not swept. */
  readonly sweep?: {
    readonly scale: 'log' | 'linear';
    /** Suggested values, given the arm's own. */
    readonly values: (own: number) => readonly number[];
  };
}

export interface ChoiceFacts<T extends string> extends Common {
  /** Value and its name for people. */
  readonly options: Readonly<Record<T, string>>;
  readonly usual: NoInfer<T>;
}

export interface ManyFacts<T extends string> extends Common {
  /** At least one of them. */
  readonly options: readonly T[];
  readonly usual: readonly NoInfer<T>[];
}

interface SwitchFacts extends Common {
  readonly usual: boolean;
}

export const number = <const F extends NumberFacts>(facts: F) => ({
  kind: 'number' as const,
  schema: facts.whole ? count(facts.min, facts.max) : range(facts.min, facts.max),
  ...facts,
});

export const choice = <const T extends string, const F extends ChoiceFacts<T>>(facts: ChoiceFacts<T> & F) => ({
  kind: 'choice' as const,
  schema: v.picklist(Object.keys(facts.options) as T[]),
  ...facts,
});

export const many = <const T extends string, const F extends ManyFacts<T>>(facts: ManyFacts<T> & F) => ({
  kind: 'many' as const,
  schema: v.pipe(v.array(v.picklist(facts.options)), v.minLength(1)),
  ...facts,
});

export const onOff = <const F extends SwitchFacts>(facts: F) => ({
  kind: 'switch' as const,
  schema: v.boolean(),
  ...facts,
});

export type NumberRow = NumberFacts & { readonly kind: 'number'; readonly schema: v.GenericSchema<number> };
export type ChoiceRow = ChoiceFacts<string> & { readonly kind: 'choice'; readonly schema: v.GenericSchema<string> };
export type ManyRow = ManyFacts<string> & { readonly kind: 'many'; readonly schema: v.GenericSchema<string[]> };
export type SwitchRow = SwitchFacts & { readonly kind: 'switch'; readonly schema: v.GenericSchema<boolean> };
export type Row = NumberRow | ChoiceRow | ManyRow | SwitchRow;
/** By the name of the setting in configurations. */
export type Rows = Readonly<Record<string, Row>>;
export type RowValue = Row['usual'];

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

/** The usual value of every setting; lists are fresh ones. */
export const usualOf = <R extends Rows>(rows: R) =>
  Object.fromEntries(rowsOf(rows).map(([key, { usual }]) => [key, typeof usual === 'object' ? [...usual] : usual])) as {
    -readonly [K in keyof R]: Output<R[K]>;
  };

/** A value in words. */
export function valueText(row: Row, value: RowValue): string {
  if (typeof value === 'object') return value.join(' ');
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return row.kind === 'choice' ? row.options[value] : String(value);
}

/** A label within a sentence: "Weight decay" → "weight decay", but "DoRA", "LoRA+ ratio" and "Shapley values" as they are. */
export const inSentence = (label: string): string =>
  label.replace(/^(?!Shapley)[A-Z](?=[a-z-]*(?![\p{L}+]))/u, (first) => first.toLowerCase());
