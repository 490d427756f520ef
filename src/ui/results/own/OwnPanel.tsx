/** Try your own: a picture of the reader's, and what the backbone, every arm and a merge say about it. */
import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { useStore } from 'zustand/react';
import { inEnglish } from '../../../core/language/catalogue.ts';
import { shownClass } from '../../../data/bundled/shown-classes.ts';
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { latestOnly } from '../../../platform/latest-only.ts';
import { spokenAnswers, type OwnAnswer } from '../../../state/own/answers.ts';
import { askForWords, changeOwnSettings, ownStore } from '../../../state/own/own-store.ts';
import { respondentsOf, settingsFor } from '../../../state/own/respondents.ts';
import { knownEngine } from '../../../state/study/study-store.ts';
import type { PictureInput } from '../../../study/predictions/question.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles, type ArmStyle } from '../../arm-style.ts';
import { useStudy } from '../../context.ts';
import { ErrorText } from '../../controls/ErrorText.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import shared from '../../shared.module.css';
import { useSeen } from '../../use-seen.ts';
import { InsideFold } from '../inside/InsideFold.tsx';
import { RESULT_WORDS } from '../messages.ts';
import { AdapterControls } from './AdapterControls.tsx';
import { AnswerCard, AwaitedCard } from './AnswerCard.tsx';
import { AnswersFoot } from './AnswersFoot.tsx';
import { LiveCamera } from './LiveCamera.tsx';
import { OWN_WORDS } from './messages.ts';
import css from './own.module.css';
import { PictureButtons } from './PictureButtons.tsx';
import { StillPicture } from './StillPicture.tsx';
import { useAnswers } from './use-answers.ts';
import { useFetched, useOwnAdapters } from './use-own-adapters.ts';
import { usePictureSources } from './use-picture-sources.ts';
import { useSetting } from './use-setting.ts';
import { Words } from './Words.tsx';

/** A screen reader hears the winners at most so often, in milliseconds. */
const SPOKEN_EVERY_MS = 3000;

const filesOf = ({ files }: DataTransfer): File[] => Array.from(files);

