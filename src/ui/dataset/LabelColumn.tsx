import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** Chooses the column, field or array that names the classes, where there are several. */
export function LabelColumn() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.labels;
  const { columns, labelColumn, phase } = useStore(store);
  if (columns.length < 2 || phase === 'listing') return null;
  const options = columns.map(({ name, distinct, examples }) => ({
    id: name,
    name,
    description: words.values(distinct, examples, distinct <= examples.length),
  }));
  return (
    <div className={css.labelled}>
      <span className={css.label} aria-hidden="true">
        {words.from}
      </span>
      <Choice
        label={words.column}
        wide
        value={labelColumn ?? ''}
        options={options}
        onChange={(labelColumn) => void store.relabel({ labelColumn })}
      />
    </div>
  );
}
