/** Describes what a link contains. */
import { numberedClass } from '../../share/link/sections/meta.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { contentOf } from '../results/figure.ts';
import { SHOWN_ANALYSES } from '../analyses/registry.ts';
import { SHARE_WORDS } from './messages.ts';

/** Parts of a result, in page order. @param kept what the link keeps */
export function contentsOf(kept: StudyResult): string[] {
  const trained = kept.runs.filter(({ losses, validation }) => losses.length + validation.length > 0);
  const tested = kept.runs.filter(({ test }) => test);
  // Links number classes whose names are too long.
  const named = kept.task.classes.filter((name, i) => name !== numberedClass(i));
  return [
    SHARE_WORDS.contents.settings,
    ...contentOf(named.length, () => SHARE_WORDS.contents.classes),
    ...contentOf(trained.length, SHARE_WORDS.contents.training),
    ...contentOf(tested.length, SHARE_WORDS.contents.test),
    ...contentOf(kept.confusions?.length ?? 0, () => SHARE_WORDS.contents.confusions),
    ...SHOWN_ANALYSES.flatMap(({ contents }) => contents(kept)),
    SHARE_WORDS.contents.provenance,
  ];
}
