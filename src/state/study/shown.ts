/** What the page shows of a study: all that another study replaces. */
import type { Said } from '../../core/language/catalogue.ts';
import type { CoalitionValues } from '../../study/analyses/shapley/coalition-values.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Glimpse } from '../../study/result/glimpse.ts';
import type { GpuStep } from '../../study/result/gpu-step.ts';
import type { TestSet } from '../pictures/own-test-set.ts';
import type { Tape } from '../summary/tape.ts';
import type { StudyImages } from './images-diff.ts';

/** Source of the numbers on screen; 'none' while there are none. */
export type ResultSource = 'none' | 'saved' | 'live' | 'link' | 'file' | 'united';
export type StudyProgress = Omit<Extract<StudyEvent, { type: 'progress' }>, 'type'>;

export interface Shown {
  readonly result: StudyResult | null;
  readonly source: ResultSource;
  /** The result as it last went into a file or a copied link; null: it never did. */
  readonly kept: StudyResult | null;
  /** What the link of a result from one lacks that may be why a figure is empty, for people. */
  readonly lacks: readonly Said[];
  /** All that the link of the result has no room for, for people, until they dismiss it. */
  readonly leftOut: readonly Said[];
  /** The reader's own images that the study under way, or that of the result shown, has; null: it has none, or they are not known. */
  readonly images: StudyImages | null;
  /** Own test images of the result shown and of the study under way, as they were when their studies began. */
  readonly testSets: readonly TestSet[];
  /** A shared study and its settings are shown, until the reader runs it or starts from it. */
  readonly readOnly: boolean;
  /** Live tapes by runKey; saved results contain theirs in RunResult.gates. */
  readonly tapes: Readonly<Record<string, Tape>>;
  /** Value of every coalition of layers, by runKey; only for runs measured here with all coalitions. */
  readonly coalitions: Readonly<Record<string, CoalitionValues>>;
  /** The last look at runs in training, of the study that runs or that ran last. */
  readonly glimpse: Glimpse | null;
  /** GPU activity in the last inspected step. */
  readonly gpuStep: GpuStep | null;
  /** Progress of the running study; after it ended, its final progress while its result is shown. */
  readonly progress: StudyProgress | null;
  /** Of the study that runs or ran last: it trains. Others evaluate adapters that there are. */
  readonly trains: boolean;
  /** Of the same study: Run began it, so that all of it is computed here. */
  readonly isNew: boolean;
}

export const NOTHING_SHOWN: Shown = {
  result: null,
  source: 'none',
  kept: null,
  lacks: [],
  leftOut: [],
  images: null,
  testSets: [],
  readOnly: false,
  tapes: {},
  coalitions: {},
  glimpse: null,
  gpuStep: null,
  progress: null,
  trains: false,
  isNew: false,
};

const FIELDS = Object.keys(NOTHING_SHOWN) as (keyof Shown)[];

/** It alone, of a state that has more. */
export const shownOf = (state: Shown): Shown =>
  Object.fromEntries(FIELDS.map((field) => [field, state[field]])) as unknown as Shown;

export const runKey = (arm: string, seed: number): string => `${arm}/${seed}`;

/** Whether a result is nowhere but on this page. */
export const isComputedHere = (source: ResultSource): boolean => source === 'live' || source === 'united';

/** Whether it has runs that are nowhere but on this page, not even in a file or a link that was made of them here. */
export const isHereAlone = ({ source, kept, result }: Pick<Shown, 'source' | 'kept' | 'result'>): boolean =>
  result !== null && result.runs.length > 0 && isComputedHere(source) && kept !== result;
