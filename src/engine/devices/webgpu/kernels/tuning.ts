/** Which tile the matrix product uses where nothing was measured: a short table (docs/performance.md). product-forms.ts has what else there is. */

/** A workgroup computes threadRows · rows × threadCols · vectors · 4 values: every thread `rows` rows of `vectors` times four columns. */
export interface Tile {
  /**
   * `staged`: tiles of both operands go through workgroup memory. Software adapters do better without, because a barrier costs more than it
   * saves: `lanes` loads a value of x per lane of a subgroup and passes it around, so that x is loaded once per subgroup; `direct` is for those
   * without subgroups, or with subgroups of a size that is not known. `joined` multiplies nothing: it adds up the sums that the workgroups of a split product left in memory.
   */
  readonly memory: 'staged' | 'lanes' | 'direct' | 'joined';
  readonly rows: number;
  readonly threadRows: number;
  readonly threadCols: number;
  /** Vectors of four columns of a thread, threadCols apart. Two: staged only. */
  readonly vectors: 1 | 2;
  /** Staged: steps of k that are brought to workgroup memory at a time, a multiple of 4 · slices. */
  readonly depth: number;
  /** Staged: teams of threads that share the steps of k; their sums are added in the order of the teams. */
  readonly slices: number;
  /** Workgroups that share the steps of k, each with a sum of its own, which a `joined` tile adds up in their order. More than one: staged and joined only. */
  readonly split: number;
  /** Lanes: the kernel asks for subgroups of `threadCols`, on adapters that have several sizes. */
  readonly asks: boolean;
}

const ALONE = { vectors: 1, depth: 16, slices: 1, split: 1, asks: false } as const;

/** Always the same tile for a number: a step asks for one a hundred times, and kernels are found by their tile. */
function remembered(make: (number: number) => Tile): (number: number) => Tile {
  const known = new Map<number, Tile>();
  return (number) => {
    const tile = known.get(number) ?? make(number);
    known.set(number, tile);
    return tile;
  };
}

/** Tiles of 8 · rows × 64 values. */
export const staged = remembered((rows) => ({ ...ALONE, memory: 'staged', rows, threadRows: 8, threadCols: 16 }));
/** 32 × 64 values. */
export const DIRECT: Tile = { ...ALONE, memory: 'direct', rows: 8, threadRows: 4, threadCols: 16 };
/** Tiles of 16 × 4 · subgroup values: the threads of one subgroup. */
export const lanes = remembered((subgroup) => ({
  ...ALONE,
  memory: 'lanes',
  rows: 16,
  threadRows: 1,
  threadCols: subgroup,
}));

/** The same on an adapter whose subgroups have several sizes: the kernel asks for the one that it is made for. */
export const askedLanes = remembered((subgroup) => ({ ...lanes(subgroup), asks: true }));

/** What adds up the sums of so many workgroups. */
export const joined = remembered((split) => ({
  ...ALONE,
  memory: 'joined',
  rows: 1,
  threadRows: 4,
  threadCols: 16,
  split,
}));

/** Below this many workgroups a GPU has idle cores, so that smaller tiles win although they read more. */
const ENOUGH_WORKGROUPS = 96;
/** Of cards, by how much there is to compute; the last is for the least. */
const CARD_TILES = [8, 4, 2].map(staged);

/** Rows of the result that a workgroup computes. */
export const tileRows = (tile: Tile): number => tile.rows * tile.threadRows;
/** Threads of a workgroup. */
export const tileThreads = ({ threadRows, threadCols, slices }: Tile): number => threadRows * threadCols * slices;
/** Columns of the result that a workgroup computes, in groups of four. */
export const tileCols = (tile: Tile): number => tile.threadCols * tile.vectors;

/** Names the tile, and nothing else. */
export function tileName(tile: Tile): string {
  const { memory, rows, threadRows, threadCols, vectors, depth, slices, split, asks } = tile;
  const shape = `${tileRows(tile)}×${4 * tileCols(tile)} ${memory}`;
  const workgroups = split === 1 ? '' : `, k over ${split} workgroups`;
  if (memory !== 'staged') return `${shape}${asks ? ', asked for' : ''}${workgroups}`;
  const isUsual = vectors === 1 && threadRows === 8 && threadCols === 16;
  const parts = slices === 1 ? '' : ` in ${slices} parts`;
  return `${shape}${isUsual ? '' : ` of ${rows}×${4 * vectors}`}${depth === 16 ? '' : ` by ${depth}`}${parts}${workgroups}`;
}

/** What the choice of a tile depends on. */
export interface TileHardware {
  readonly software: boolean;
  /** Lanes of every subgroup; null when the adapter has none, or of different sizes. */
  readonly subgroup: number | null;
}

/** Subgroup sizes of adapters that compute on the CPU, each a divisor of OUTPUT_ALIGNMENT: the lanes of its vector registers. */
const CPU_SUBGROUPS = [4, 8];

/** All tiles that `tileFor` takes by how much there is to compute; none where that does not matter. */
export const tilesBySize = ({ software }: Pick<TileHardware, 'software'>): readonly Tile[] =>
  software ? [] : CARD_TILES;

/** The tile for `segments` products [rows, ·] × [·, cols]. */
export function tileFor({ software, subgroup }: TileHardware, segments: number, rows: number, cols: number): Tile {
  if (software) return subgroup !== null && CPU_SUBGROUPS.includes(subgroup) ? lanes(subgroup) : DIRECT;
  const workgroups = (tile: Tile) =>
    segments * Math.ceil(rows / tileRows(tile)) * Math.ceil(cols / (4 * tileCols(tile)));
  return CARD_TILES.find((tile) => workgroups(tile) >= ENOUGH_WORKGROUPS) ?? staged(2);
}
