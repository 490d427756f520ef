import { useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { isUntouched } from '../../state/study/replace-shown.ts';
import { secondsOf, tryItOf } from '../../state/study/estimates.ts';
import { ownImageChanges } from '../../state/study/images-diff.ts';
import { nextTry, SEEDS_ADDED, type NextTry } from '../../state/study/next-try.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { TRY_IT_SECONDS, TRY_IT_STUDIES, tryItStudy } from '../../study/presets/try-it.ts';
import { useServices, useStudy } from '../context.ts';
import { useImagesThenAndNow } from '../use-images-then-and-now.ts';
import { useSecondsOf } from '../use-time-of.ts';

export interface TryIt {
  readonly start: () => void;
  /** What it starts. */
  readonly kind: 'first' | NextTry['kind'];
  /** Seconds that it will take; null: not known. */
  readonly seconds: number | null;
  /** It was pressed, and the device is being measured. */
  readonly isSizing: boolean;
  /** It waits for nothing that the reader has yet to do to their images. */
  readonly isReady: boolean;
}

const secondsOfTry = (tries: readonly number[] | null): number =>
  tries ? tries[TRY_IT_STUDIES.indexOf(tryItStudy(tries))] : TRY_IT_SECONDS;

/** What follows the study that ended here; null where it is of the reader's own images, and these are not here. */
function useNextTry(): NextTry | null {
  const ended = useStudy((state) => (state.source === 'live' && state.status === 'idle' ? state.result : null));
  const { shown, now } = useImagesThenAndNow();
  const next = useMemo(() => ended && nextTry(ended), [ended]);
  const isHere = ended?.config.task !== 'dropped' || (now && ownImageChanges([ended.config], shown, now).length === 0);
  return isHere ? next : null;
}

/**
 * The command behind "Try it": a study of about a minute, sized for this device; after it, one that tells more. Where the reader's own images are the task, it
 * begins with the study that is set.
 */
export function useTryIt(): TryIt {
  const { controller, dataset, estimates, study } = useServices();
  const set = useStudy((state) => state.config);
  const phase = useStore(dataset, (state) => state.phase);
  const isIdle = useStudy(({ status }) => status === 'idle');
  const next = useNextTry();
  const following = next && 'config' in next ? next.config : null;
  const isOwn = set.task === 'dropped' && phase !== 'empty';
  const followingSeconds = useSecondsOf(following);
  const firstSeconds = useStore(estimates, (state) => (isOwn ? secondsOf(state, set) : secondsOfTry(state.tries)));
  const [isSizing, setSizing] = useState(false);
  const imagesOf = ({ task }: StudyConfig) => (task === 'dropped' ? dataset.getState().dataset : null);
  const begin = async (): Promise<void> => {
    const before = study.getState();
    if (next?.kind === 'seeds')
      return controller.moreSeeds(before.result && imagesOf(before.result.config), SEEDS_ADDED);
    setSizing(true);
    await controller.findEngine();
    const config = following ?? (isOwn ? set : await tryItOf(estimates));
    setSizing(false);
    const now = study.getState();
    // What was opened or set while the device was measured is not taken away.
    if (now.status !== 'idle' || !isUntouched(before, now)) return;
    study.setState({ config, readOnly: false });
    await controller.run(imagesOf(config));
  };
  return {
    start: () => void (isIdle && !isSizing && begin()),
    kind: next?.kind ?? 'first',
    seconds: next ? (followingSeconds ?? next.seconds) : firstSeconds,
    isSizing,
    isReady: next !== null || !isOwn || phase === 'ready',
  };
}
