import { said, type Said } from '../core/language/catalogue.ts';
import { Suspense, useEffect } from 'react';
import { useStore } from 'zustand/react';
import { announce, endArrival } from '../state/page/arrival.ts';
import { dismissNotice } from '../state/study/study-store.ts';
import { reopenSaved } from '../state/page/saved-results.ts';
import css from './App.module.css';
import { useServices, useStudy } from './context.ts';
import { Button, IconButton } from './controls/Button.tsx';
import { Fold } from './controls/Fold.tsx';
import { CloseIcon } from './controls/icons.tsx';
import { lazily } from './lazily.tsx';
import { PAGE_WORDS } from './messages.ts';

const StudyOffer = lazily(async () => (await import('./classroom/StudyOffer.tsx')).StudyOffer);

/** The newest of them is told where the reader is as well: it may be the answer to a press far below. */
function useTold(error: Said | null, notice: Said | undefined): void {
  useEffect(() => {
    const say = error ?? notice;
    if (!say) return;
    const told = announce('notices', say);
    return () => endArrival(told);
  }, [error, notice]);
}

/** Errors and notices; none of them blocks the page. */
export function Notices() {
  const services = useServices();
  const { study, classroom } = services;
  const isOffered = useStore(classroom, (state) => state.offer !== null);
  const error = useStudy((state) => state.error);
  const notices = useStudy((state) => state.notices);
  const leftOut = useStudy((state) => state.leftOut);
  const empty = useStudy(({ source, status }) => source === 'none' && status === 'idle');
  useTold(error, notices.at(-1));
  if (!error && notices.length === 0 && leftOut.length === 0 && !isOffered) return null;
  return (
    <div className={css.notices} data-arrival="notices" tabIndex={-1}>
      {error && (
        <div className={css.error} role="alert">
          <p>{error()}</p>
          {empty && (
            <Button kind="quiet" onPress={() => void reopenSaved(services, document.baseURI)}>
              {PAGE_WORDS.showSaved}
            </Button>
          )}
          <IconButton name={PAGE_WORDS.dismissError} onPress={() => study.setState({ error: null })}>
            <CloseIcon />
          </IconButton>
        </div>
      )}
      {isOffered && (
        <Suspense>
          <StudyOffer />
        </Suspense>
      )}
      {leftOut.length > 0 && (
        <div className={`${css.notice} ${css.shared}`}>
          <div>
            <p role="status">{PAGE_WORDS.shared}</p>
            <Fold title={PAGE_WORDS.leftOut} level={2} quiet>
              <ul>
                {said(leftOut).map((left) => (
                  <li key={left}>{left}</li>
                ))}
              </ul>
            </Fold>
          </div>
          <IconButton name={PAGE_WORDS.dismissNotice} onPress={() => study.setState({ leftOut: [] })}>
            <CloseIcon />
          </IconButton>
        </div>
      )}
      {said(notices).map((notice, i) => (
        <div key={`${i}-${notice}`} className={css.notice} role="status">
          <p>{notice}</p>
          <IconButton name={PAGE_WORDS.dismissNotice} onPress={() => dismissNotice(study, i)}>
            <CloseIcon />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
