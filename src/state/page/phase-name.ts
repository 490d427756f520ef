import { ANALYSIS_SETTINGS } from '../../study/config/settings/analyses.ts';
import type { StudyPhase } from '../../study/result/events.ts';
import { PAGE_STATE_WORDS } from './messages.ts';

/** The name of a phase of a study, short enough for all of them to fit on one line together. */
export function phaseName(id: StudyPhase): string {
  if (id === 'prepare' || id === 'train' || id === 'test') return PAGE_STATE_WORDS.phases[id];
  const { enabled } = ANALYSIS_SETTINGS[id];
  return enabled.short ?? enabled.label;
}
