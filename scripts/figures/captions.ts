/** The sentences under the page's figures, computed from a result without the page. */
import { landscapeCaption } from '../../src/ui/analyses/landscape/landscape-caption.ts';
import { mergingCaption } from '../../src/ui/analyses/merging/merging-caption.ts';
import { comparisonCaption } from '../../src/ui/results/summary/comparison-caption.ts';
import { federatedCaption } from '../../src/ui/analyses/federated/federated-caption.ts';
import { domainsCaption, keptCaption } from '../../src/ui/analyses/domains/domains-caption.ts';
import { planeCaption } from '../../src/ui/analyses/plane/plane-caption.ts';
import { multitaskCaption } from '../../src/ui/analyses/multitask/multitask-caption.ts';
import { sweepCaption } from '../../src/ui/results/sweep/sweep-caption.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { sweepOf } from '../../src/study/config/sweep.ts';

function ofSweep(result: StudyResult): string {
  const sweep = sweepOf(result.config);
  return sweep ? sweepCaption(result, sweep).reading : '';
}

const CAPTIONS = {
  landscape: landscapeCaption,
  plane: (result) => planeCaption(result).reading,
  sweep: ofSweep,
  'many-tasks': multitaskCaption,
  merging: mergingCaption,
  federated: federatedCaption,
  domains: domainsCaption,
  'domains-kept': (result) => keptCaption(result).reading,
  summary: comparisonCaption,
} satisfies Record<string, (result: StudyResult) => string>;

/** The figures whose sentence is available this way. */
export type CaptionedView = keyof typeof CAPTIONS;

/** @throws Error if the result has nothing to describe. */
export function captionOf(view: CaptionedView, result: StudyResult): string {
  const text = CAPTIONS[view](result);
  if (text === '') throw new Error(`The result has nothing to say of "${view}".`);
  return text;
}
