/** Two adapters and their interpolation: each layer takes a share λ from the second. */
import { STRATEGY_WORDS } from './messages.ts';
import css from './strategy.module.css';

/** Number of bars representing the layers' adapters. */
const CELLS = 6;
const CELL = 9;
const GAP = 3;
const WIDTH = 148;
const COLUMN = 34;

interface MergePictureProps {
  /** λ */
  readonly share: number;
  readonly colour: string;
  readonly seeds: readonly [number, number];
}

export function MergePicture({ share, colour, seeds }: MergePictureProps) {
  const height = CELLS * (CELL + GAP) + 16;
  const middle = (WIDTH - COLUMN) / 2;
  const right = WIDTH - COLUMN;
  const centre = (CELLS * (CELL + GAP)) / 2;
  return (
    <svg className={css.picture} viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height} aria-hidden="true">
      {Array.from({ length: CELLS }, (_, layer) => {
        const y = layer * (CELL + GAP);
        return (
          <g key={layer}>
            <rect x="0" y={y} width={COLUMN} height={CELL} rx="2" style={{ fill: colour }} />
            <rect x={right} y={y} width={COLUMN} height={CELL} rx="2" className={css.second} style={{ fill: colour }} />
            <rect x={middle} y={y} width={COLUMN * (1 - share)} height={CELL} style={{ fill: colour }} />
            <rect
              x={middle + COLUMN * (1 - share)}
              y={y}
              width={COLUMN * share}
              height={CELL}
              className={css.second}
              style={{ fill: colour }}
            />
          </g>
        );
      })}
      <path className={css.stream} d={`M${COLUMN + 5} ${centre} H${middle - 5} m-4 -3.5 l4 3.5 l-4 3.5`} />
      <path className={css.stream} d={`M${right - 5} ${centre} H${middle + COLUMN + 5} m4 -3.5 l-4 3.5 l4 3.5`} />
      <text className={css.tick} x={COLUMN / 2} y={height - 3}>
        {STRATEGY_WORDS.seed(seeds[0])}
      </text>
      <text className={css.tick} x={middle + COLUMN / 2} y={height - 3}>
        {STRATEGY_WORDS.merging.merged}
      </text>
      <text className={css.tick} x={right + COLUMN / 2} y={height - 3}>
        {STRATEGY_WORDS.seed(seeds[1])}
      </text>
    </svg>
  );
}
