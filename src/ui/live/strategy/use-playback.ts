/** A step that follows the newest one until the reader moves or plays it. */
import { useEffect, useRef, useState } from 'react';
import { useMedia } from '../../use-media.ts';

export const SPEEDS = [
  { id: 'slow', name: '½×' },
  { id: 'normal', name: '1×' },
  { id: 'fast', name: '4×' },
] as const;
export type Speed = (typeof SPEEDS)[number]['id'];

/** Seconds to play the whole training. */
const SECONDS: Readonly<Record<Speed, number>> = { slow: 40, normal: 20, fast: 5 };

/** With reduced motion, playback shows this many stills over the training, each for the time below. */
const STILLS = 20;
const STILL_MS: Readonly<Record<Speed, number>> = { slow: 4000, normal: 2000, fast: 1000 };

/** Where the reader has stopped, or plays from: a step, and the part of it that has passed. */
interface Place {
  readonly at: number;
  readonly plays: boolean;
}

export interface Playback {
  /** Step shown, from 0. */
  readonly step: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly setSpeed: (speed: Speed) => void;
  /** Goes to a step and stays there; seeking to the last step follows new ones again. */
  readonly seek: (step: number) => void;
  /** Plays from the current step, or from the start when at the end; or pauses. */
  readonly toggle: () => void;
}

/** @param done number of steps so far; grows while a study runs */
export function usePlayback(done: number): Playback {
  const last = Math.max(0, done - 1);
  /** Null: it follows the newest step. */
  const [place, setPlace] = useState<Place | null>(null);
  const [speed, setSpeed] = useState<Speed>('normal');
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  const playing = place?.plays ?? false;
  const step = place === null ? last : Math.min(Math.floor(place.at), last);

  // Steps that come while it plays must not begin a still's time anew.
  const newest = useRef(last);
  useEffect(() => {
    newest.current = last;
  }, [last]);

  useEffect(() => {
    if (!playing) return;
    /** @param by how far, of a training with that many steps */
    const advance = (by: (steps: number) => number): void =>
      setPlace((now) => {
        if (!now?.plays) return now;
        const at = now.at + by(newest.current);
        return at < newest.current ? { at, plays: true } : null;
      });
    if (calm) {
      const timer = setInterval(() => advance((of) => Math.max(1, of / STILLS)), STILL_MS[speed]);
      return () => clearInterval(timer);
    }
    let before = performance.now();
    let frame = requestAnimationFrame(function draw(now) {
      const seconds = (now - before) / 1000;
      advance((of) => seconds * (of / SECONDS[speed]));
      before = now;
      frame = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, calm, speed]);

  return {
    step,
    playing,
    speed,
    setSpeed,
    seek: (to) => setPlace(to >= last ? null : { at: to, plays: false }),
    toggle: () => setPlace((now) => ({ at: now?.at ?? 0, plays: !now?.plays })),
  };
}
