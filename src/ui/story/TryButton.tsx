import type { ReactNode } from 'react';
import { useStore } from 'zustand/react';
import { mayRun } from '../../state/lessons/lessons-store.ts';
import { isAboutClass } from '../../state/room/room-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PlayIcon, StopIcon } from '../controls/icons.tsx';
import { TRY_IT_SECONDS } from '../../study/presets/try-it.ts';
import { aboutTime } from '../format.ts';
import { useLessons } from '../lessons/use-lessons.ts';
import { useIsLooking, useResume } from '../use-resume.ts';
import { STORY } from './messages.ts';
import css from './story.module.css';
import type { TryIt } from './use-try-it.ts';

/** As wide as the longest name, whatever it says: what stands beside it does not move. */
const Name = ({ longest, children }: { longest: string; children: ReactNode }) => (
  <span className={css.name} data-longest={longest}>
    <span>{children}</span>
  </span>
);

/** Beside the button that resumes the study that was stopped: what else "Try it" does. */
export function TryAgainButton({ start, kind, isSizing }: TryIt) {
  const resume = useResume();
  return resume && !isSizing && !resume.isDisabled ? <Button onPress={start}>{STORY.tries[kind]}</Button> : null;
}

/** One button for starting, stopping and resuming, so that the keyboard stays where it is. Where a teacher's link keeps studies from being started, it only stops one. */
export function TryButton({ start, kind, seconds, isSizing, isReady }: TryIt) {
  const { controller, room } = useServices();
  // A class has buttons of its own above, and trains on this device.
  const kindOfButton = useStore(room, isAboutClass) ? 'plain' : 'primary';
  const status = useStudy((state) => state.status);
  const runs = useLessons(mayRun);
  const resume = useResume();
  const nameFor = (time: number | null): string =>
    time === null ? STORY.tries[kind] : `${STORY.tries[kind]} · ${aboutTime(time)}`;
  const longest = nameFor(Math.max(seconds ?? 0, TRY_IT_SECONDS));
  const isLooking = useIsLooking();
  const isWaiting = isSizing || isLooking || status === 'starting' || status === 'stopping';
  if (status === 'running' || status === 'paused')
    return (
      <Button kind="primary" onPress={() => void controller.stop()}>
        <Name longest={longest}>
          <StopIcon />
          {STORY.stop}
        </Name>
      </Button>
    );
  if (!(runs && isReady) && !isWaiting) return null;
  if (resume && !isWaiting)
    return (
      <Button kind={kindOfButton} onPress={resume.resume}>
        <Name longest={longest}>
          <PlayIcon />
          {resume.label}
        </Name>
      </Button>
    );
  return (
    <Button kind={kindOfButton} onPress={start} isPending={isWaiting}>
      <Name longest={longest}>
        <PlayIcon />
        {isWaiting ? (isLooking || status === 'stopping' ? STORY.stopping : STORY.starting) : nameFor(seconds)}
      </Name>
    </Button>
  );
}
