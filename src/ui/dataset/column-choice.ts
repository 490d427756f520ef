/** Columns as something to choose. */
import type { LabelColumn } from '../../data/formats/records.ts';
import { DATASET_WORDS } from './messages.ts';

/** With the values that were looked at; nothing is said of a column that was not read. */
export function columnChoice({ name, distinct, examples }: LabelColumn) {
  const { values } = DATASET_WORDS.labels;
  return {
    id: name,
    name,
    ...(distinct > 0 && { description: values(distinct, examples, distinct <= examples.length) }),
  };
}
