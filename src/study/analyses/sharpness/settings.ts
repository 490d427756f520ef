/** Settings of the sharpness of minima. */
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { number, numbers, onOff } from '../../config/settings/rows.ts';

export const SHARPNESS_SETTINGS = {
  enabled: onOff({
    label: 'Sharpness',
    query: 'sharpness',
    usual: false,
  }),
  radii: numbers({
    label: 'Sizes of perturbations',
    query: 'sharpness-radii',
    min: 0.001,
    max: 10,
    fewest: 1,
    most: 12,
    usual: [0.1, 0.2, 0.4, 0.8],
  }),
  directions: number({
    label: 'Directions',
    query: 'sharpness-directions',
    min: 1,
    max: 100,
    whole: true,
    step: 1,
    usual: 5,
  }),
  trainImages: number({
    label: 'Training images',
    query: 'sharpness-train-images',
    min: 0,
    max: 100_000,
    whole: true,
    usual: 256,
  }),
};

export const SharpnessSchema = analysisSchema(SHARPNESS_SETTINGS);
