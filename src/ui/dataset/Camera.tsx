/** The camera that takes pictures of one's own. Closing it switches the camera off. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { errorText } from '../../core/error-text.ts';
import { Button } from '../controls/Button.tsx';
import { ErrorText } from '../controls/ErrorText.tsx';
import study from '../study/study.module.css';
import { closeCamera, openCamera, takePicture } from './camera.ts';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { useCameraView } from './use-camera-view.ts';

const SERIES = 10;
const SERIES_EVERY_MS = 300;

interface CameraProps {
  /** Name of the class that gets the pictures. */
  readonly target: string;
  readonly onPicture: (blob: Blob) => void;
}

interface ViewfinderProps extends CameraProps {
  readonly stream: MediaStream;
  /** @param isStopped by its button; false: the camera ended by itself */
  readonly onEnd: (isStopped: boolean) => void;
}

/** What an open camera sees, and the buttons that take pictures of it. */
function Viewfinder({ stream, target, onPicture, onEnd }: ViewfinderProps) {
  const words = DATASET_WORDS.camera;
  const video = useCameraView(stream, () => onEnd(false));
  /** Pictures of a series that are to come. */
  const [left, setLeft] = useState(0);
  const take = async (): Promise<void> => {
    const picture = video.current && (await takePicture(video.current));
    if (picture) onPicture(picture);
  };
  const takeNext = useEffectEvent(() => {
    void take();
    setLeft(left - 1);
  });
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => takeNext(), SERIES_EVERY_MS);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <div className={css.camera}>
      <video ref={video} className={css.video} autoPlay playsInline muted aria-label={words.view} />
      <div className={css.cameraButtons}>
        <Button autoFocus kind="primary" onPress={() => void take()}>
          {words.take}
        </Button>
        <Button onPress={() => setLeft(left > 0 ? 0 : SERIES)}>
          {left > 0 ? words.stopMany(left) : words.takeMany(SERIES)}
        </Button>
        <Button onPress={() => onEnd(true)}>{words.stop}</Button>
      </div>
      <p className={study.note}>
        {words.for} <strong>{target}</strong>
        {words.move}
      </p>
    </div>
  );
}

export function Camera({ target, onPicture }: CameraProps) {
  const words = DATASET_WORDS.camera;
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  /** Stopped with its button, from which keyboard focus returns to the other. */
  const [stopped, setStopped] = useState(false);
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const start = async (): Promise<void> => {
    setStarting(true);
    setProblem(null);
    try {
      const opened = await openCamera();
      // may have been closed while the browser asked for permission
      if (there.current) setStream(opened);
      else closeCamera(opened);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setStarting(false);
    }
  };
  const end = (isStopped: boolean): void => {
    setStream(null);
    setStopped(isStopped);
    setProblem(isStopped ? null : words.ended);
  };
  return (
    <div className={css.stack}>
      {stream ? (
        <Viewfinder {...{ stream, target, onPicture }} onEnd={end} />
      ) : (
        <p>
          <Button autoFocus={stopped} isDisabled={starting} onPress={() => void start()}>
            {starting ? words.waiting : words.start}
          </Button>
        </p>
      )}
      {problem && <ErrorText>{problem}</ErrorText>}
    </div>
  );
}
