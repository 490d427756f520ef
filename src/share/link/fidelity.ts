/** How exactly a link keeps numbers, by what they are for. */

export type Detail =
  /** Named in text. */
  | 'figure'
  /** What merges across tasks keep. */
  | 'merge'
  /** Points of the paths between adapters. */
  | 'path'
  /** Points of other drawn curves. */
  | 'curve'
  /** Distances between adapters, of which angles are read. */
  | 'distance'
  /** Drawn bars. */
  | 'bar'
  /** In data tables and files alone. */
  | 'table'
  /** Error bars. */
  | 'error';

interface Precision {
  /** Levels between the least and the largest number of a group, at least. */
  readonly levels: number;
  /** Counts of images are whole multiples of it. */
  readonly images: number;
}

export type Fidelity = Readonly<Record<Detail, Precision>>;

/** What a chart shows, and more than a caption says. */
export const FINE: Fidelity = {
  figure: { levels: 1000, images: 1 },
  merge: { levels: 1000, images: 1 },
  path: { levels: 400, images: 1 },
  curve: { levels: 400, images: 1 },
  distance: { levels: 4000, images: 1 },
  bar: { levels: 1000, images: 1 },
  table: { levels: 250, images: 1 },
  error: { levels: 1000, images: 1 },
};
