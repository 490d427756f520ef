/** Choice for data where a table or folders, or one of two levels of folders, could name the classes: all readings, with what each would label. */
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { Reading, ReadingId, Readings } from '../../data/formats/records.ts';
import { useServices } from '../context.ts';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** "12 images, 3 classes: cat, dog, fish" */
const amounts = ({ labelled, classes, examples }: Reading): string =>
  DATASET_WORDS.reading.amounts(labelled, classes, examples, classes <= examples.length);

function question({ options, inDoubt }: Readings): string {
  const words = DATASET_WORDS.reading;
  if (!inDoubt) return words.choice;
  return options.some(({ id }) => id === 'table') ? words.inDoubt : words.whichLevel;
}

export function ReadingChoice() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.reading;
  const { readings, phase } = useStore(store);
  if (!readings || phase === 'listing') return null;
  return (
    <RadioGroup
      className={css.readings}
      value={readings.chosen}
      onChange={(reading) => void store.relabel({ reading: reading as ReadingId })}
    >
      <Label className={css.label}>{question(readings)}</Label>
      {readings.options.map((option) => (
        <Radio key={option.id} value={option.id} className={css.reading}>
          <span className={css.readingName}>{option.id === 'table' ? words.table(option.name) : words[option.id]}</span>
          <span className={css.readingText}>{amounts(option)}</span>
          {option.note && <span className={css.readingText}>{option.note}</span>}
        </Radio>
      ))}
    </RadioGroup>
  );
}
