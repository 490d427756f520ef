import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { percent } from '../../core/number-format.ts';
import css from './controls.module.css';

interface ShareSliderProps {
  readonly label: string;
  /** In [0, 1]. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

export function ShareSlider({ label, value, min, max, onChange }: ShareSliderProps) {
  return (
    <Slider
      className={css.slider}
      value={value}
      minValue={min}
      maxValue={max}
      step={0.05}
      formatOptions={{ style: 'percent' }}
      onChange={onChange}
    >
      <Label>{label}</Label>
      <SliderOutput className={css.sliderOutput}>{percent(value, 0)}</SliderOutput>
      <SliderTrack className={css.sliderTrack}>
        <SliderThumb className={css.sliderThumb} />
      </SliderTrack>
    </Slider>
  );
}
