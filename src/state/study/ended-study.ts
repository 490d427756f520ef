/** What the page shows once a study has ended: what it computed, or what was there before. */
import type { StudyConfig } from '../../study/config/config.ts';
import { asEnded } from '../../study/result/as-ended.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { testSetsOf } from '../pictures/own-test-set.ts';
import { STUDY_STATE_WORDS } from './messages.ts';
import { shownOf } from './shown.ts';
import type { Aside, StudyState } from './study-store.ts';

/** What a study is. */
export interface Occupation {
  /** Settings that become the page's; absent: none do. */
  readonly own?: StudyConfig;
  /** Its settings; absent: those that become the page's, or are. */
  readonly config?: StudyConfig;
  /** Nothing of it was computed before, it begins at a checkpoint, it has the seeds of the study shown and more, or it only evaluates adapters. */
  readonly kind: 'new' | 'saved' | 'added' | 'evaluation';
  /** It only adds to the study shown: what it leaves of its own result when it ends. Null: nothing whole, so that the study shown comes back. */
  readonly left?: (result: StudyResult) => StudyResult | null;
}

/** The page as it was when the study began. */
interface Before {
  readonly shown: StudyState;
  /** A study of this page, which is nowhere else. */
  readonly ownBefore: readonly Aside[];
}

const hasBegun = ({ shown }: Before, { result }: StudyState): boolean => result !== shown.result;

/**
 * What a study that only adds to another leaves of it; null: nothing that is whole. An analysis that was stopped leaves findings of some images or paths alone,
 * which would be taken for those of all when the rest is computed.
 */
export const leftByAdding = (result: StudyResult): StudyResult | null => (result.status === 'complete' ? result : null);

/** What a study leaves, marked as stopped where it is not whole; null: nothing, so that what was shown before comes back. */
export function leftByStudy(before: Before, { left }: Occupation, state: StudyState): StudyResult | null {
  const computed = hasBegun(before, state) && state.result ? asEnded(state.result) : null;
  return computed && left ? left(computed) : computed;
}

/** Shows what a study has left. A whole study from before stays in reach of one that is not, unless it does already. */
export function afterStudy({ ownBefore }: Before, { kind }: Occupation, state: StudyState, rest: StudyResult) {
  const isLost = (one: Aside): boolean =>
    one.result.status === 'complete' && !state.aside.some(({ result }) => result === one.result);
  const lost = kind === 'evaluation' || rest.status === 'complete' ? [] : ownBefore.filter(isLost);
  return { result: rest, testSets: testSetsOf(state.testSets, rest), aside: [...state.aside, ...lost] };
}

/**
 * Shows what was there before the study.
 * @param wasStopped no error says why it ended
 */
export function beforeStudy(before: Before, { own }: Occupation, state: StudyState, wasStopped: boolean) {
  const { config: edited, readOnly, notices } = state;
  const isOwn = own !== undefined && edited === own;
  return {
    ...shownOf(before.shown),
    ...(isOwn ? { config: before.shown.config } : { readOnly }),
    ...(hasBegun(before, state) && wasStopped && { notices: [...notices, () => STUDY_STATE_WORDS.notAdded] }),
  };
}
