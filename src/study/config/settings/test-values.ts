/** Any value that a setting may have, from its row. */
import fc from 'fast-check';
import { rowsOf, type Row, type Rows, type RowValue } from './rows.ts';

export function anyValue(row: Row): fc.Arbitrary<RowValue> {
  switch (row.kind) {
    case 'number': {
      const { min, max, whole } = row;
      return whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((value) => value + 0); // no −0
    }
    case 'choice':
      return fc.constantFrom(...Object.keys(row.options));
    case 'many':
      return fc.subarray([...row.options], { minLength: row.none ? 0 : 1 });
    case 'limit': {
      const { min, max, optional } = row;
      return optional ? fc.integer({ min, max }) : fc.option(fc.integer({ min, max }));
    }
    case 'numbers': {
      const { min, max, fewest, most } = row;
      const item = fc.double({ min, max, noNaN: true }).map((value) => value + 0); // no −0
      return fc.array(item, { minLength: fewest, maxLength: Math.min(most, 12) });
    }
    case 'names':
      return fc.oneof(...Object.values(row.lists).map((list) => fc.constant([...list])), fc.constant(['food', 'mine']));
    case 'switch':
      return fc.boolean();
  }
}

/** Settings of a whole table; those that configurations may leave out are left out at times. */
export const anySettings = (rows: Rows): fc.Arbitrary<Record<string, RowValue>> =>
  fc.record(Object.fromEntries(rowsOf(rows).map(([key, row]) => [key, anyValue(row)])), {
    requiredKeys: rowsOf(rows).flatMap(([key, { optional }]) => (optional ? [] : [key])),
  });
