/** Picture of a tower: frozen blocks, input at the bottom, and an adapter beside each (as in the paper's figure 1). */
import css from './strategy.module.css';

const BLOCK = 14;
const GAP = 8;
/** Space for the arrow above the last layer, and for the input below the first. */
const HEAD = 14;
const FOOT = 5;
const WIDTH = 108;

interface ModelPictureProps {
  /** [layers], input first: 1 where the adapter is active; null while nothing is recorded. */
  readonly gates: Uint8Array | null;
  readonly colour: string;
}

/** Number of layers shown before the study has a model. */
export const DEFAULT_LAYERS = 12;

export function ModelPicture({ gates, colour }: ModelPictureProps) {
  const layers = gates?.length ?? DEFAULT_LAYERS;
  const pitch = BLOCK + GAP;
  const height = HEAD + layers * pitch + FOOT;
  return (
    <svg className={css.picture} viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height} aria-hidden="true">
      <path className={css.stream} d={`M38 ${height} V2 M34 7 L38 2 L42 7`} />
      {Array.from({ length: layers }, (_, layer) => {
        const top = HEAD + (layers - 1 - layer) * pitch;
        const active = gates !== null && gates[layer] === 1;
        return (
          <g key={layer}>
            <path
              className={css.branch}
              data-active={active || undefined}
              d={`M38 ${top + BLOCK + 2} H84 V${top - 2} H38`}
            />
            <rect className={css.block} x="14" y={top} width="48" height={BLOCK} rx="3" />
            <rect
              className={css.adapter}
              x="75"
              y={top + 1}
              width="18"
              height={BLOCK - 2}
              rx="2.5"
              style={active ? { fill: colour } : undefined}
            />
            <text className={css.number} x="38" y={top + BLOCK - 3.6}>
              {layer + 1}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
