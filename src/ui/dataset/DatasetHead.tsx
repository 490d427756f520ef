import { useStore } from 'zustand/react';
import { LAYOUT_WORDS } from '../../data/formats/messages.ts';
import type { DatasetState } from '../../state/dataset/dataset-state.ts';
import { perClass } from '../../state/dataset/used-classes.ts';
import { useServices } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import { NameField } from '../controls/NameField.tsx';
import { bytes } from '../format.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** "1,200 images, 3 classes · 45.2 MB": what the study gets, from the plan or after decoding. */
function amounts(used: DatasetState['used']): string {
  const count = used.reduce((sum, one) => sum + one.count, 0);
  const size = used.reduce<number | null>(
    (sum, one) => (sum === null || one.bytes === null ? null : sum + one.bytes),
    0,
  );
  return DATASET_WORDS.card.amounts(count, used.length, size ? bytes(size) : null);
}

export function DatasetHead() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.card;
  const { phase, layout, name, classes, used } = useStore(store);
  return (
    <>
      <div className={css.head}>
        <NameField
          label={words.nameOf}
          className={css.field}
          inputClassName={`${study.textInput} ${css.title}`}
          value={name}
          isDisabled={phase === 'listing'}
          maxLength={100}
          onChange={(typed) => store.call(typed)}
        />
        <IconButton name={words.remove} onPress={() => store.clear()}>
          <CloseIcon />
        </IconButton>
      </div>
      <p className={css.status} role="status" data-arrival="images" tabIndex={-1}>
        {classes.length > 0 && <strong>{amounts(used)}</strong>}
        <span>{words.phases[phase]}</span>
      </p>
      {layout && <p className={study.note}>{words.layout(LAYOUT_WORDS[layout], perClass(used))}</p>}
    </>
  );
}
