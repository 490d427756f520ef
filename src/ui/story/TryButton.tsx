import { mayRun } from '../../state/lessons/lessons-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PlayIcon, StopIcon } from '../controls/icons.tsx';
import { aboutTime } from '../format.ts';
import { useLessons } from '../lessons/use-lessons.ts';
import { STORY } from './messages.ts';
import type { TryIt } from './use-try-it.ts';

/** One button for starting and stopping, so that the keyboard stays where it is. Where a teacher's link keeps studies from being started, it only stops one. */
export function TryButton({ start, kind, seconds, isSizing }: TryIt) {
  const { controller } = useServices();
  const status = useStudy((state) => state.status);
  const runs = useLessons(mayRun);
  const isWaiting = isSizing || status === 'starting' || status === 'stopping';
  if (status === 'running' || status === 'paused')
    return (
      <Button kind="primary" onPress={() => void controller.stop()}>
        <StopIcon />
        {STORY.stop}
      </Button>
    );
  if (!runs && !isWaiting) return null;
  return (
    <Button kind="primary" onPress={start} isPending={isWaiting}>
      <PlayIcon />
      {isWaiting
        ? status === 'stopping'
          ? STORY.stopping
          : STORY.starting
        : `${STORY.tries[kind]} · ${aboutTime(seconds)}`}
    </Button>
  );
}
