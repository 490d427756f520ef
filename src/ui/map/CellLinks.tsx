/** The cells of a map as links that lie over the drawn chart. Tab reaches one of them, arrow keys move to the others. */
import { Tooltip, TooltipTrigger, Link } from 'react-aria-components';
import type { MapCell } from '../../study/map/cells.ts';
import controls from '../controls/controls.module.css';
import type { BuildFigure } from '../charts/figure.ts';
import { scalesOf } from '../charts/scales/scales.ts';
import { chooseOnClick, chooseOnEnter } from '../controls/link-choice.ts';
import { useRovingFocus } from '../controls/use-roving-focus.ts';
import css from './map.module.css';
import { MAP_WORDS } from './messages.ts';

export interface CellLink {
  readonly cell: MapCell;
  readonly href: string;
  readonly reading: string;
  /** Its settings are those of the page. */
  readonly isChosen: boolean;
  /** Its study runs. */
  readonly isUnderWay: boolean;
}

interface CellLinksProps {
  readonly build: BuildFigure;
  readonly width: number;
  readonly height: number;
  /** Row by row, from the lowest values to the highest. */
  readonly links: readonly CellLink[];
  readonly columns: number;
  readonly onChoose: (cell: MapCell) => void;
}

/** What each key adds to row and column. Rows rise upwards. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

export function CellLinks({ build, width, height, links, columns, onChoose }: CellLinksProps) {
  const [scales] = scalesOf(build(width), width, height);
  const rows = links.length / columns;
  const size = { width: scales.x.length / columns, height: scales.y.length / rows };
  const focus = useRovingFocus(links.length, (key, from) => {
    const step = STEPS[key];
    if (!step) return undefined;
    const [row, column] = [Math.floor(from / columns) + step[0], (from % columns) + step[1]];
    return row < 0 || row >= rows || column < 0 || column >= columns ? null : row * columns + column;
  });
  return (
    <div
      role="group"
      aria-label={MAP_WORDS.cells}
      className={css.cells}
      onKeyDownCapture={chooseOnEnter((i) => onChoose(links[i].cell))}
      onKeyDown={focus.onKeyDown}
    >
      {links.map(({ cell, href, reading, isChosen, isUnderWay }, i) => (
        <TooltipTrigger key={i} delay={150} closeDelay={0}>
          <Link
            href={href}
            className={css.cell}
            aria-label={reading}
            aria-current={isChosen || undefined}
            data-under-way={isUnderWay || undefined}
            // Tab stops at one cell only.
            {...{ excludeFromTabOrder: !focus.isStop(i) }}
            onFocus={() => focus.onFocus(i)}
            style={{
              left: scales.x.place(i % columns) - size.width / 2,
              top: scales.y.place(Math.floor(i / columns)) - size.height / 2,
              ...size,
            }}
            onClick={chooseOnClick(() => onChoose(cell))}
          />
          <Tooltip className={controls.tooltip} offset={4}>
            {reading}
          </Tooltip>
        </TooltipTrigger>
      ))}
    </div>
  );
}
