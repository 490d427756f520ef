/** Settings of the paths between two adapters. */
import type * as v from 'valibot';
import { limit, many, number, onOff } from '../../config/settings/rows.ts';
import { analysisSchema } from '../../config/settings/analysis-rows.ts';

export const LANDSCAPE_SETTINGS = {
  enabled: onOff({
    label: 'Landscape',
    query: 'landscape',
    usual: true,
  }),
  points: number({
    label: 'Points',
    query: 'landscape-points',
    min: 3,
    max: 101,
    whole: true,
    step: 1,
    usual: 21,
  }),
  paths: many({
    label: 'Paths',
    query: 'landscape-paths',
    options: ['factor', 'product'],
    none: true,
    usual: ['factor', 'product'],
  }),
  alignments: many({
    label: 'Aligned factors',
    query: 'landscape-alignments',
    optional: true,
    options: ['orthogonal', 'invertible'],
    none: true,
    usual: [],
  }),
  trainImages: limit({
    label: 'Training images',
    query: 'landscape-train-images',
    optional: true,
    min: 1,
    max: 100000,
    without: 'none',
    toggle: 'Landscape on training images',
    begin: 256,
    usual: null,
  }),
};

export const LandscapeSchema = analysisSchema(LANDSCAPE_SETTINGS);

/** Number of paths measured between two runs. */
const landscapeCurves = ({ paths, alignments = [] }: v.InferOutput<typeof LandscapeSchema>): number =>
  paths.length + (paths.includes('factor') ? new Set(alignments).size : 0);

/** Number of adapters tested on the paths between this many pairs of runs. */
export const landscapeEvaluations = (settings: v.InferOutput<typeof LandscapeSchema>, pairs: number): number =>
  pairs * landscapeCurves(settings) * settings.points;
