/**
 * What to press, at the lower edge of a phone while the buttons of the page are out of view: those of the first screen, or of the run panel below an unfolded
 * study, with what keeps it from running and, while nothing runs, the way to share what is shown. A map or a search in view has buttons of its own, and while nothing runs it has them alone. Sticky at the end of the page: it covers nothing for good, and what gets the focus scrolls clear of it.
 */
import type { ReactNode } from 'react';
import { useStore } from 'zustand/react';
import { useServices, useStudy } from '../context.ts';
import { ShareButton } from '../header/ShareButton.tsx';
import { useLessons } from '../lessons/use-lessons.ts';
import { spokenSentence } from '../live/phases.ts';
import { TransportButtons } from '../live/Transport.tsx';
import { toldHeight } from '../told-height.ts';
import { usePhone } from '../use-phone.ts';
import { useRun } from '../use-run.ts';
import { useStudyOpen } from '../use-study-open.ts';
import css from './phone-bar.module.css';
import { StudyButton } from './StudyButton.tsx';
import { TryAgainButton, TryButton } from './TryButton.tsx';
import { useOutOfView } from './use-out-of-view.ts';
import { useTryIt } from './use-try-it.ts';

export function PhoneBar() {
  const isPhone = usePhone();
  const isStudyOpen = useStudyOpen();
  // Lessons have the lower part of a phone, and a way to run of their own.
  const isLesson = useLessons((state) => state.isOpen);
  if (!isPhone || isLesson) return null;
  return isStudyOpen ? <RunBar /> : <StoryBar />;
}

/** What follows the bar on the page. */
const FOOTER = 'footer';

const tellHeight = toldHeight('--phone-bar');

interface BarProps {
  /** Of the buttons that it stands in for. */
  readonly buttons: string;
  /** Said while nothing runs. */
  readonly note?: string | null;
  readonly children: ReactNode;
}

/** Whether a map or a search that was asked for is in view. */
function useAskedInView(): boolean {
  const { maps, searches } = useServices();
  const map = useStore(maps, ({ preset }) => preset);
  const regime = useStore(searches, (state) => state.regime);
  const isOut = useOutOfView('[data-asked]', map ?? regime);
  return (map ?? regime) !== null && !isOut;
}

function Bar({ buttons, note = null, children }: BarProps) {
  const progress = useStudy((state) => (state.status === 'idle' ? null : spokenSentence(state)));
  const isAsked = useAskedInView() && progress === null;
  const isShown = useOutOfView(buttons) && !isAsked;
  // Where the page ends, the bar stands in it, and the lower edge of the window is free.
  const isAtEdge = useOutOfView(FOOTER) && isShown;
  return (
    <div ref={isAtEdge ? tellHeight : null} className={css.bar} data-phone-bar data-shown={isShown || undefined}>
      {progress !== null && <p className={css.progress}>{progress}</p>}
      {progress === null && note !== null && <p className={css.note}>{note}</p>}
      {children}
    </div>
  );
}

function StoryBar() {
  const tryIt = useTryIt();
  return (
    <Bar buttons="[data-first-buttons]">
      <div className={css.buttons}>
        <TryButton {...tryIt} />
        <TryAgainButton {...tryIt} />
        <StudyButton isShort />
      </div>
    </Bar>
  );
}

const RunBar = () => (
  <Bar buttons="#run" note={useRun().problem}>
    <TransportButtons>
      <ShareButton />
    </TransportButtons>
  </Bar>
);
