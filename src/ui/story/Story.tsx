/** The page's first screen: what it is, what the result on the page found, what to press. One line of it remains beside an unfolded study. */
import { shownTask } from '../../data/bundled/task-names.ts';
import { Suspense, useMemo } from 'react';
import { bundledById } from '../../data/bundled/tasks.ts';
import { LESSON_STEPS } from '../../lessons/steps.ts';
import { openLesson, openLessons } from '../../state/lessons/lessons-store.ts';
import { reopenSaved } from '../../state/page/saved-results.ts';
import {
  clearFinding,
  fewStepsRemark,
  findingsToShow,
  headlineOf,
  type Finding,
  type FindingId,
} from '../../state/summary/findings.ts';
import type { StudyResult } from '../../study/result/result.ts';
import {
  useComing,
  useEarlierResult,
  useFiguresResult,
  useServices,
  useShownResult,
  useShownSource,
  useStudy,
} from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { ShareIcon } from '../controls/icons.tsx';
import { useLessons } from '../lessons/use-lessons.ts';
import { PhaseBar } from '../live/PhaseBar.tsx';
import { spokenSentence } from '../live/phases.ts';
import { RunStrip } from '../live/strip/RunStrip.tsx';
import { ShareTrigger } from '../share/ShareTrigger.tsx';
import { usePhone } from '../use-phone.ts';
import { useStudyOpen } from '../use-study-open.ts';
import { preloadWorkbench } from '../workbench.ts';
import { isTold } from './finding-parts.ts';
import { FindingLine, FindingTile } from './FindingTile.tsx';
import { intervalsOf } from './finding-words.ts';
import { STORY } from './messages.ts';
import { lazily } from '../lazily.tsx';
import css from './story.module.css';
import { TapePicture } from './TapePicture.tsx';
import { TaskPictures } from './TaskPictures.tsx';
import { TryAgainButton, TryButton } from './TryButton.tsx';
import { StudyButton } from './StudyButton.tsx';
import { useTryIt } from './use-try-it.ts';
import { unbroken } from '../unbroken.ts';

const EqualTaskMessage = lazily(async () => (await import('../results/EqualTask.tsx')).EqualTaskMessage);

/** Which findings may be told. */
function useTold(): (id: FindingId) => boolean {
  const teaching = useLessons((state) => state.teaching);
  const concealed = useLessons((state) => state.concealed);
  const covered = useLessons((state) => state.covered);
  return (id) => isTold(id, { teaching, concealed, covered });
}

/** The findings of the result that may be told. */
function useFindings(result: StudyResult | null, before: StudyResult | null): Finding[] {
  const config = useStudy((state) => state.config);
  const told = useTold();
  const shown = result?.config ?? config;
  const all = useMemo(() => findingsToShow(result, shown, before), [result, shown, before]);
  return all.filter(({ id }) => told(id));
}

interface SourceLineProps {
  readonly result: StudyResult | null;
  readonly findings: readonly Finding[];
  /** Its pictures have its name beside them. */
  readonly isTaskNamed: boolean;
}

/** Where the numbers come from and over what they are; nothing while a study runs, whose numbers come one after the other. */
function SourceLine({ result, findings, isTaskNamed }: SourceLineProps) {
  const source = useShownSource();
  const isIdle = useStudy(({ status }) => status === 'idle');
  const coming = useComing();
  const facts = result
    ? [
        STORY.sources[source],
        ...(isTaskNamed ? [] : [shownTask(result.config.task, result.task.name)]),
        STORY.seedsEach(result.config.seeds.length),
        STORY.testImages(result.task.test),
        ...(findings.some(({ compared }) => compared) ? [intervalsOf(result)] : []),
      ]
    : [coming ? STORY.loading : STORY.sources.none];
  return <p className={css.source}>{isIdle && unbroken(facts.join(' · '))}</p>;
}

/** How far the study is that runs, in a room that is always there: nothing moves when it begins. */
function RunProgress() {
  const progress = useStudy(({ status, progress: now }) => (status === 'idle' ? null : now));
  const sentence = useStudy((state) => (state.status === 'idle' ? '' : spokenSentence(state)));
  return (
    <div className={css.progress}>
      {progress && (
        <>
          <PhaseBar progress={progress} />
          <p>{sentence}</p>
        </>
      )}
    </div>
  );
}

