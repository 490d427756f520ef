/** The forms of the matrix product: tiles of many shapes, teams of threads that share the steps of k, and workgroups that do. */
import type { MatmulVariant } from '../kernels/matmul-variant.ts';
import { OUTPUT_ALIGNMENT } from '../kernels/matmul-variant.ts';
import { workgroupBytes } from '../kernels/matmul-products.ts';
import {
  askedLanes,
  DIRECT,
  lanes,
  staged,
  tileCols,
  tileFor,
  tileName,
  tileRows,
  tileThreads,
  type Tile,
} from '../kernels/tuning.ts';
import { apart, FULL_WORKGROUPS, SCRATCH_BYTES, sizeClass, SPLITS, type Family, type Hardware } from './forms.ts';

export interface ProductProblem {
  readonly variant: Omit<MatmulVariant, 'tile'>;
  /** Groups of rows, each with tiles of its own, and the rows of each. */
  readonly segments: number;
  readonly rows: number;
  /** Columns of the matrix. */
  readonly cols: number;
  /** Steps of k of every input. */
  readonly depths: readonly number[];
}

const stagedOf = (
  rows: number,
  [threadRows, threadCols]: readonly [number, number],
  more: Partial<Pick<Tile, 'vectors' | 'depth' | 'slices'>> = {},
): Tile => ({
  memory: 'staged',
  rows,
  threadRows,
  threadCols,
  vectors: 1,
  depth: 16,
  slices: 1,
  split: 1,
  asks: false,
  ...more,
});

export const PRODUCT_TILES: readonly Tile[] = [
  ...[2, 4, 8].map(staged),
  stagedOf(8, [16, 8], { vectors: 2 }), // 128 × 64, 8 × 8 a thread
  stagedOf(8, [8, 8], { vectors: 2 }), // 64 × 64, 8 × 8 a thread
  stagedOf(8, [8, 16], { vectors: 2 }), // 64 × 128, 8 × 8 a thread
  stagedOf(8, [16, 16], { vectors: 2, depth: 8 }), // 128 × 128, 8 × 8 a thread
  stagedOf(4, [16, 16]), // 64 × 64, 4 × 4 a thread
  stagedOf(4, [8, 8], { vectors: 2 }), // 32 × 64, 4 × 8 a thread
  stagedOf(4, [8, 8]), // 32 × 32
  stagedOf(2, [8, 16], { depth: 32, slices: 2 }), // 16 × 64
  stagedOf(4, [4, 16], { depth: 32, slices: 4 }), // 16 × 64
  stagedOf(2, [4, 16], { depth: 32, slices: 4 }), // 8 × 64
  stagedOf(4, [8, 16], { slices: 2 }), // 32 × 64
  DIRECT,
];

/** Tiles whose workgroups may share the steps of k. */
const SPLIT_BASES: readonly Tile[] = [
  ...[2, 4].map(staged),
  stagedOf(8, [8, 8], { vectors: 2 }), // 64 × 64, 8 × 8 a thread
];
export const SPLIT_TILES: readonly Tile[] = SPLIT_BASES.flatMap((tile) => SPLITS.map((split) => ({ ...tile, split })));

/** Subgroups of cards; those of adapters that compute on the CPU are among them. */
const SUBGROUPS = [4, 8, 16, 32];

/** Most forms that are tried for a site: every one is compiled for every variant of the product. */
const MOST = 4;
/** And most of those whose workgroups share k, which are two kernels each. */
const MOST_SPLIT = 2;
/** And of those that ask for a size of subgroups, which the estimate of a tile knows nothing of. */
const MOST_ASKING = 1;
/** Steps of k that a workgroup keeps at least. */
const LEAST_STEPS = 64;
/** Threads that keep a card busy, roughly. Only decides which tiles are tried. */
const BUSY_THREADS = 32768;
/** What a value brought from memory costs, in multiplications. Only decides which tiles are tried. */
const LOAD = 8;

function fits({ invocations, workgroupBytes: bytes }: Hardware, tile: Tile, { depths }: ProductProblem): boolean {
  if (tileThreads(tile) > invocations || workgroupBytes(tile) > bytes) return false;
  // Behind the last step there is nothing to stage: a team would idle.
  return tile.slices === 1 || depths.every((depth) => depth % tile.depth === 0);
}

/** Products on subgroups: of the size that all have, or of a size that the kernel asks for. */
function laneTiles({ subgroup, sizes }: Hardware, { variant }: ProductProblem): Tile[] {
  // Every output starts where a subgroup does.
  const isAligned = (size: number) => SUBGROUPS.includes(size) && (variant.outputs === 1 || size <= OUTPUT_ALIGNMENT);
  return subgroup === null ? sizes.filter(isAligned).map(askedLanes) : [subgroup].filter(isAligned).map(lanes);
}

