/** Bars with error bars and numbers, solid or hatched. */
import { useId } from 'react';
import { plainColour } from '../colours.ts';
import type { BarSeries, BarsMark } from '../figure.ts';
import { HATCH } from '../looks.ts';
import { barsOf, holdsTexts, type Bar, type Box } from './bars.ts';
import { Errors } from './Errors.tsx';
import { type DrawnMark, px } from './drawn-mark.ts';

/** Distance between the start of a bar and its text; and from the middle of a line of text to its baseline, as a share of the font size. */
const TEXT_PAD = 3;
const HALF_TYPE = 0.35;

const boxPath = ({ x, y, width, height }: Box): string =>
  `M${px(x)},${px(y)}h${px(width)}v${px(height)}h${px(-width)}z`;

/** Strokes across a tile and over its corners, so that tiles join. */
const { distance } = HATCH;
const HATCH_LINES = `M0,${distance}L${distance},0M-1,1L1,-1M${distance - 1},${distance + 1}L${distance + 1},${distance - 1}`;

/** Solid bars as one path. */
function Full({ bars, colour, edge }: { bars: readonly Bar[]; colour: string; edge: string | undefined }) {
  return <path fill={colour} stroke={edge} d={bars.map(({ box }) => boxPath(box)).join('')} />;
}

function Hatched({ bars, colour }: { bars: readonly Bar[]; colour: string }) {
  const id = useId();
  const d = bars.map(({ box }) => boxPath(box)).join('');
  return (
    <>
      <pattern id={id} width={distance} height={distance} patternUnits="userSpaceOnUse">
        <path d={HATCH_LINES} stroke={colour} />
      </pattern>
      <path fill={colour} fillOpacity={HATCH.opacity} d={d} />
      <path fill={`url(#${id})`} stroke={colour} strokeWidth={HATCH.edge} d={d} />
    </>
  );
}

function Texts({ bars, texts, colour }: { bars: readonly Bar[]; texts: BarSeries['texts'] & {}; colour: string }) {
  return (
    <g fontSize={texts.size} fill={colour}>
      {bars.map(({ box, index }) => (
        <text key={index} x={px(box.x + TEXT_PAD)} y={px(box.y + box.height / 2 + HALF_TYPE * texts.size)}>
          {texts.of[index]}
        </text>
      ))}
    </g>
  );
}

export function Bars({ mark, x, y, theme }: DrawnMark<BarsMark>) {
  const { lying = false, stacked = false, series } = mark;
  const [names, values] = lying ? [y, x] : [x, y];
  const ground = theme.colour('--surface');
  return barsOf(mark, names, values).map((bars, s) => {
    const { colour, hatched, errors, texts } = series[s];
    const fill = plainColour(theme, colour);
    const reach = ({ index }: Bar): number => Math.abs(values.place(errors?.[index] ?? 0) - values.place(0));
    return (
      <g key={s}>
        {hatched ? (
          <Hatched bars={bars} colour={fill} />
        ) : (
          <Full bars={bars} colour={fill} edge={stacked ? ground : undefined} />
        )}
        {errors && (
          <Errors
            lying={lying}
            colour={theme.colour('--ink-2')}
            bars={bars.map((bar) => ({
              at: lying ? [bar.end, bar.middle] : [bar.middle, bar.end],
              from: bar.end - reach(bar),
              to: bar.end + reach(bar),
            }))}
          />
        )}
        {texts && holdsTexts(mark, names, texts.size) && <Texts bars={bars} texts={texts} colour={ground} />}
      </g>
    );
  });
}
