import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { closeCamera } from './camera.ts';

/** Shows what a camera sees in a video. Taking that off the page switches the camera off. @param onEnd hears that it ended by itself */
export function useCameraView(stream: MediaStream, onEnd: () => void): RefObject<HTMLVideoElement | null> {
  const video = useRef<HTMLVideoElement>(null);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
    const ended = (): void => end();
    for (const track of stream.getTracks()) track.addEventListener('ended', ended);
    return () => {
      for (const track of stream.getTracks()) track.removeEventListener('ended', ended);
      closeCamera(stream);
    };
  }, [stream]);
  return video;
}
