/** What every set of layers was measured to leave, of the exact Shapley analysis. */
import { useEffect, useMemo, useState } from 'react';
import { fetchSavedCoalitions } from '../../../../state/page/saved-coalitions.ts';
import type { CoalitionAccuracies } from '../../../../study/analyses/shapley/coalition-file.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { useStudy } from '../../../context.ts';

export const NO_TABLES: readonly CoalitionAccuracies[] = [];

/** Tables from the exact analysis or from the saved file; null while the file loads. */
export function useCoalitionTables(result: StudyResult): readonly CoalitionAccuracies[] | null {
  const live = useStudy((state) => state.coalitions);
  const source = useStudy((state) => state.source);
  const [saved, setSaved] = useState<{ date: string; runs: CoalitionAccuracies[] } | null>(null);
  const { date } = result.provenance;
  // They come with exact Shapley values alone.
  const isAtHand = source === 'saved' && result.shapley.length > 0;
  useEffect(() => {
    if (!isAtHand) return;
    let wanted = true;
    void fetchSavedCoalitions(document.baseURI, result).then((runs) => {
      if (wanted) setSaved({ date, runs });
    });
    return () => void (wanted = false);
  }, [isAtHand, result, date]);
  const tables = useMemo(() => Object.values(live), [live]);
  if (tables.length > 0) return tables;
  if (!isAtHand) return NO_TABLES;
  return saved?.date === date ? saved.runs : null;
}
