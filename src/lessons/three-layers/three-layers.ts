/** The exercise of lesson 4: Shapley values of three layers, worked out by hand. */
import { exactPlan } from '../../copra/shapley/plan.ts';
import { shapleyOfTable } from '../../copra/shapley/values.ts';

export const LAYERS = [1, 2, 3] as const;
const PLAN = exactPlan(LAYERS.length);

/** Accuracies in per cent by coalition; bit i stands for layer i + 1. Made up so that the arithmetic is easy. */
export const EXAMPLE_VALUES: readonly number[] = [30, 33, 36, 42, 42, 42, 51, 60];

type Fields = Readonly<Record<string, string>>;

export const valueField = (mask: number): string => `value-${mask}`;
export const addedField = (player: number, mask: number): string => `added-${player}-${mask}`;
export const shapleyField = (player: number): string => `shapley-${player}`;

/** A number as people type it, with a point or a comma; null for anything else. */
export function typedNumber(text: string | undefined): number | null {
  const plain = (text ?? '').trim().replace('−', '-').replace(',', '.');
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? null : value;
}

/** The accuracies in use, by coalition: the example's, unless the learner changed them. */
export const valuesOf = (fields: Fields): number[] =>
  EXAMPLE_VALUES.map((value, mask) => typedNumber(fields[valueField(mask)]) ?? value);

/** The layers of a coalition, for people: "1, 3"; empty without any. */
export const layersOf = (mask: number): string => LAYERS.filter((_, player) => (mask >> player) & 1).join(', ');

export interface Joining {
  /** The coalition before the layer joins. */
  readonly mask: number;
  /** The number of the 3! = 6 orders in which the layer joins exactly this coalition. */
  readonly orders: number;
  readonly before: number;
  readonly after: number;
}

const ORDERS_BY_SIZE = [2, 1, 2] as const;

/** The four coalitions that a layer can join, in order of size. */
export function joinings(player: number, values: readonly number[]): Joining[] {
  const others = LAYERS.map((_, other) => other).filter((other) => other !== player);
  const masks = [0, 1 << others[0], 1 << others[1], (1 << others[0]) | (1 << others[1])];
  return masks.map((mask) => ({
    mask,
    orders: ORDERS_BY_SIZE[Number(mask.toString(2).replaceAll('0', '').length)],
    before: values[mask],
    after: values[mask | (1 << player)],
  }));
}

export const shapleyOfLayers = (values: readonly number[]): number[] => [...shapleyOfTable(PLAN, values)];

export type Verdict = 'empty' | 'right' | 'wrong';

/** Answers may be rounded to one decimal. */
const TOLERANCE = 0.051;

export function verdict(text: string | undefined, expected: number): Verdict {
  if ((text ?? '').trim() === '') return 'empty';
  const value = typedNumber(text);
  return value !== null && Math.abs(value - expected) < TOLERANCE ? 'right' : 'wrong';
}

/** Whether all three Shapley values are entered and correct. */
export const isSolved = (fields: Fields): boolean =>
  shapleyOfLayers(valuesOf(fields)).every((phi, player) => verdict(fields[shapleyField(player)], phi) === 'right');

/** Says that the values were found, whatever the accuracies are by now. */
const FOUND = 'found';

/** Whether the values were found, of the example or of accuracies that the learner set: those of other accuracies may be shown beside them. */
export const wasSolved = (fields: Fields): boolean =>
  FOUND in fields || isSolved(fields) || isSolved(withoutValues(fields));

/** The fields after a change. That the values were found stays until one of them is changed. */
export function changed(fields: Fields, change: Fields): Fields {
  const { [FOUND]: wasFound, ...next } = { ...fields, ...change };
  const answers = LAYERS.map((_, player) => shapleyField(player));
  const changesAnswer = answers.some((name) => name in change);
  return isSolved(next) || (wasFound !== undefined && !changesAnswer) ? { ...next, [FOUND]: 'yes' } : next;
}

/** The fields without the learner's own accuracies; the same object if there are none. */
export function withoutValues(fields: Fields): Fields {
  const rest = Object.entries(fields).filter(([name]) => !name.startsWith('value-'));
  return rest.length === Object.keys(fields).length ? fields : Object.fromEntries(rest);
}
