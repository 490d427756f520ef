import { Suspense } from 'react';
import { ANALYSIS_IDS, ANALYSIS_SETTINGS } from '../../study/config/settings/analyses.ts';
import { useStudy } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { lazily } from '../lazily.tsx';
import { STUDY_WORDS } from './messages.ts';

/** Loaded lazily: large, and inside a fold. */
const AnalysesFields = lazily(async () => (await import('./AnalysesFields.tsx')).AnalysesFields);

export function AnalysesSection() {
  const analyses = useStudy((state) => state.config.analyses);
  const enabled = ANALYSIS_IDS.filter((id) => analyses[id]?.enabled);
  const names = enabled.map((id) => ANALYSIS_SETTINGS[id].enabled.label).join(', ');
  return (
    <Fold
      title={STUDY_WORDS.analyses.title}
      summary={enabled.length === ANALYSIS_IDS.length ? STUDY_WORDS.analyses.all : names || STUDY_WORDS.analyses.none}
    >
      <Suspense>
        <AnalysesFields />
      </Suspense>
    </Fold>
  );
}