/** What a picture is dropped on, or pasted into. */
const arrivals = (show: (file: File) => void) => ({
  onDragOver(event: DragEvent): void {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault();
  },
  onDrop(event: DragEvent): void {
    event.preventDefault();
    const [file] = filesOf(event.dataTransfer);
    if (file) show(file);
  },
  onPaste(event: ClipboardEvent): void {
    const [file] = filesOf(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    show(file);
  },
});

export function OwnPanel({ result }: { result: StudyResult }) {
  const panel = useRef<HTMLElement>(null);
  const idle = useStudy((state) => state.status === 'idle');
  const engine = useStudy(knownEngine);
  const { config, task } = result;
  const { adapters, fetch, problem: missing, none } = useOwnAdapters(result);
  const { words, settings: own } = useStore(ownStore);
  const settings = useMemo(() => settingsFor(own, adapters), [adapters, own]);
  const named = useCallback(() => respondentsOf(config.arms, adapters, settings), [config.arms, adapters, settings]);
  const respondents = useMemo(() => named(), [named]);
  const setting = useSetting(result, adapters);
  // Words of the reader's own stay as they were typed.
  const shown = useCallback(
    (name: string) => (task.classes.includes(name) ? shownClass(config.task, name) : name),
    [config.task, task.classes],
  );
  const answering = useAnswers({ setting, respondents, named, words, shown });
  const { inFiles, unknown, problem, ask, clear } = answering;
  const sources = usePictureSources(result, { shown, isSeen: useSeen(panel), onCamera: clear });
  const { stream, still, isUnread, trouble, show, endCamera } = sources;
  // Those about another picture are none about this one. A camera shows the frame after the one that is answered.
  const answers = stream || answering.of === still?.input ? answering.answers : null;
  const styles = useMemo(() => armStyles(config.arms), [config.arms]);
  const asks = still !== null || stream !== null;
  const awaited = none ? respondents.length : Math.max(respondents.length, config.arms.length + 1);

  // The adapters that come with the page are fetched with the first picture.
  const ready = useFetched(fetch, asks);

  // Another study's answers are no answers of this one.
  const { date } = result.provenance;
  useEffect(() => clear, [date, clear]);

  const canAsk = ready && idle && task.classes.length > 0;
  useEffect(() => {
    if (!still || isUnread || !canAsk) return;
    const stop = new AbortController();
    void ask(still.input, stop.signal);
    return () => stop.abort();
    // A device that was opened since answers anew.
  }, [still, isUnread, canAsk, ask, engine]);

  const lookAt = useCallback(
    async (frame: PictureInput): Promise<boolean> => (canAsk ? ask(frame) : false),
    [canAsk, ask],
  );
  return (
    <section ref={panel} className={css.panel} aria-label={PART_WORDS.own} {...arrivals((file) => void show(file))}>
      <PanelHead />
      <PictureButtons sources={sources} />
      {[trouble, problem, missing].map((text) => text && <ErrorText key={text}>{text}</ErrorText>)}
      {asks && (
        <>
          {!idle && (
            <p className={css.note} role="status">
              {OWN_WORDS.running}
            </p>
          )}
          <div className={css.body}>
            <figure className={css.picture}>
              {stream ? (
                <LiveCamera stream={stream} ask={lookAt} onEnd={endCamera} />
              ) : (
                still && <StillPicture still={still} />
              )}
            </figure>
            <Answers {...{ answers, awaited, styles }} asking={idle} truth={stream ? null : (still?.truth ?? null)} />
          </div>
          {answers && (
            <AnswersFoot
              {...{ adapters, inFiles, off: settings.off, count: answers.length }}
              picture={() => (stream ? 'camera' : still ? inEnglish(still.name) : '')}
            />
          )}
          {none && <p className={css.note}>{OWN_WORDS.none}</p>}
          {adapters.length > 0 && <AdapterControls {...{ adapters, settings }} onChange={changeOwnSettings} />}
          {still && canAsk && (
            <InsideFold {...{ named, setting }} picture={still.input} caption={still.name()} arms={config.arms} />
          )}
          {task.zeroShot !== null && <Words classes={task.classes} {...{ words, unknown }} onChange={askForWords} />}
          <Spoken text={answers ? spokenAnswers(answers) : ''} />
        </>
      )}
    </section>
  );
}

interface AnswersProps {
  /** Null until they are there. */
  readonly answers: readonly OwnAnswer[] | null;
  /** How many there will be. */
  readonly awaited: number;
  /** False: a study has the engine. */
  readonly asking: boolean;
  readonly styles: ReadonlyMap<string, ArmStyle>;
  /** The true class; null where nobody knows. */
  readonly truth: string | null;
}

function Answers({ answers, awaited, asking, styles, truth }: AnswersProps) {
  return (
    <div className={css.answers} aria-busy={answers === null || undefined}>
      {answers?.map((answer) => (
        <AnswerCard
          key={answer.id}
          answer={answer}
          style={(answer.arm !== null && styles.get(answer.arm)) || null}
          truth={truth}
        />
      )) ??
        Array.from({ length: awaited }, (_, i) => (
          <AwaitedCard key={i} text={asking && i === 0 ? OWN_WORDS.asking : ''} />
        ))}
    </div>
  );
}

function PanelHead() {
  return (
    <>
      <div className={css.head}>
        <h3 className={css.title}>
          {PART_WORDS.own}
          <InfoTip about={RESULT_WORDS.howToRead(PART_WORDS.own)}>
            {OWN_WORDS.help.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </InfoTip>
        </h3>
      </div>
      <p className={css.reading}>
        <strong>{OWN_WORDS.message}</strong> {OWN_WORDS.reading}
      </p>
    </>
  );
}

/** The winners, for screen readers. */
function Spoken({ text }: { text: string }) {
  const [spoken, setSpoken] = useState('');
  const throttle = useMemo(() => latestOnly(setSpoken, SPOKEN_EVERY_MS), []);
  useEffect(() => throttle.pass(text), [throttle, text]);
  useEffect(() => throttle.end, [throttle]);
  return (
    <p className={shared.hidden} aria-live="polite" aria-atomic="true">
      {spoken}
    </p>
  );
}
