import { counted } from '../../core/counted.ts';
import { PRESETS } from '../../study/presets.ts';
import type { StudyConfig } from '../../study/config.ts';
import { validationInterval } from '../../study/validation.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { Fold } from '../controls/Fold.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { integer } from '../format.ts';
import css from './study.module.css';

type Training = StudyConfig['training'];

const DEFAULTS: Training = PRESETS[0].config.training;

const NUMBERS: readonly {
  readonly key: 'steps' | 'batchSize' | 'warmupSteps' | 'validateEvery';
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly help: string;
}[] = [
  {
    key: 'steps',
    label: 'Steps',
    min: 1,
    max: 100000,
    step: 100,
    help: 'Optimizer steps of every run. CopRA trains fewer adapters per step at first and needs enough steps to catch up: below about 1,000 its picture is blurred.',
  },
  {
    key: 'batchSize',
    label: 'Batch size',
    min: 1,
    max: 512,
    step: 8,
    help: 'Images per step, the same images for all arms of a seed.',
  },
  {
    key: 'warmupSteps',
    label: 'Warm-up steps',
    min: 0,
    max: 10000,
    step: 1,
    help: 'Steps over which the learning rate rises from zero.',
  },
  {
    key: 'validateEvery',
    label: 'Validate every',
    min: 1,
    max: 100000,
    step: 10,
    help: 'Steps between two points of the accuracy curve. A run has six points at least: where this is more than a sixth of its steps, a sixth is taken.',
  },
];

const SCHEDULES = [
  { id: 'cosine', name: 'cosine' },
  { id: 'constant', name: 'constant' },
] as const;

export function TrainingSection() {
  const training = useStudy((state) => state.config.training);
  const edit = useEditConfig();
  const interval = validationInterval(training);
  const change = (patch: Partial<Training>) =>
    edit((config) => ({ ...config, training: { ...config.training, ...patch } }));
  const reset = (key: keyof Training) =>
    training[key] === DEFAULTS[key] ? null : () => change({ [key]: DEFAULTS[key] });
  return (
    <Fold title="Training" summary={`${counted(training.steps, 'step')} · batch ${training.batchSize}`}>
      {NUMBERS.map(({ key, label, min, max, step, help }) => (
        <SettingRow key={key} label={label} help={help} defaultText={integer(DEFAULTS[key])} onReset={reset(key)}>
          {/* Typed values need not be multiples of the step: the field snaps to min + n · step. */}
          <NumberInput
            label={label}
            value={training[key]}
            min={min}
            max={max}
            step={min === 1 ? undefined : step}
            onChange={(value) => change({ [key]: Math.round(value) })}
          />
        </SettingRow>
      ))}
      {interval < training.validateEvery && (
        <p className={css.note}>Validated every {counted(interval, 'step')}, so that the curve has six points.</p>
      )}
      <SettingRow
        label="Rate schedule"
        help="How the learning rate changes: cosine falls to zero at the last step; constant stays at the peak."
        defaultText={DEFAULTS.learningRateSchedule}
        onReset={reset('learningRateSchedule')}
      >
        <Choice
          label="Learning-rate schedule"
          value={training.learningRateSchedule}
          options={SCHEDULES}
          onChange={(learningRateSchedule) => change({ learningRateSchedule })}
        />
      </SettingRow>
      <SettingRow
        label="Augmentation"
        help="Random rotation, scale, shift and colour of training images; test images are never changed."
        defaultText={DEFAULTS.augment ? 'on' : 'off'}
        onReset={reset('augment')}
      >
        <Toggle label="Augmentation" value={training.augment} onChange={(augment) => change({ augment })} />
      </SettingRow>
    </Fold>
  );
}
