/** What the page shows of the reader's own images, from the first look at the files to a study's task. */
import { DEFAULT_SHARES, type DrawnSides, type DropShares } from '../../data/dataset/split.ts';
import type { Problem } from '../../data/files/problem.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { LabelColumn, Layout, Readings } from '../../data/formats/records.ts';

export interface DatasetClass {
  readonly found: string;
  /** As the reader calls it; null: left out. */
  readonly name: string | null;
  readonly count: number;
  /** As it lies in the data set; null where only reading it would tell. */
  readonly bytes: number | null;
}

export interface Previews {
  /** Side of the pictures, in pixels. */
  readonly size: number;
  /** Of every class as found, by its index: some [size, size, 3] uint8 RGB. */
  readonly ofClass: readonly (readonly Uint8Array[])[];
}

/** What was dropped or opened and could not be taken: everything else stayed as it was. */
export interface Refusal {
  /** Names of files, or an address. */
  readonly what: string;
  readonly problems: readonly Problem[];
}

export interface DatasetState {
  /**
   * listing: files are looked at; planned: nothing but a few previews is decoded; preparing: images are decoded; failed: an error is
   * among the problems.
   */
  readonly phase: 'empty' | 'listing' | 'planned' | 'preparing' | 'ready' | 'failed';
  readonly name: string;
  /** Null while there is no plan. */
  readonly layout: Layout | null;
  readonly classes: readonly DatasetClass[];
  /** What could name the classes; empty when there is no choice. */
  readonly columns: readonly LabelColumn[];
  readonly labelColumn: string | null;
  /** Null when the files can be read in one way only. */
  readonly readings: Readings | null;
  /** Shares of every class that are held out, where the data set does not say. */
  readonly shares: DropShares;
  readonly seed: number;
  /** What the data set's own splits leave open, which the shares fill. */
  readonly drawn: DrawnSides;
  /** Listing: bytes; preparing: images. Total 0: unknown. `waiting`: why nothing comes at the moment. */
  readonly progress: { readonly done: number; readonly total: number; readonly waiting: string | null } | null;
  readonly previews: Previews | null;
  /** How many images pressing "Prepare" decodes at most. */
  readonly limit: number;
  readonly dataset: DroppedDataset | null;
  readonly problems: readonly Problem[];
  /** Of the last attempt to bring images, until the next one. */
  readonly refused: Refusal | null;
  /** Of the kept copy on this device. */
  readonly keptId: string | null;
  /** The kept copy has these images and edits. */
  readonly keptCurrent: boolean;
}

export const EMPTY_DATASET: DatasetState = {
  phase: 'empty',
  name: '',
  layout: null,
  classes: [],
  columns: [],
  labelColumn: null,
  readings: null,
  shares: DEFAULT_SHARES,
  seed: 0,
  drawn: { test: true, validation: true },
  progress: null,
  previews: null,
  limit: 0,
  dataset: null,
  problems: [],
  refused: null,
  keptId: null,
  keptCurrent: false,
};
