/** The settings of all analyses, in the order in which the analyses run, and the settings that several share. */
import { DOMAINS_SETTINGS } from '../../analyses/domains/settings.ts';
import { FEDERATED_SETTINGS } from '../../analyses/federated/settings.ts';
import { GEOMETRY_SETTINGS } from '../../analyses/geometry/settings.ts';
import { LANDSCAPE_SETTINGS } from '../../analyses/landscape/settings.ts';
import { MERGING_SETTINGS } from '../../analyses/merging/settings.ts';
import { MULTITASK_SETTINGS } from '../../analyses/multitask/settings.ts';
import { PLANE_SETTINGS } from '../../analyses/plane/settings.ts';
import { PRUNING_SETTINGS } from '../../analyses/pruning/settings.ts';
import { SHAPLEY_SETTINGS } from '../../analyses/shapley/settings.ts';
import { SHARPNESS_SETTINGS } from '../../analyses/sharpness/settings.ts';
import { SPECTRA_SETTINGS } from '../../analyses/spectra/settings.ts';
import { TIMELINE_SETTINGS } from '../../analyses/timeline/settings.ts';
import { TIMING_SETTINGS } from '../../analyses/timing/settings.ts';
import type { AnalysisId } from '../config.ts';
import type { AnalysisRows } from './analysis-rows.ts';
import { inSentence, rowsOf, type QueryOf } from './rows.ts';

const TABLES = {
  landscape: LANDSCAPE_SETTINGS,
  timeline: TIMELINE_SETTINGS,
  timing: TIMING_SETTINGS,
  plane: PLANE_SETTINGS,
  geometry: GEOMETRY_SETTINGS,
  spectra: SPECTRA_SETTINGS,
  sharpness: SHARPNESS_SETTINGS,
  shapley: SHAPLEY_SETTINGS,
  pruning: PRUNING_SETTINGS,
  domains: DOMAINS_SETTINGS,
  merging: MERGING_SETTINGS,
  federated: FEDERATED_SETTINGS,
  multitask: MULTITASK_SETTINGS,
} satisfies { readonly [K in AnalysisId]: AnalysisRows };

export type AnalysisQuery = QueryOf<(typeof TABLES)[AnalysisId]>;

export const ANALYSIS_SETTINGS: { readonly [K in AnalysisId]: AnalysisRows } = TABLES;

export const ANALYSIS_IDS = Object.keys(ANALYSIS_SETTINGS) as AnalysisId[];

/** Rows by key, each with its name outside its analysis: "Landscape", but "Landscape: points". */
export const analysisRowsOf = (id: AnalysisId) => {
  const rows = ANALYSIS_SETTINGS[id];
  return rowsOf(rows).map(([key, row]) => ({
    key,
    row,
    name: row === rows.enabled ? row.label : `${rows.enabled.label}: ${inSentence(row.label)}`,
  }));
};
