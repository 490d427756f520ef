/** The cells with pictures as buttons over the drawn matrix. Tab reaches one of them, arrow keys move to the next one in their direction. */
import type { BuildFigure } from '../../charts/figure.ts';
import { scalesOf } from '../../charts/scales/scales.ts';
import { useRovingFocus } from '../../controls/use-roving-focus.ts';
import css from './confusion.module.css';
import { CONFUSION_WORDS } from './messages.ts';

export interface CellButton {
  /** Places in the matrix as it is shown. */
  readonly row: number;
  readonly column: number;
  readonly reading: string;
}

interface CellButtonsProps {
  readonly build: BuildFigure;
  readonly width: number;
  readonly height: number;
  readonly classes: number;
  readonly cells: readonly CellButton[];
  readonly onPress: (cell: CellButton) => void;
}

type Place = Pick<CellButton, 'row' | 'column'>;

/** How far a cell lies in the direction of a key from another; null where it lies elsewhere. */
const AHEAD: Readonly<Record<string, (from: Place, to: Place) => number | null>> = {
  ArrowRight: (from, to) => (to.row === from.row && to.column > from.column ? to.column - from.column : null),
  ArrowLeft: (from, to) => (to.row === from.row && to.column < from.column ? from.column - to.column : null),
  ArrowDown: (from, to) => (to.column === from.column && to.row > from.row ? to.row - from.row : null),
  ArrowUp: (from, to) => (to.column === from.column && to.row < from.row ? from.row - to.row : null),
};

export function CellButtons({ build, width, height, classes, cells, onPress }: CellButtonsProps) {
  const focus = useRovingFocus(cells.length, (key, from) => {
    const ahead = AHEAD[key];
    if (!ahead) return undefined;
    const steps = cells.map((cell) => ahead(cells[from], cell) ?? Infinity);
    const nearest = Math.min(...steps);
    return Number.isFinite(nearest) ? steps.indexOf(nearest) : null;
  });
  const [scales] = scalesOf(build(width), width, height);
  const size = { width: scales.x.length / classes, height: scales.y.length / classes };
  return (
    <div role="group" aria-label={CONFUSION_WORDS.cells} className={css.cells} onKeyDown={focus.onKeyDown}>
      {cells.map((cell, i) => (
        <button
          key={`${cell.row} ${cell.column}`}
          type="button"
          className={css.cell}
          aria-label={cell.reading}
          title={cell.reading}
          tabIndex={focus.isStop(i) ? 0 : -1}
          onFocus={() => focus.onFocus(i)}
          onClick={() => onPress(cell)}
          style={{
            left: scales.x.place(cell.column) - size.width / 2,
            top: scales.y.place(cell.row) - size.height / 2,
            ...size,
          }}
        />
      ))}
    </div>
  );
}
