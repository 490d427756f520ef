/** What the page shows of the reader's own images, from the first look at the files to a study's task. */
import { DEFAULT_SHARES, type DropShares } from '../data/drop/split.ts';
import type { Problem } from '../data/drop/problem.ts';
import type { DroppedDataset } from '../data/dropped.ts';
import type { LabelColumn, Layout } from '../data/formats/records.ts';

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
  /** Shares of every class that are held out, where the data set does not say. */
  readonly shares: DropShares;
  readonly seed: number;
  /** The data set names its own test images; shares then only fill what it leaves open. */
  readonly splitGiven: boolean;
  /** Listing: bytes; preparing: images. Total 0: unknown. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly previews: Previews | null;
  /** How many images pressing "Prepare" decodes at most. */
  readonly limit: number;
  readonly dataset: DroppedDataset | null;
  readonly problems: readonly Problem[];
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
  shares: DEFAULT_SHARES,
  seed: 0,
  splitGiven: false,
  progress: null,
  previews: null,
  limit: 0,
  dataset: null,
  problems: [],
  keptId: null,
  keptCurrent: false,
};
