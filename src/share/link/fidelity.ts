/** How exactly a link stores numbers, by their purpose. */

export type Detail =
  /** Quoted in text. */
  | 'figure'
  /** Merges across tasks. */
  | 'merge'
  /** Points of the paths between adapters. */
  | 'path'
  /** Points of other drawn curves. */
  | 'curve'
  /** Distances between adapters, from which angles are computed. */
  | 'distance'
  /** Bars in charts. */
  | 'bar'
  /** Shown only in data tables and files. */
  | 'table'
  /** Error bars. */
  | 'error';

interface Precision {
  /** Minimum number of levels between the smallest and largest number of a group. */
  readonly levels: number;
  /** Counts of images are multiples of it. */
  readonly images: number;
}

export type Fidelity = Readonly<Record<Detail, Precision>>;

/** What of it is less exact. */
export type Coarser = { readonly [K in Detail]?: Partial<Precision> };

/** As exact as charts, and more exact than captions. */
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
