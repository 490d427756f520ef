/** Try your own: a picture of the reader's, and what the backbone, every arm and a merge say about it. */
import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { Button as AriaButton, FileTrigger } from 'react-aria-components';
import { counted } from '../../../core/counted.ts';
import { errorText } from '../../../core/error-text.ts';
import { layerNames } from '../../../core/layer-names.ts';
import { latestOnly } from '../../../platform/latest-only.ts';
import { ownCsv } from '../../../share/csv/own-csv.ts';
import { spokenAnswers } from '../../../state/own/answers.ts';
import { layersOf, respondentsOf, seedsOf, type OwnSettings } from '../../../state/own/respondents.ts';
import { playerKey } from '../../../state/summary/prune-by-hand.ts';
import { keptPlaces, trueClasses } from '../../../study/predictions/answers.ts';
import type { PictureInput } from '../../../study/predictions/question.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import { useServices, useStudy } from '../../context.ts';
import charts from '../../charts/charts.module.css';
import { saveText } from '../../charts/download.ts';
import { Button } from '../../controls/Button.tsx';
import { ErrorText } from '../../controls/ErrorText.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { closeCamera, openCamera } from '../../dataset/camera.ts';
import shared from '../../shared.module.css';
import { InsideFold } from '../inside/InsideFold.tsx';
import { Pixels } from '../pictures/Pixels.tsx';
import { useTestPictures } from '../pictures/use-test-pictures.ts';
import { useSeen } from '../../use-seen.ts';
import { AdapterControls } from './AdapterControls.tsx';
import { AnswerCard, AwaitedCard } from './AnswerCard.tsx';
import { LiveCamera } from './LiveCamera.tsx';
import css from './own.module.css';
import { decodable, pastedPicture } from './picture-source.ts';
import { useAnswers } from './use-answers.ts';
import { useOwnAdapters } from './use-own-adapters.ts';
import { useSetting } from './use-setting.ts';
import { Words } from './Words.tsx';

const TITLE = 'Try your own';

/** A screen reader hears the winners at most so often, in milliseconds. */
const SPOKEN_EVERY_MS = 3000;

/** The picture that is asked about. */
interface Still {
  readonly input: PictureInput & { readonly kind: 'square' };
  readonly caption: string;
  /** Its file, as it is. */
  readonly file: Blob | null;
  readonly truth: string | null;
}

const START: Omit<OwnSettings, 'seeds'> = { lambda: 0, averaging: 'factors', off: new Set(), ticked: new Set() };

const filesOf = ({ files }: DataTransfer): File[] => Array.from(files);

