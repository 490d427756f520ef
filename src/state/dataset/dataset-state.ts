/** The page's state of the reader's own images, from listing the files to a study's task. */
import { DEFAULT_SHARES, type DrawnSides, type DropShares } from '../../data/dataset/shares.ts';
import type { Problem } from '../../data/files/problem.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { PlannedDomain } from '../../data/dataset/plan.ts';
import type { Layout } from '../../data/formats/layouts.ts';
import type { LabelColumn, Readings } from '../../data/formats/records.ts';
import type { UsedClass } from './used-classes.ts';

export interface DatasetClass {
  readonly found: string;
  /** Name that the page suggests. */
  readonly readable: string;
  /** Name given by the reader; null: left out. */
  readonly name: string | null;
  /** All of its images, also those that are held out. */
  readonly count: number;
}

export interface Previews {
  /** Side of the pictures, in pixels. */
  readonly size: number;
  /** Previews of every class found, by index: [size, size, 3] uint8 RGB each. */
  readonly ofClass: readonly (readonly Uint8Array[])[];
}

/** Listing: bytes of an address; preparing: images. */
export interface LoadingProgress {
  readonly done: number;
  /** 0: unknown. */
  readonly total: number;
  /** Why progress is paused. */
  readonly waiting: string | null;
}

/** A refused import; the rest of the state is unchanged. */
export interface Refusal {
  /** File names, or an address. */
  readonly what: string;
  readonly problems: readonly Problem[];
}

export interface DatasetState {
  /**
   * listing: files are being listed; planned: only a few previews are decoded; preparing: images are being decoded; failed: the problems include
   * an error.
   */
  readonly phase: 'empty' | 'listing' | 'planned' | 'preparing' | 'ready' | 'failed';
  readonly name: string;
  /** Null while there is no plan. */
  readonly layout: Layout | null;
  readonly classes: readonly DatasetClass[];
  /** The classes of the study, with the images that it gets of them. */
  readonly used: readonly UsedClass[];
  /** Columns that could name the classes; empty when there is no choice. */
  readonly columns: readonly LabelColumn[];
  readonly labelColumn: string | null;
  /** Null when the files have only one reading. */
  readonly readings: Readings | null;
  /** The column that names the domains; null if none does, or folders do. */
  readonly domainColumn: string | null;
  /** Groups of images that can be held out. */
  readonly domains: readonly PlannedDomain[];
  /** Names of those that are tested on and not trained on. */
  readonly heldOut: readonly string[];
  /** Other data sets that are tested on, and their images of classes that are trained on. */
  readonly added: readonly { readonly name: string; readonly images: number }[];
  /** Another data set is being read; null: none is. */
  readonly adding: LoadingProgress | null;
  /** Why the last one was not added, until the next attempt. */
  readonly notAdded: Refusal | null;
  /** Held-out shares per class, where the data set defines no split. */
  readonly shares: DropShares;
  readonly seed: number;
  /** The splits that the data set does not define and the shares fill. */
  readonly drawn: DrawnSides;
  readonly progress: LoadingProgress | null;
  readonly previews: Previews | null;
  /** Maximum number of images that "Prepare" decodes. */
  readonly limit: number;
  readonly dataset: DroppedDataset | null;
  readonly problems: readonly Problem[];
  /** The last refused import, until the next attempt. */
  readonly refused: Refusal | null;
  /** Id of the stored copy on this device. */
  readonly keptId: string | null;
  /** The stored copy matches the current images and edits. */
  readonly keptCurrent: boolean;
  /** The reader has changed something that no stored copy has. */
  readonly isEdited: boolean;
  /** The stored copy has smaller images than could be kept for the backbone. */
  readonly keptSmaller: boolean;
}

export const EMPTY_DATASET: DatasetState = {
  phase: 'empty',
  name: '',
  layout: null,
  classes: [],
  used: [],
  columns: [],
  labelColumn: null,
  readings: null,
  domainColumn: null,
  domains: [],
  heldOut: [],
  added: [],
  adding: null,
  notAdded: null,
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
  isEdited: false,
  keptSmaller: false,
};
