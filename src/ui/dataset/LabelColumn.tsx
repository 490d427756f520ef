import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { columnChoice } from './column-choice.ts';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** Chooses the column, field or array that names the classes, where there are several. */
export function LabelColumn() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.labels;
  const { columns, labelColumn, phase } = useStore(store);
  if (columns.length < 2 || phase === 'listing') return null;
  return (
    <div className={css.labelled}>
      <span className={css.label} aria-hidden="true">
        {words.from}
      </span>
      <Choice
        label={words.column}
        wide
        value={labelColumn ?? ''}
        options={columns.map(columnChoice)}
        onChange={(labelColumn) => void store.relabel({ labelColumn })}
      />
    </div>
  );
}
