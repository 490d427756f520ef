import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { chooseStudyOpen } from '../../state/page/study-fold.ts';
import app from '../App.module.css';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PAGE_WORDS } from '../messages.ts';
import { STORY } from '../story/messages.ts';
import { stickyColumn } from '../sticky-column.ts';
import { StudyPanel } from '../workbench.ts';

/** The settings, unfolded. A lesson keeps them unfolded as long as it is open. */
export function StudyColumn() {
  const { fold } = useServices();
  const canFold = useStore(fold, (state) => state.isOpen);
  return (
    <section ref={stickyColumn} className={app.study} aria-labelledby="study-title">
      <div className={app.studyHead}>
        <h2 id="study-title" tabIndex={-1} className={app.columnTitle}>
          {PAGE_WORDS.study}
        </h2>
        {canFold && (
          <Button kind="quiet" data-focus-next="[data-opens-study]" onPress={() => chooseStudyOpen(fold, false)}>
            {STORY.closeStudy}
          </Button>
        )}
      </div>
      <Suspense fallback={<div className={app.studyAwaited} />}>
        <StudyPanel />
      </Suspense>
    </section>
  );
}
