/** The settings of training, in their fold. */
import { TRAINING_ROWS } from '../../study/config/settings/training.ts';
import { validationInterval } from '../../study/run/validation.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { STUDY_WORDS } from './messages.ts';
import { RowControl } from './RowControl.tsx';
import css from './study.module.css';

export function TrainingFields() {
  const training = useStudy((state) => state.config.training);
  const edit = useEditConfig();
  const interval = validationInterval(training);
  return (
    <>
      {TRAINING_ROWS.map(([key, row]) => (
        <RowControl
          key={key}
          row={row}
          value={training[key]}
          onChange={(value) => edit((config) => ({ ...config, training: { ...config.training, [key]: value } }))}
        />
      ))}
      {interval < training.validateEvery && <p className={css.note}>{STUDY_WORDS.training.validatedEvery(interval)}</p>}
    </>
  );
}
