/** The settings of training, in their fold. */
import { useCallback } from 'react';
import type { RowValue } from '../../study/config/settings/rows.ts';
import { TRAINING_ROWS } from '../../study/config/settings/training.ts';
import { validationInterval } from '../../study/run/training/validation.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { STUDY_WORDS } from './messages.ts';
import { RowControl } from './RowControl.tsx';
import css from './study.module.css';

export function TrainingFields() {
  const training = useStudy((state) => state.config.training);
  const edit = useEditConfig();
  const change = useCallback(
    (value: RowValue, key: string) => edit((config) => ({ ...config, training: { ...config.training, [key]: value } })),
    [edit],
  );
  const interval = validationInterval(training);
  return (
    <>
      {TRAINING_ROWS.map(([key, row]) => (
        <RowControl key={key} id={key} row={row} value={training[key]} onChange={change} />
      ))}
      {interval < training.validateEvery && <p className={css.note}>{STUDY_WORDS.training.validatedEvery(interval)}</p>}
    </>
  );
}
