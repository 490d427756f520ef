/** Describes what a link contains. */
import { counted } from '../../core/counted.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { contentOf } from '../results/figure.ts';
import { SHOWN_ANALYSES } from '../analyses/registry.ts';

/** Parts of a result, in page order. @param kept what the link keeps */
export function contentsOf(kept: StudyResult): string[] {
  const trained = kept.runs.filter(({ losses, validation }) => losses.length + validation.length > 0);
  const tested = kept.runs.filter(({ test }) => test);
  return [
    'settings',
    ...contentOf(trained.length, (count) => `training curves of ${counted(count, 'run')}`),
    ...contentOf(tested.length, (count) => `test figures of ${counted(count, 'run')}`),
    ...contentOf(kept.confusions?.length ?? 0, () => 'which class was taken for which'),
    ...SHOWN_ANALYSES.flatMap(({ contents }) => contents(kept)),
  ];
}