function StoryScreen() {
  const services = useServices();
  const isPhone = usePhone();
  const result = useFiguresResult();
  const before = useEarlierResult();
  const findings = useFindings(result, before);
  const mayTell = useTold();
  const shown = useShownResult();
  const tryIt = useTryIt();
  // A study of one's own ends with its finding.
  const isIdle = useStudy(({ status }) => status === 'idle');
  const isLive = useStudy(({ source }) => source === 'live');
  const hasEnded = isLive && isIdle && !tryIt.isSizing;
  const told = hasEnded ? headlineOf(findings) : '';
  const clear = clearFinding(findings);
  // What the backbone reaches belongs to what training costs.
  const accuracyBefore = mayTell('price') ? (shown.task.zeroShot?.accuracy ?? null) : null;
  const isTaskNamed = useStudy(({ glimpse }) => glimpse === null) && bundledById(shown.config.task) !== undefined;
  const strip = (
    <RunStrip isAwaited={tryIt.isSizing}>
      <TaskPictures result={shown} before={accuracyBefore} />
    </RunStrip>
  );
  // On a phone the room of the progress would be a hole while nothing runs.
  const isSourceAbove = isPhone && told === '';
  const source = <SourceLine {...{ result, findings, isTaskNamed }} />;
  // On a phone they go on from the sentence: a row of buttons would move all that is below it.
  const offers = hasEnded && (
    <>
      <TryAgainButton {...tryIt} />
      {clear ? (
        <ShareTrigger>
          <Button>
            <ShareIcon />
            {STORY.share}
          </Button>
        </ShareTrigger>
      ) : (
        <Button onPress={() => void reopenSaved(services, document.baseURI)}>{STORY.toSaved}</Button>
      )}
    </>
  );
  const takeTour = (): void => {
    openLesson(services.lessons, Object.keys(LESSON_STEPS)[0]);
    openLessons(services.lessons);
  };
  return (
    <section className={css.screen} data-own={isLive || !isIdle || undefined} aria-label={STORY.label}>
      <div className={css.head}>
        <div className={css.pitch}>
          <p className={css.claim}>{STORY.claim}</p>
          <div className={css.actions} data-first-buttons>
            <TryButton {...tryIt} />
            <Button data-opens-lessons onPress={() => void preloadWorkbench().then(takeTour)}>
              {STORY.tour}
            </Button>
            {/* Last, because they come by themselves. */}
            {!isPhone && offers}
          </div>
          <RunProgress />
          <div className={css.ending}>
            {isSourceAbove && source}
            <p className={css.told} role="status">
              {told}
              {hasEnded && clear && <span className={css.remark}>{unbroken(fewStepsRemark(shown.config))}</span>}
              {hasEnded && clear?.id === 'other-domains' && (
                <Suspense>
                  <EqualTaskMessage result={shown} />
                </Suspense>
              )}
            </p>
            {isPhone && <span className={css.offers}>{offers}</span>}
          </div>
        </div>
        <div className={css.tapes}>
          <TapePicture config={shown.config} runs={shown.runs} />
          {!isPhone && strip}
        </div>
      </div>
      {findings.length > 0 && (
        <div className={css.tiles}>
          {findings.map((finding) => (
            <FindingTile key={finding.id} {...{ finding, result, before }} />
          ))}
        </div>
      )}
      {/* On a phone it comes last, so that the tiles stay where they are. */}
      {isPhone && <div className={css.strip}>{strip}</div>}
      <div className={css.foot}>
        {!isSourceAbove && source}
        <StudyButton />
      </div>
    </section>
  );
}

/** The findings on one line. */
function StoryLine() {
  const findings = useFindings(useFiguresResult(), useEarlierResult());
  // Those to come have room, so that nothing moves.
  if (!findings.some(({ compared, earlier }) => compared ?? earlier))
    return findings.some(({ lack }) => !lack) ? <div className={css.lines} /> : null;
  return (
    <section className={css.lines} aria-label={STORY.label}>
      {findings.map((finding) => (
        <FindingLine key={finding.id} finding={finding} />
      ))}
    </section>
  );
}

export function Story() {
  return useStudyOpen() ? <StoryLine /> : <StoryScreen />;
}
