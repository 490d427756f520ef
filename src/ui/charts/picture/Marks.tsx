/** Draws the marks of a panel as SVG, in order. */
import type { ReactElement } from 'react';
import { plainColour } from '../colours.ts';
import { dashArray } from '../line-styles.ts';
import type { LabelMark, LevelMark, Mark, Panel } from '../figure.ts';
import { LABEL } from '../looks.ts';
import { Bars } from './Bars.tsx';
import { type DrawnMark, type Place, px } from './drawn-mark.ts';
import { Cells, Contour } from './Fields.tsx';
import { Line, Points } from './Lines.tsx';

function Level({ mark, x, y, theme }: DrawnMark<LevelMark>) {
  const d =
    mark.axis === 'y'
      ? `M${px(x.start)},${px(y.place(mark.at))}h${px(x.length)}`
      : `M${px(x.place(mark.at))},${px(y.start)}v${px(y.length)}`;
  return (
    <path
      d={d}
      stroke={plainColour(theme, mark.colour)}
      strokeWidth={mark.width}
      strokeDasharray={dashArray(mark.dash, mark.width)}
    />
  );
}

/** Width of a character as a share of the font size. */
const CHARACTER = 0.56;

function Label({ mark: { text, shift, ...at }, x, y, theme }: DrawnMark<LabelMark>) {
  if (shift)
    return (
      <text
        x={px(x.place(at.x) + shift[0])}
        y={px(y.place(at.y) + shift[1] + 4)}
        textAnchor="middle"
        fontSize={LABEL.size}
        fill={theme.colour('--ink-2')}
        stroke={theme.colour('--surface')}
        strokeWidth={LABEL.halo}
        strokeLinejoin="round"
        paintOrder="stroke"
      >
        {text}
      </text>
    );
  const [middle, centre] = [x.place(at.x), y.place(at.y) + LABEL.drop];
  const [width, height] = [text.length * CHARACTER * LABEL.size + 4, LABEL.size * 1.4];
  return (
    <>
      <path
        fill={LABEL.ground}
        fillOpacity={LABEL.opacity}
        d={`M${px(middle - width / 2)},${px(centre - height / 2)}h${px(width)}v${px(height)}h${px(-width)}z`}
      />
      <text x={px(middle)} y={px(centre + 4)} textAnchor="middle" fontSize={LABEL.size} fill={LABEL.ink}>
        {text}
      </text>
    </>
  );
}

function drawn(mark: Mark, place: Place): ReactElement {
  switch (mark.kind) {
    case 'line':
      return <Line mark={mark} {...place} />;
    case 'points':
      return <Points mark={mark} {...place} />;
    case 'bars':
      return <Bars mark={mark} {...place} />;
    case 'cells':
      return <Cells mark={mark} {...place} />;
    case 'contour':
      return <Contour mark={mark} {...place} />;
    case 'level':
      return <Level mark={mark} {...place} />;
    case 'label':
      return <Label mark={mark} {...place} />;
  }
}

export const Marks = ({ panel, ...place }: { panel: Panel } & Place) =>
  panel.marks.map((mark, i) => <g key={i}>{drawn(mark, place)}</g>);
