/** Keeps the screen on while the page computes what somebody waits for: a phone that turns its screen off computes no more. */
import type { RoomStore } from '../room/room-state.ts';
import type { StudyStore } from '../study/study-store.ts';

interface Computing {
  readonly study: Pick<StudyStore, 'getState' | 'subscribe'>;
  readonly room: Pick<RoomStore, 'getState' | 'subscribe'>;
}

/** What a lock is asked of. */
interface Screen {
  /** Absent in old browsers, and over http. */
  readonly navigator: { readonly wakeLock?: { request(type: 'screen'): Promise<{ release(): Promise<void> }> } };
  readonly document: {
    readonly hidden: boolean;
    addEventListener(type: 'visibilitychange', listener: () => void): void;
  };
}

/** A study of this page, or one of a class that this page trains for. */
function computes({ study, room }: Computing): boolean {
  const { status } = study.getState();
  return (status !== 'idle' && status !== 'paused') || Boolean(room.getState().member?.study);
}

export function keepScreenOn(computing: Computing, { navigator, document }: Screen): void {
  const { wakeLock } = navigator;
  if (!wakeLock) return;
  let isWanted = false;
  let held: { release(): Promise<void> } | null = null;
  const settle = async (): Promise<void> => {
    if (isWanted) held ??= await wakeLock.request('screen');
    else {
      await held?.release();
      held = null;
    }
  };
  let settled = Promise.resolve();
  const follow = (): void => {
    // A page that is hidden has its lock taken from it.
    const wants = !document.hidden && computes(computing);
    if (wants === isWanted) return;
    isWanted = wants;
    settled = settled.then(settle).catch(() => undefined); // refused, as where the battery is low: the screen goes off as ever
  };
  computing.study.subscribe(follow);
  computing.room.subscribe(follow);
  document.addEventListener('visibilitychange', follow);
  follow();
}
