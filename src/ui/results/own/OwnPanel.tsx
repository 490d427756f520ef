/** Try your own: a picture of the reader's, and what the backbone, every arm and a merge say about it. */
import { shownClass } from '../../../data/bundled/shown-classes.ts';
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { Button as AriaButton, FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { errorText } from '../../../core/error-text.ts';
import { inEnglish } from '../../../core/language/catalogue.ts';
import { layerNames } from '../../../core/layer-names.ts';
import { latestOnly } from '../../../platform/latest-only.ts';
import { ownCsv } from '../../../share/csv/own-csv.ts';
import { spokenAnswers } from '../../../state/own/answers.ts';
import {
  askAbout,
  askForWords,
  changeOwnSettings,
  nextPlace,
  ownStore,
  showNext,
  type AskedPicture,
} from '../../../state/own/own-store.ts';
import { isUnread, pictureFor, readingKey, testKey } from '../../../state/own/picture-keys.ts';
import { layersOf, respondentsOf, settingsFor } from '../../../state/own/respondents.ts';
import { knownEngine } from '../../../state/study/study-store.ts';
import { playerKey } from '../../../state/summary/prune-by-hand.ts';
import { keptPlaces, trueClasses } from '../../../study/predictions/answers.ts';
import type { PictureInput } from '../../../study/predictions/question.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import { useServices, useStudy } from '../../context.ts';
import charts from '../../charts/charts.module.css';
import { saveText } from '../../charts/download.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { Button } from '../../controls/Button.tsx';
import { ErrorText } from '../../controls/ErrorText.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { closeCamera, openCamera } from '../../dataset/camera.ts';
import shared from '../../shared.module.css';
import { InsideFold } from '../inside/InsideFold.tsx';
import { RESULT_WORDS } from '../messages.ts';
import { Pixels } from '../pictures/Pixels.tsx';
import { useTestPictures } from '../pictures/use-test-pictures.ts';
import { useSeen } from '../../use-seen.ts';
import { AdapterControls } from './AdapterControls.tsx';
import { AnswerCard, AwaitedCard } from './AnswerCard.tsx';
import { LiveCamera } from './LiveCamera.tsx';
import { OWN_WORDS } from './messages.ts';
import { askAboutFile } from './ask-about-file.ts';
import css from './own.module.css';
import { decodable, pastedPicture } from './picture-source.ts';
import { useAnswers } from './use-answers.ts';
import { useFetched, useOwnAdapters } from './use-own-adapters.ts';
import { useSetting } from './use-setting.ts';
import { Words } from './Words.tsx';

/** A screen reader hears the winners at most so often, in milliseconds. */
const SPOKEN_EVERY_MS = 3000;

const filesOf = ({ files }: DataTransfer): File[] => Array.from(files);

export function OwnPanel({ result }: { result: StudyResult }) {
  const panel = useRef<HTMLElement>(null);
  const { predictor } = useServices();
  const idle = useStudy((state) => state.status === 'idle');
  const engine = useStudy(knownEngine);
  const { config, task } = result;
  const { adapters, fetch, problem: missing, none } = useOwnAdapters(result);
  const { picture: held, words, settings: own } = useStore(ownStore);
  const [camera, setStream] = useState<MediaStream | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  // A picture may come from elsewhere on the page, and ends the camera.
  const stream = held === null ? camera : null;
  const still = pictureFor(held, result);
  const unread = still && isUnread(still, config) ? still : null;
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
  // Those about another picture are none about this one. A camera shows the frame after the one that is answered.
  const answers = stream || answering.of === still?.input ? answering.answers : null;
  const offNames = useMemo(() => {
    const layers = layersOf(adapters);
    return layerNames(layers).filter((_, i) => settings.off.has(playerKey(layers[i])));
  }, [adapters, settings.off]);
  const styles = useMemo(() => armStyles(config.arms), [config.arms]);
  const asks = still !== null || stream !== null;
  const awaited = none ? respondents.length : Math.max(respondents.length, config.arms.length + 1);

  // The adapters that come with the page are fetched with the first picture.
  const ready = useFetched(fetch, asks);

  // Another study's answers are no answers of this one.
  const { date } = result.provenance;
  useEffect(() => clear, [date, clear]);

  useEffect(() => {
    if (!unread?.file) return;
    let current = true;
    void decodable(unread.file)
      .then((file) => predictor.ask('read-picture', { config, file }))
      .then((input) => {
        if (current && input.kind === 'square') askAbout({ ...unread, input, key: readingKey(config) });
      })
      .catch((error: unknown) => {
        if (current) setTrouble(errorText(error));
      });
    return () => {
      current = false;
    };
  }, [unread, config, predictor]);

  const canAsk = ready && idle && task.classes.length > 0;
  useEffect(() => {
    if (!still || unread || !canAsk) return;
    const stop = new AbortController();
    void ask(still.input, stop.signal);
    return () => stop.abort();
    // A device that was opened since answers anew.
  }, [still, unread, canAsk, ask, engine]);

  const show = async (file: Blob | Promise<Blob>): Promise<void> => {
    setTrouble(null);
    try {
      await askAboutFile(predictor, config, file);
    } catch (error) {
      setTrouble(errorText(error));
    }
  };
  const showFirst = (files: readonly File[]): void => {
    if (files.length > 0) void show(files[0]);
  };

  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const startCamera = async (): Promise<void> => {
    const isNewest = showNext();
    setTrouble(null);
    try {
      const opened = await openCamera();
      // The panel may be gone when the browser has asked for permission, or show a picture.
      if (!there.current || !isNewest()) return closeCamera(opened);
      setStream(opened);
      askAbout(null);
      clear();
    } catch (error) {
      if (isNewest()) setTrouble(errorText(error));
    }
  };
  const lookAt = useCallback(
    async (frame: PictureInput): Promise<boolean> => (canAsk ? ask(frame) : false),
    [canAsk, ask],
  );

  const images = useTestPictures(result, useSeen(panel));
  const places = keptPlaces(result);
  const showTest = (): void => {
    const place = nextPlace(places);
    const pixels = images?.at(place);
    if (!images || !pixels) return;
    const label = trueClasses(result)?.[place];
    const truth = label === undefined ? null : shown(task.classes[label]);
    showNext();
    setTrouble(null);
    setStream(null);
    askAbout({
      input: { kind: 'square', pixels: pixels.slice(), size: images.size },
      name: () => OWN_WORDS.caption(place + 1, truth),
      file: null,
      truth,
      key: testKey(result),
    });
  };

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    showFirst(filesOf(event.dataTransfer));
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = filesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    showFirst(files);
  };

  return (
    <section
      ref={panel}
      className={css.panel}
      aria-label={PART_WORDS.own}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={onDrop}
      onPaste={onPaste}
    >
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
      <div className={css.sources} role="group" aria-label={OWN_WORDS.sources}>
        <FileTrigger acceptedFileTypes={['image/*']} onSelect={(list) => showFirst(Array.from(list ?? []))}>
          <Button>{OWN_WORDS.choose}</Button>
        </FileTrigger>
        <Button onPress={() => void show(pastedPicture())}>{OWN_WORDS.paste}</Button>
        <span className={css.camera}>
          {stream ? (
            <Button onPress={() => setStream(null)}>{OWN_WORDS.stopCamera}</Button>
          ) : (
            <Button onPress={() => void startCamera()}>{OWN_WORDS.camera}</Button>
          )}
        </span>
        <Button isDisabled={places.length === 0 || images === null} onPress={showTest}>
          {still?.truth === null || still === null ? OWN_WORDS.testPicture : OWN_WORDS.nextTestPicture}
        </Button>
      </div>
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
                <LiveCamera
                  stream={stream}
                  ask={lookAt}
                  onEnd={(why) => {
                    setStream(null);
                    setTrouble(why);
                  }}
                />
              ) : (
                still && <StillPicture still={still} />
              )}
            </figure>
            <div className={css.answers} aria-busy={answers === null || undefined}>
              {answers?.map((answer) => (
                <AnswerCard
                  key={answer.id}
                  answer={answer}
                  style={(answer.arm !== null && styles.get(answer.arm)) || null}
                  truth={stream ? null : (still?.truth ?? null)}
                />
              )) ??
                Array.from({ length: awaited }, (_, i) => (
                  <AwaitedCard key={i} text={idle && i === 0 ? OWN_WORDS.asking : ''} />
                ))}
            </div>
          </div>
          {answers && (
            <div className={charts.foot}>
              <span className={charts.meta}>{OWN_WORDS.meta(answers.length)}</span>
              <span className={charts.downloads}>
                <AriaButton
                  className={charts.download}
                  aria-label={CHARTS_WORDS.download(PART_WORDS.own, 'CSV')}
                  onPress={() =>
                    saveText(
                      ownCsv(stream ? 'camera' : still ? inEnglish(still.name) : '', inFiles(), offNames),
                      'copra-own-picture.csv',
                    )
                  }
                >
                  CSV
                </AriaButton>
              </span>
            </div>
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

/** As the backbone sees it, and as it came. */
function StillPicture({ still: { input, name, file } }: { still: AskedPicture }) {
  const address = useMemo(() => (file ? URL.createObjectURL(file) : null), [file]);
  useEffect(
    () => () => {
      if (address) URL.revokeObjectURL(address);
    },
    [address],
  );
  return (
    <>
      <span className={css.seen}>
        <Pixels pixels={input.pixels} size={input.size} />
        {address && <img className={css.original} src={address} alt="" />}
      </span>
      <figcaption className={css.detail}>{name()}</figcaption>
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
