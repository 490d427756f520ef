import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import { closeCamera, openCamera, takePicture } from './camera.ts';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

const SERIES = 10;
const SERIES_EVERY_MS = 300;

/** The camera preview and its capture buttons. Closing it switches the camera off. */
export function Camera({ target, onPicture }: { target: string; onPicture: (blob: Blob) => void }) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const words = DATASET_WORDS.camera;
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [left, setLeft] = useState(0);
  /** Stopped with the button, to which keyboard focus then returns. */
  const [stopped, setStopped] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onPicture);
  const there = useRef(true);
  useEffect(() => {
    latest.current = onPicture;
  });
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  useEffect(() => {
    if (!stream) return;
    if (video.current) video.current.srcObject = stream;
    const ended = () => {
      setStream(null);
      setProblem(DATASET_WORDS.camera.ended);
    };
    for (const track of stream.getTracks()) track.addEventListener('ended', ended);
    return () => {
      for (const track of stream.getTracks()) track.removeEventListener('ended', ended);
      closeCamera(stream);
    };
  }, [stream]);
  const take = useCallback(async () => {
    const picture = video.current && (await takePicture(video.current));
    if (picture && there.current) latest.current(picture);
  }, []);
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => {
      void take();
      setLeft(left - 1);
    }, SERIES_EVERY_MS);
    return () => clearTimeout(timer);
  }, [left, take]);

  const start = async () => {
    setStarting(true);
    setProblem(null);
    try {
      const opened = await openCamera();
      // may have been closed while the browser asked for permission
      if (there.current) setStream(opened);
      else closeCamera(opened);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setStarting(false);
    }
  };
  const stop = () => {
    setLeft(0);
    setStopped(true);
    setStream(null);
  };
  return (
    <div className={css.stack}>
      {stream ? (
        <div className={css.camera}>
          <video ref={video} className={css.video} autoPlay playsInline muted aria-label={words.view} />
          <div className={css.cameraButtons}>
            <Button autoFocus kind="primary" onPress={() => void take()}>
              {words.take}
            </Button>
            <Button onPress={() => setLeft(left > 0 ? 0 : SERIES)}>
              {left > 0 ? words.stopMany(left) : words.takeMany(SERIES)}
            </Button>
            <Button onPress={stop}>{words.stop}</Button>
          </div>
          <p className={study.note}>
            {words.for} <strong>{target}</strong>
            {words.move}
          </p>
        </div>
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
