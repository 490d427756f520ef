/** Settings of merging all seeds of an arm. */
import { analysisSchema, switchedOn } from '../../config/settings/analysis-rows.ts';
import { number, numbers, onOff } from '../../config/settings/rows.ts';

export const MERGING_SETTINGS = {
  enabled: onOff({
    label: 'Merging',
    query: 'merging',
    usual: false,
  }),
  scales: numbers({
    label: 'Factors λ',
    query: 'merging-factors',
    min: 0,
    max: 64,
    fewest: 1,
    most: 32,
    usual: [0.25, 0.375, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8],
  }),
  density: number({
    label: 'Entries kept',
    query: 'merging-density',
    min: 0,
    max: 1,
    usual: 0.5,
  }),
};

export const MergingSchema = analysisSchema(MERGING_SETTINGS);

export const USUAL_MERGING = switchedOn(MERGING_SETTINGS);
