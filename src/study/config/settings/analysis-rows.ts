/** What the settings of every analysis have in common: a switch, and other settings that apply while it is on. */
import * as v from 'valibot';
import { entriesOf, usualOf, type Rows, type SwitchRow } from './rows.ts';

/** An analysis that is usually off may be absent from a configuration; absent means off. */
export type AnalysisRows = Rows & { readonly enabled: SwitchRow };

export const analysisSchema = <R extends AnalysisRows>(rows: R) => v.object(entriesOf(rows));

/** The settings of an analysis that was just switched on. */
export const switchedOn = <R extends AnalysisRows>(rows: R) => ({ ...usualOf(rows), enabled: true });
