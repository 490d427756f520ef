/** λ as a slider below the chart, as long as its axis, with a button that lets it run from one seed to the other. */
import { useEffect, useRef, useState } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import type { BuildFigure } from '../../../charts/figure.ts';
import { scalesOf } from '../../../charts/scales/scales.ts';
import { IconButton } from '../../../controls/Button.tsx';
import { PauseIcon, PlayIcon } from '../../../controls/icons.tsx';
import { PATH_PICTURES_WORDS } from './messages.ts';
import css from './path.module.css';

/** Of every point while it plays. */
const STAY_MS = 450;

interface PathSliderProps {
  /** The chart, and its size in pixels. */
  readonly build: BuildFigure;
  readonly width: number;
  readonly height: number;
  readonly lambdas: readonly number[];
  /** Index of the point shown. */
  readonly at: number;
  /** @param isPassing while it plays, and goes on from there */
  readonly onChange: (at: number, isPassing: boolean) => void;
}

export function PathSlider({ build, width, height, lambdas, at, onChange }: PathSliderProps) {
  const [plays, setPlays] = useState(false);
  const last = lambdas.length - 1;
  const [{ x }] = scalesOf(build(width), width, height);
  // A result that arrives while it plays must not begin the time of a point anew.
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (!plays) return;
    const timer = setTimeout(() => (at < last ? latest.current(at + 1, at + 1 < last) : setPlays(false)), STAY_MS);
    return () => clearTimeout(timer);
  }, [plays, at, last]);
  return (
    <div className={css.path}>
      <Slider
        className={css.slider}
        style={{ paddingLeft: x.start, paddingRight: width - x.start - x.length }}
        value={at / last}
        minValue={0}
        maxValue={1}
        step={1 / last}
        formatOptions={{ maximumFractionDigits: 2 }}
        onChange={(value) => {
          setPlays(false);
          onChange(Math.round(value * last), false);
        }}
      >
        <Label>λ</Label>
        <SliderOutput className={css.output} />
        <SliderTrack className={css.track}>
          <SliderThumb className={css.thumb} />
        </SliderTrack>
      </Slider>
      <IconButton
        name={plays ? PATH_PICTURES_WORDS.pause : PATH_PICTURES_WORDS.play}
        onPress={() => {
          if (plays) onChange(at, false);
          else if (at === last) onChange(0, true);
          setPlays(!plays);
        }}
      >
        {plays ? <PauseIcon /> : <PlayIcon />}
      </IconButton>
    </div>
  );
}
