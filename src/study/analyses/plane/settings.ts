/** Settings of the plane through three adapters. */
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { number, onOff } from '../../config/settings/rows.ts';

export const PLANE_SETTINGS = {
  enabled: onOff({
    label: 'Plane',
    query: 'plane',
    usual: false,
  }),
  grid: number({
    label: 'Points per side',
    query: 'plane-points',
    min: 3,
    max: 51,
    whole: true,
    step: 1,
    usual: 13,
  }),
};

export const PlaneSchema = analysisSchema(PLANE_SETTINGS);
