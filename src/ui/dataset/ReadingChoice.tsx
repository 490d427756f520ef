/** Choice for data where either a table or the folders could name the classes: both readings, with what each would label. */
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { counted } from '../../core/counted.ts';
import type { Reading, ReadingId } from '../../data/formats/records.ts';
import { useServices } from '../context.ts';
import css from './dataset.module.css';

/** "12 images, 3 classes: cat, dog, fish" */
function amounts({ labelled, classes, examples }: Reading): string {
  const names = examples.length > 0 ? `: ${examples.join(', ')}${classes > examples.length ? ' …' : ''}` : '';
  return `${counted(labelled, 'image')}, ${counted(classes, 'class', 'classes')}${names}`;
}

export function ReadingChoice() {
  const { dataset: store } = useServices();
  const { readings, phase } = useStore(store);
  if (!readings || phase === 'listing') return null;
  return (
    <RadioGroup
      className={css.readings}
      value={readings.chosen}
      onChange={(reading) => void store.relabel({ reading: reading as ReadingId })}
    >
      <Label className={css.label}>
        {readings.inDoubt
          ? 'The table and the folders disagree. Which one names the classes?'
          : 'What names the classes'}
      </Label>
      {readings.options.map((option) => (
        <Radio key={option.id} value={option.id} className={css.reading}>
          <span className={css.readingName}>{option.id === 'table' ? `Table ${option.name}` : 'Folders'}</span>
          <span className={css.readingText}>{amounts(option)}</span>
          {option.note && <span className={css.readingText}>{option.note}</span>}
        </Radio>
      ))}
    </RadioGroup>
  );
}
