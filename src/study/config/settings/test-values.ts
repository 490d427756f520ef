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
      return fc.subarray([...row.options], { minLength: 1 });
    case 'switch':
      return fc.boolean();
  }
}

/** Settings of a whole table; those that configurations may leave out are left out at times. */
export const anySettings = (rows: Rows): fc.Arbitrary<Record<string, RowValue>> =>
  fc.record(Object.fromEntries(rowsOf(rows).map(([key, row]) => [key, anyValue(row)])), {
    requiredKeys: rowsOf(rows).flatMap(([key, { optional }]) => (optional ? [] : [key])),
  });
