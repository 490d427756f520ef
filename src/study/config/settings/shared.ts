/** Settings that several analyses share. */
import { limit, number, rowsOf } from './rows.ts';

const isOn = (analysis: unknown): boolean => (analysis as { enabled?: boolean } | undefined)?.enabled ?? false;

export const SHARED_SETTINGS = {
  testImages: limit({
    label: 'Test images',
    query: 'test-images',
    min: 1,
    max: 100000,
    without: 'all',
    toggle: 'Limit test images',
    begin: 400,
    usual: 400,
  }),
  snapshots: number({
    label: 'Adapters per run',
    query: 'snapshots',
    when: ({ plane, geometry }) => isOn(plane) || isOn(geometry),
    optional: true,
    min: 2,
    max: 65,
    whole: true,
    step: 1,
    usual: 7,
  }),
};

/** Keys and rows in the order of the table. */
export const SHARED_ROWS = rowsOf(SHARED_SETTINGS);
