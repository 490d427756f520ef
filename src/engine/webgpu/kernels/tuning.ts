/** Which tile the matrix product uses: a short table, found by measuring (docs/performance.md). */

/** A workgroup computes threadRows · rows × threadCols · 4 values: every thread `rows` rows of four columns. */
export interface Tile {
  /** Tiles of both operands go through workgroup memory. Software adapters are faster without: barriers cost more than they save. */
  readonly staged: boolean;
  readonly rows: number;
  readonly threadRows: number;
  readonly threadCols: number;
}

const staged = (rows: number): Tile => ({ staged: true, rows, threadRows: 8, threadCols: 16 });
const direct = (rows: number): Tile => ({ staged: false, rows, threadRows: 4, threadCols: 16 });

/** Below this many workgroups a GPU has idle cores, so that smaller tiles win although they read more. */
const ENOUGH_WORKGROUPS = 96;

export const tileRows = (tile: Tile): number => tile.rows * tile.threadRows;
/** In groups of four columns. */
export const tileCols = (tile: Tile): number => tile.threadCols;

/** The tile for `segments` products [rows, ·] × [·, cols]. */
export function tileFor(software: boolean, segments: number, rows: number, cols: number): Tile {
  if (software) return direct(8);
  const workgroups = (tile: Tile) =>
    segments * Math.ceil(rows / tileRows(tile)) * Math.ceil(cols / (4 * tileCols(tile)));
  return [8, 4].map(staged).find((tile) => workgroups(tile) >= ENOUGH_WORKGROUPS) ?? staged(2);
}
