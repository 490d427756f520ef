/** Which tile the matrix product uses: a short table, found by measuring (docs/performance.md). */

/** A workgroup computes threadRows · rows × threadCols · 4 values: every thread `rows` rows of four columns. */
export interface Tile {
  /**
   * `staged`: tiles of both operands go through workgroup memory. Software adapters do better without, because a barrier costs more than it
   * saves: `lanes` loads a value of x per lane of a subgroup and passes it around, so that x is loaded once per subgroup; `direct` is for those
   * without subgroups.
   */
  readonly memory: 'staged' | 'lanes' | 'direct';
  readonly rows: number;
  readonly threadRows: number;
  readonly threadCols: number;
}

const staged = (rows: number): Tile => ({ memory: 'staged', rows, threadRows: 8, threadCols: 16 });
const DIRECT: Tile = { memory: 'direct', rows: 8, threadRows: 4, threadCols: 16 };
const lanes = (subgroup: number): Tile => ({ memory: 'lanes', rows: 16, threadRows: 1, threadCols: subgroup });

/** Below this many workgroups a GPU has idle cores, so that smaller tiles win although they read more. */
const ENOUGH_WORKGROUPS = 96;

export const tileRows = (tile: Tile): number => tile.rows * tile.threadRows;
/** In groups of four columns. */
export const tileCols = (tile: Tile): number => tile.threadCols;

/** What the choice of a tile depends on. */
export interface Adapter {
  readonly software: boolean;
  /** Lanes of every subgroup; null when the adapter has none, or of different sizes. */
  readonly subgroup: number | null;
}

/** The tile for `segments` products [rows, ·] × [·, cols]. */
export function tileFor({ software, subgroup }: Adapter, segments: number, rows: number, cols: number): Tile {
  if (software) return subgroup === null ? DIRECT : lanes(subgroup);
  const workgroups = (tile: Tile) =>
    segments * Math.ceil(rows / tileRows(tile)) * Math.ceil(cols / (4 * tileCols(tile)));
  return [8, 4].map(staged).find((tile) => workgroups(tile) >= ENOUGH_WORKGROUPS) ?? staged(2);
}
