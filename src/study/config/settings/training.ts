/** The settings of training that all arms share. */
import { choice, number, onOff, rowsOf } from './rows.ts';

export const TRAINING_SETTINGS = {
  steps: number({
    label: 'Steps',
    query: 'steps',
    help: 'Optimizer steps of every run. CopRA trains fewer adapters per step at first and needs enough steps to catch up: below about 1,000 its picture is blurred.',
    min: 1,
    max: 100000,
    whole: true,
    usual: 600,
  }),
  batchSize: number({
    label: 'Batch size',
    query: 'batch',
    help: 'Images per step, the same images for all arms of a seed.',
    min: 1,
    max: 512,
    whole: true,
    usual: 32,
  }),
  learningRateSchedule: choice({
    label: 'Learning-rate schedule',
    query: 'rate-schedule',
    help: 'How the learning rate changes: cosine falls to zero at the last step; constant stays at the peak.',
    options: { cosine: 'cosine', constant: 'constant' },
    usual: 'cosine',
  }),
  warmupSteps: number({
    label: 'Warm-up steps',
    query: 'warmup',
    help: 'Steps over which the learning rate rises from zero.',
    min: 0,
    max: 10000,
    whole: true,
    step: 1,
    usual: 0,
  }),
  augment: onOff({
    label: 'Augmentation',
    query: 'augment',
    help: 'Random rotation, scale, shift and colour of training images; test images are never changed.',
    usual: true,
  }),
  validateEvery: number({
    label: 'Validation interval',
    query: 'validate-every',
    help: 'Steps between two points of the accuracy curve. A run has six points at least: where this is more than a sixth of its steps, a sixth is taken.',
    min: 1,
    max: 100000,
    whole: true,
    usual: 50,
  }),
};

/** Keys and rows in the order of the table. */
export const TRAINING_ROWS = rowsOf(TRAINING_SETTINGS);
