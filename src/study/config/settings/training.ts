/** The settings of training that all arms share. */
import { choice, number, onOff, rowsOf } from './rows.ts';

export const TRAINING_SETTINGS = {
  steps: number({
    label: 'Steps',
    query: 'steps',
    min: 1,
    max: 100000,
    whole: true,
    usual: 600,
  }),
  batchSize: number({
    label: 'Batch size',
    query: 'batch',
    min: 1,
    max: 512,
    whole: true,
    usual: 32,
  }),
  learningRateSchedule: choice({
    label: 'Learning-rate schedule',
    query: 'rate-schedule',
    options: { cosine: 'cosine', constant: 'constant' },
    usual: 'cosine',
  }),
  warmupSteps: number({
    label: 'Warm-up steps',
    query: 'warmup',
    min: 0,
    max: 10000,
    whole: true,
    step: 1,
    usual: 0,
  }),
  augment: onOff({
    label: 'Augmentation',
    query: 'augment',
    usual: true,
  }),
  validateEvery: number({
    label: 'Validation interval',
    query: 'validate-every',
    min: 1,
    max: 100000,
    whole: true,
    usual: 50,
  }),
};

/** Keys and rows in the order of the table. */
export const TRAINING_ROWS = rowsOf(TRAINING_SETTINGS);
