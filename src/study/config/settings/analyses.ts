/** The settings of all analyses, in the order in which the analyses run, and the settings that several share. */
import { ANALYSIS_ROWS } from '../../analyses/schemas.ts';
import type { AnalysisId } from '../config.ts';
import type { AnalysisRows } from './analysis-rows.ts';
import { inSentence, rowsOf, type QueryOf } from './rows.ts';

export type AnalysisQuery = QueryOf<(typeof ANALYSIS_ROWS)[AnalysisId]>;

export const ANALYSIS_SETTINGS: { readonly [K in AnalysisId]: AnalysisRows } = ANALYSIS_ROWS;

export const ANALYSIS_IDS = Object.keys(ANALYSIS_SETTINGS) as AnalysisId[];

/** Rows by key, each with its name outside its analysis: "Landscape", but "Landscape: points". */
export const analysisRowsOf = (id: AnalysisId) => {
  const rows = ANALYSIS_SETTINGS[id];
  return rowsOf(rows).map(([key, row]) => ({
    key,
    row,
    get name() {
      return row === rows.enabled ? row.label : `${rows.enabled.label}: ${inSentence(row.label)}`;
    },
  }));
};
