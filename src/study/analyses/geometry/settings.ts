/** Settings of the distances between adapters. */
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { onOff } from '../../config/settings/rows.ts';

export const GEOMETRY_SETTINGS = {
  enabled: onOff({
    label: 'Distances',
    query: 'geometry',
    usual: false,
  }),
};

export const GeometrySchema = analysisSchema(GEOMETRY_SETTINGS);
