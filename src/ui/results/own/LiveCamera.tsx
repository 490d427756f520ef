/** What the camera sees, frame after frame: the next one is taken when the last is answered. */
import { useEffect, useEffectEvent, useState } from 'react';
import { pause } from '../../../platform/pause.ts';
import { frameRate } from '../../../state/own/frame-rate.ts';
import type { PictureInput } from '../../../study/predictions/question.ts';
import { useCameraView } from '../../dataset/use-camera-view.ts';
import { fixed } from '../../format.ts';
import { OWN_WORDS } from './messages.ts';
import css from './own.module.css';
import { frameTaker } from './picture-source.ts';

interface LiveCameraProps {
  readonly stream: MediaStream;
  /** Resolves to whether the frame was answered. */
  readonly ask: (frame: PictureInput) => Promise<boolean>;
  readonly onEnd: (problem: string | null) => void;
}

/** Pause after a frame that was not answered, in milliseconds. */
const PAUSE_MS = 150;

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Taking it off the page switches the camera off. */
export function LiveCamera({ stream, ask, onEnd }: LiveCameraProps) {
  const video = useCameraView(stream, () => onEnd(OWN_WORDS.cameraEnded));
  const [rate, setRate] = useState<number | null>(null);
  const askAbout = useEffectEvent(ask);
  useEffect(() => {
    const shown = video.current;
    if (!shown) return;
    let going = true;
    const take = frameTaker();
    const answered = frameRate();
    const look = async (): Promise<void> => {
      while (going) {
        await nextFrame(); // None comes while the page is hidden.
        const frame = going ? take(shown) : null;
        if (!frame) continue;
        if (await askAbout(frame)) setRate(answered(performance.now()));
        else await pause(PAUSE_MS);
      }
    };
    void look();
    return () => {
      going = false;
    };
  }, [stream, video]);
  return (
    <>
      <video ref={video} className={css.video} autoPlay playsInline muted aria-label={OWN_WORDS.seen} />
      <p className={css.rate}>{rate === null ? OWN_WORDS.looking : OWN_WORDS.rate(fixed(rate, 0))}</p>
    </>
  );
}
