import { Suspense } from 'react';
import { useStudy } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { lazily } from '../lazily.ts';
import { ANALYSIS_NAMES } from './analysis-names.ts';

/** Much, and behind a fold. */
const AnalysesFields = lazily(async () => (await import('./AnalysesFields.tsx')).AnalysesFields);

const KEYS = Object.keys(ANALYSIS_NAMES) as (keyof typeof ANALYSIS_NAMES)[];

export function AnalysesSection() {
  const analyses = useStudy((state) => state.config.analyses);
  const enabled = KEYS.filter((key) => analyses[key]?.enabled).map((key) => ANALYSIS_NAMES[key]);
  const summary = enabled.length === KEYS.length ? 'all' : enabled.join(', ') || 'none';
  return (
    <Fold title="Analyses" summary={summary}>
      <Suspense>
        <AnalysesFields />
      </Suspense>
    </Fold>
  );
}
