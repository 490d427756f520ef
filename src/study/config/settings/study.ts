/** The numeric settings of a study that are neither training's nor an analysis's. */
import { limit, number, rowsOf } from './rows.ts';

export const STUDY_SETTINGS = {
  shots: limit({
    label: 'Training images per class',
    short: 'images',
    query: 'shots',
    min: 1,
    max: 100000,
    without: 'all',
    toggle: 'Few images per class',
    begin: 16,
    usual: null,
  }),
  draw: number({
    label: 'Draw of few images',
    short: 'draw',
    query: 'draw',
    min: 0,
    max: 9999,
    whole: true,
    usual: 0,
    step: 1,
    optional: true,
    when: ({ shots }) => shots !== null,
  }),
};

/** Keys and rows in the order of the table. */
export const STUDY_ROWS = rowsOf(STUDY_SETTINGS);
