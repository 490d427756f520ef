/** The cells with pictures as buttons over the drawn matrix. Tab reaches one of them, arrow keys move to the next one in their direction. */
import { useRef, useState, type KeyboardEvent } from 'react';
import type { BuildFigure } from '../../charts/figure.ts';
import { scalesOf } from '../../charts/scales/scales.ts';
import css from './confusion.module.css';

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
  const group = useRef<HTMLDivElement>(null);
  const [wanted, setAt] = useState(0);
  const at = Math.min(wanted, cells.length - 1);
  const [scales] = scalesOf(build(width), width, height);
  const size = { width: scales.x.length / classes, height: scales.y.length / classes };
  const onKeyDown = (event: KeyboardEvent): void => {
    const ahead = AHEAD[event.key];
    if (!ahead) return;
    event.preventDefault();
    const steps = cells.map((cell) => ahead(cells[at], cell) ?? Infinity);
    const nearest = Math.min(...steps);
    if (!Number.isFinite(nearest)) return;
    const next = steps.indexOf(nearest);
    setAt(next);
    group.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      ref={group}
      role="group"
      aria-label="Cells; each shows its pictures"
      className={css.cells}
      onKeyDown={onKeyDown}
    >
      {cells.map((cell, i) => (
        <button
          key={`${cell.row} ${cell.column}`}
          type="button"
          className={css.cell}
          aria-label={cell.reading}
          title={cell.reading}
          tabIndex={i === at ? 0 : -1}
          onFocus={() => setAt(i)}
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
