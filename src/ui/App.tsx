import { Suspense, useEffect } from 'react';
import { useStore } from 'zustand/react';
import { nextTask } from '../platform/next-task.ts';
import { arrivalStore } from '../state/page/arrival.ts';
import css from './App.module.css';
import { lagStore } from './charts/newest.ts';
import { useAreFiguresBehind, useServices } from './context.ts';
import { RoomSection } from './analyses/federated/room/RoomSection.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './header/Header.tsx';
import { lazily } from './lazily.tsx';
import { useLessons } from './lessons/use-lessons.ts';
import { LivePanel } from './live/LivePanel.tsx';
import { MeasureSection } from './measure/MeasureSection.tsx';
import { PAGE_WORDS } from './messages.ts';
import { Notices } from './Notices.tsx';
import { PhoneBar } from './story/PhoneBar.tsx';
import { Story } from './story/Story.tsx';
import { StudyColumn } from './study/StudyColumn.tsx';
import { stickyColumn } from './sticky-column.ts';
import { UpdateOffer } from './UpdateOffer.tsx';
import { useStudyOpen } from './use-study-open.ts';
import { CollectAnnouncer } from './dataset/CollectAnnouncer.tsx';
import { WindowPaste } from './dataset/WindowPaste.tsx';
import { StudySheet } from './workbench.ts';
import { WindowDrop } from './study/WindowDrop.tsx';

/** Starts fetching the results panel without blocking the rest of the page. A separate task, because it requests many files. */
const fetchResults = () => import('./results/ResultsPanel.tsx');
const early = nextTask()
  .then(fetchResults)
  .catch(() => null);
const ResultsPanel = lazily(async () => ((await early) ?? (await fetchResults())).ResultsPanel);

/** Interrupted studies are looked up after first paint. */
const InterruptedStudies = lazily(
  async () => (await import('./interrupted/InterruptedStudies.tsx')).InterruptedStudies,
  false,
);

/** Explains words that captions have. */
const GlossaryHost = lazily(async () => (await import('./glossary/GlossaryHost.tsx')).GlossaryHost, false);

const ArrivalNotice = lazily(async () => (await import('./arrival/ArrivalNotice.tsx')).ArrivalNotice, false);

/** Lessons, their texts and their formulas are loaded when they are first opened. */
const LessonPanel = lazily(async () => (await import('./lessons/LessonPanel.tsx')).LessonPanel);
const Presenter = lazily(async () => (await import('./lessons/Presenter.tsx')).Presenter);

/** Says what became of files that were brought. It stands before they come, otherwise it is not heard. */
function ArrivalHost() {
  const arrival = useStore(arrivalStore, (state) => state.arrival);
  return (
    <div aria-live="polite">
      <Suspense>{arrival && <ArrivalNotice arrival={arrival} />}</Suspense>
    </div>
  );
}

const ResultsTitle = () => (
  <h2 id="results" className={css.columnTitle}>
    {PAGE_WORDS.results}
  </h2>
);
/** The same element always: a new one would render all figures again. */
const RESULTS_TITLE = <ResultsTitle />;

/** What it means; busy while it still shows something earlier than the study. */
function Results() {
  const isBehind = useAreFiguresBehind();
  useEffect(() => lagStore.setState(isBehind, true), [isBehind]);
  // Elsewhere, as in a presentation, figures do not lag.
  useEffect(() => () => lagStore.setState(false, true), []);
  return (
    <section className={css.results} aria-labelledby="results" aria-busy={isBehind || undefined}>
      <Suspense fallback={<div>{RESULTS_TITLE}</div>}>
        <ResultsPanel title={RESULTS_TITLE} />
      </Suspense>
    </section>
  );
}

/** The whole page: its story, then from left to right what to train (folded at first), training it, what it means. */
export function App({ version }: { version: string }) {
  const isStudyOpen = useStudyOpen();
  const isSheet = useStore(useServices().fold, (state) => state.isSheet);
  const isLesson = useLessons((state) => state.isOpen);
  const isPresenting = useLessons((state) => state.isPresenting);
  if (isPresenting)
    return (
      <Suspense>
        <Presenter />
      </Suspense>
    );
  return (
    <>
      <a className={css.skip} href="#results">
        {PAGE_WORDS.skipToResults}
      </a>
      <a className={css.skip} href="#run">
        {PAGE_WORDS.skipToRun}
      </a>
      <Header />
      <div className={css.shell} data-lesson={isLesson || undefined}>
        <main className={css.main}>
          <UpdateOffer />
          <Suspense>
            <InterruptedStudies />
          </Suspense>
          <Notices />
          <MeasureSection />
          <RoomSection />
          <Story />
          <div className={css.columns} data-folded={!isStudyOpen || undefined}>
            {isStudyOpen && <StudyColumn />}
            <section className={css.live} aria-labelledby="live-title">
              <div ref={stickyColumn}>
                <h2 id="live-title" className={css.columnTitle}>
                  {PAGE_WORDS.live}
                </h2>
                <LivePanel />
              </div>
            </section>
            <Results />
          </div>
          <PhoneBar />
        </main>
        {isLesson && (
          <Suspense>
            <LessonPanel />
          </Suspense>
        )}
      </div>
      <Footer version={version} />
      {isSheet && (
        <Suspense>
          <StudySheet />
        </Suspense>
      )}
      <WindowDrop />
      <WindowPaste />
      <ArrivalHost />
      <CollectAnnouncer />
      <Suspense>
        <GlossaryHost />
      </Suspense>
    </>
  );
}
