import { counted } from '../../core/counted.ts';
import { Input, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { LAYOUT_TEXTS } from '../../data/formats/records.ts';
import type { DatasetState } from '../../state/dataset/dataset-state.ts';
import { useServices } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import { bytes, integer } from '../format.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';

/** "1,200 images, 3 classes · 45.2 MB": the images in use, from the plan or after decoding. */
function amounts({ dataset, classes }: DatasetState): string {
  if (dataset)
    return `${counted(dataset.labels.length, 'image')}, ${counted(dataset.classes.length, 'class', 'classes')}`;
  const used = classes.filter(({ name }) => name !== null);
  const count = used.reduce((sum, entry) => sum + entry.count, 0);
  const size = used.reduce<number | null>(
    (sum, entry) => (sum === null || entry.bytes === null ? null : sum + entry.bytes),
    0,
  );
  const names = new Set(used.map(({ name }) => name?.trim())).size;
  return `${counted(count, 'image')}, ${counted(names, 'class', 'classes')}${size ? ` · ${bytes(size)}` : ''}`;
}

const STATES: Readonly<Record<DatasetState['phase'], string>> = {
  empty: '',
  listing: 'looking at the files',
  planned: 'found',
  preparing: 'preparing',
  ready: 'ready',
  failed: 'cannot be used yet',
};

export function DatasetHead() {
  const { dataset: store } = useServices();
  const state = useStore(store);
  const { phase, layout, name, classes } = state;
  return (
    <>
      <div className={css.head}>
        <TextField
          aria-label="Name of your data set"
          className={css.field}
          value={name}
          isDisabled={phase === 'listing'}
          maxLength={100}
          onChange={(next) => store.call(next)}
        >
          <Input className={`${study.textInput} ${css.title}`} />
        </TextField>
        <IconButton name="Remove these images from the page" onPress={() => store.clear()}>
          <CloseIcon />
        </IconButton>
      </div>
      <p className={css.status} role="status">
        {classes.length > 0 && <strong>{amounts(state)}</strong>}
        <span>{STATES[phase]}</span>
      </p>
      {layout && (
        <p className={study.note}>
          Layout: {LAYOUT_TEXTS[layout]}
          {classes.length > 1 && `, ${spread(classes)}`}.
        </p>
      )}
    </>
  );
}

/** "8 to 120 images a class" */
function spread(classes: DatasetState['classes']): string {
  const counts = classes.map(({ count }) => count);
  const least = counts.reduce((a, b) => Math.min(a, b));
  const most = counts.reduce((a, b) => Math.max(a, b));
  return least === most
    ? `${counted(least, 'image')} a class`
    : `${integer(least)} to ${counted(most, 'image')} a class`;
}