export function OwnPanel({ result }: { result: StudyResult }) {
  const panel = useRef<HTMLElement>(null);
  const { predictor } = useServices();
  const idle = useStudy((state) => state.status === 'idle');
  const engine = useStudy((state) => state.engine);
  const { config, task } = result;
  const { adapters, fetch, problem: missing, none } = useOwnAdapters(result);
  const [own, setOwn] = useState<Partial<OwnSettings>>({});
  const [words, setWords] = useState<readonly string[]>([]);
  const [still, setStill] = useState<Still | null>(null);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const settings = useMemo((): OwnSettings => {
    const seeds = seedsOf(adapters);
    const [first = 0, second = first] = seeds;
    const chosen = own.seeds?.every((seed) => seeds.includes(seed)) ? own.seeds : null;
    return { ...START, ...own, seeds: chosen ?? [first, second] };
  }, [adapters, own]);
  const respondents = useMemo(() => respondentsOf(config.arms, adapters, settings), [config.arms, adapters, settings]);
  const setting = useSetting(result, adapters);
  const { answers, unknown, problem, ask, clear } = useAnswers({ setting, respondents, words });
  const offNames = useMemo(() => {
    const layers = layersOf(adapters);
    return layerNames(layers).filter((_, i) => settings.off.has(playerKey(layers[i])));
  }, [adapters, settings.off]);
  const styles = useMemo(() => armStyles(config.arms), [config.arms]);
  const asks = still !== null || stream !== null;
  const awaited = none ? respondents.length : Math.max(respondents.length, config.arms.length + 1);

  // The adapters that come with the page are fetched with the first picture.
  useEffect(() => {
    if (!asks) return;
    let current = true;
    void fetch().then(() => {
      if (current) setReady(true);
    });
    return () => {
      current = false;
      setReady(false);
    };
  }, [asks, fetch]);

  // Another study's answers are no answers of this one.
  const { date } = result.provenance;
  useEffect(() => clear, [date, clear]);

  const canAsk = ready && idle && task.classes.length > 0;
  useEffect(() => {
    if (!still || !canAsk) return;
    const stop = new AbortController();
    void ask(still.input, stop.signal);
    return () => stop.abort();
    // A device that was opened since answers anew.
  }, [still, canAsk, ask, engine]);

  const show = async (file: Blob | Promise<Blob>, name: string): Promise<void> => {
    setTrouble(null);
    try {
      const picture = await predictor.readPicture(config, await decodable(await file));
      if (picture.kind !== 'square') return;
      setStream(null);
      setStill({ input: picture, caption: name, file: await file, truth: null });
    } catch (error) {
      setTrouble(errorText(error));
    }
  };
  const showFirst = (files: readonly File[]): void => {
    if (files.length > 0) void show(files[0], files[0].name || 'The pasted picture');
  };

  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const startCamera = async (): Promise<void> => {
    setTrouble(null);
    try {
      const opened = await openCamera();
      // The panel may be gone when the browser has asked for permission.
      if (!there.current) return closeCamera(opened);
      setStream(opened);
      setStill(null);
    } catch (error) {
      setTrouble(errorText(error));
    }
  };
  const lookAt = useCallback(
    async (frame: PictureInput): Promise<boolean> => (canAsk ? ask(frame) : false),
    [canAsk, ask],
  );

  const images = useTestPictures(result, useSeen(panel));
  const places = keptPlaces(result);
  const turn = useRef(0);
  const showTest = (): void => {
    const place = places[turn.current++ % places.length];
    const pixels = images?.at(place);
    if (!images || !pixels) return;
    const label = trueClasses(result)?.[place];
    const truth = label === undefined ? null : task.classes[label];
    setTrouble(null);
    setStream(null);
    setStill({
      input: { kind: 'square', pixels: pixels.slice(), size: images.size },
      caption: `Test picture ${place + 1}${truth === null ? '' : `: ${truth}`}`,
      file: null,
      truth,
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
      aria-label={TITLE}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={onDrop}
      onPaste={onPaste}
    >
      <div className={css.head}>
        <h3 className={css.title}>
          {TITLE}
          <InfoTip about={`how to read: ${TITLE}`}>
            <p>
              A picture of yours, one of the test pictures, or what your camera sees: the backbone and every arm say
              what it is. Nothing leaves this device. The backbone sees the picture as small as it is drawn here.
            </p>
            <p>
              λ walks from the adapter of one seed to that of another. A layer that is off is the frozen backbone’s.
              Both act on all adapters at once, and on the next answer.
            </p>
          </InfoTip>
        </h3>
      </div>
      <p className={css.reading}>
        <strong>Show it a picture, and see what the backbone and every arm take it for.</strong> Drop or paste one here,
        choose a file, or use the camera.
      </p>
      <div className={css.sources} role="group" aria-label="Where the picture comes from">
        <FileTrigger acceptedFileTypes={['image/*']} onSelect={(list) => showFirst(Array.from(list ?? []))}>
          <Button>Choose a picture</Button>
        </FileTrigger>
        <Button onPress={() => void show(pastedPicture(), 'The pasted picture')}>Paste</Button>
        <span className={css.camera}>
          {stream ? (
            <Button onPress={() => setStream(null)}>Stop camera</Button>
          ) : (
            <Button onPress={() => void startCamera()}>Camera</Button>
          )}
        </span>
        <Button isDisabled={places.length === 0 || images === null} onPress={showTest}>
          {still?.truth === null || still === null ? 'A test picture' : 'Another test picture'}
        </Button>
      </div>
      {[trouble, problem, missing].map((text) => text && <ErrorText key={text}>{text}</ErrorText>)}
      {asks && (
        <>
          {!idle && (
            <p className={css.note} role="status">
              A study is running: your picture is asked about when it has ended.
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
                  <AwaitedCard key={i} text={idle && i === 0 ? 'Asking …' : ''} />
                ))}
            </div>
          </div>
          {answers && (
            <div className={charts.foot}>
              <span className={charts.meta}>one picture, {counted(answers.length, 'answer')}</span>
              <span className={charts.downloads}>
                <AriaButton
                  className={charts.download}
                  aria-label={`${TITLE}: download CSV`}
                  onPress={() =>
                    saveText(
                      ownCsv(stream ? 'camera' : (still?.caption ?? ''), answers, offNames),
                      'copra-own-picture.csv',
                    )
                  }
                >
                  CSV
                </AriaButton>
              </span>
            </div>
          )}
          {none && (
            <p className={css.note}>
              Only the backbone answers: links and most saved results carry no adapters. Run the study here, or open its
              study file.
            </p>
          )}
          {adapters.length > 0 && (
            <AdapterControls
              {...{ adapters, settings }}
              onChange={(change) => setOwn((before) => ({ ...before, ...change }))}
            />
          )}
          {still && canAsk && (
            <InsideFold
              {...{ respondents, setting }}
              picture={still.input}
              caption={still.caption}
              arms={config.arms}
            />
          )}
          {task.zeroShot !== null && <Words classes={task.classes} {...{ words, unknown }} onChange={setWords} />}
          <Spoken text={answers ? spokenAnswers(answers) : ''} />
        </>
      )}
    </section>
  );
}

/** As the backbone sees it, and as it came. */
function StillPicture({ still: { input, caption, file } }: { still: Still }) {
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
      <figcaption className={css.detail}>{caption}</figcaption>
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