function fittingTiles(hardware: Hardware, problem: ProductProblem): Tile[] {
  const tiles = [...PRODUCT_TILES, ...laneTiles(hardware, problem)];
  return tiles.filter((tile) => fits(hardware, tile, problem));
}

/** Long sums for few workgroups. An adapter that computes on the processor has nothing to fill. */
function splitTiles(hardware: Hardware, problem: ProductProblem): Tile[] {
  const { segments, rows, cols, depths } = problem;
  const steps = Math.min(...depths);
  if (hardware.software) return [];
  return SPLIT_TILES.filter(
    (tile) =>
      fits(hardware, tile, problem) &&
      tilesOf(tile, problem) < FULL_WORKGROUPS &&
      steps >= LEAST_STEPS * tile.split &&
      4 * tile.split * segments * rows * cols <= SCRATCH_BYTES,
  );
}

/** Workgroups for all values of the output, if none shares k with another. */
const tilesOf = (tile: Tile, { segments, rows, cols }: ProductProblem): number =>
  segments * Math.ceil(rows / tileRows(tile)) * Math.ceil(cols / (4 * tileCols(tile)));

/** Work of a tile per useful product: idle rows and columns, loads, partial sums that are written and read again, and cores that have nothing to do. */
function estimate(tile: Tile, problem: ProductProblem): number {
  const { segments, rows, cols, depths } = problem;
  const tiles = tilesOf(tile, problem);
  const padded = (tiles * tileRows(tile) * 4 * tileCols(tile)) / (segments * rows * cols);
  const handed = tile.split === 1 ? 0 : (2 * tile.split) / depths.reduce((sum, depth) => sum + depth, 0);
  const loads = LOAD * (1 / tileRows(tile) + 1 / (4 * tileCols(tile)) + handed);
  const idle = Math.max(1, BUSY_THREADS / (tiles * tile.split * tileThreads(tile)));
  return padded * (1 + loads) * Math.sqrt(idle);
}

/** The likely first. */
const ranked = (tiles: readonly Tile[], problem: ProductProblem): Tile[] =>
  tiles
    .map((tile) => ({ tile, work: estimate(tile, problem) }))
    .sort((a, b) => a.work - b.work)
    .map(({ tile }) => tile);

export const PRODUCTS: Family<ProductProblem, Tile> = {
  id: 'product',
  siteOf: ({ variant, segments, rows, cols, depths }) => {
    const { inputs, outputs, half, inputHalf, keptHalf, lora, add, activation } = variant;
    const around = [lora === 'none' ? '' : `LoRA ${lora}`, add === 'none' ? '' : add, activation?.use ?? ''];
    return [
      `${sizeClass(segments)} of ${sizeClass(rows)} rows`,
      `${inputs > 1 ? `${inputs} of ` : ''}${Math.max(...depths)} to ${cols}${outputs > 1 ? ` in ${outputs}` : ''}`,
      ...around.filter(Boolean),
      ...(half ? ['f16'] : []),
      ...(inputHalf ? ['of halves'] : []),
      ...(keptHalf ? ['kept as halves'] : []),
    ].join(', ');
  },
  nameOf: tileName,
  usual: (hardware, { segments, rows, cols }) => tileFor(hardware, segments, rows, cols),
  every: (hardware, problem) => [...fittingTiles(hardware, problem), ...splitTiles(hardware, problem)],
  others(hardware, problem) {
    const usual = tileFor(hardware, problem.segments, problem.rows, problem.cols);
    const whole = apart(usual, ranked(fittingTiles(hardware, problem), problem), tileName);
    const unasked = whole.filter(({ asks }) => !asks);
    const split = ranked(splitTiles(hardware, problem), problem).slice(0, MOST_SPLIT);
    return [
      ...ranked([...unasked.slice(0, MOST), ...split], problem),
      // The estimate knows nothing of what memory of workgroups costs.
      ...(hardware.slowWorkgroups ? unasked.slice(MOST).filter(({ memory }) => memory === 'direct') : []),
      ...whole.filter(({ asks }) => asks).slice(0, MOST_ASKING),
    ];
  },
  // Loads of single values go through k one by one, loads of vectors four by four.
  sameOrder: ({ variant }, a, b) =>
    [a, b].every(
      ({ memory, slices, split }) =>
        slices === 1 && split === 1 && (memory === 'staged' || (memory === 'direct' && variant.inputWidth === 4)),
    ),
};
