/** Checkpoints of interrupted studies on this device: files of studies that nobody is computing, which their locks tell (study-locks.ts). */
import { newestFirst } from '../../core/newest-first.ts';
import type { OriginFiles } from '../../platform/origin-files.ts';
import { NO_NEWS, type TabNews } from '../../platform/tab-news.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type * as imagesFormat from '../../data/dataset/dropped-file.ts';
import type * as studyFormat from './checkpoint-file.ts';
import type * as knownFormat from './known-file.ts';
import type { KeptStudy } from './known-file.ts';
import { StudyCheckpointError, OtherVersionError, type CheckpointHead, type StudyCheckpoint } from './checkpoint.ts';
import { RunsElsewhere } from './runs-elsewhere.ts';
import { heldStudies, holdStudy, offerStudy, studyEnded, type Locks } from './study-locks.ts';
import { CHECKPOINT_WORDS } from './words.ts';

/** Where the files are stored: OPFS in the page (checkpoint-opfs.ts), memory in tests. */
export type CheckpointFiles = OriginFiles;

export interface SavedStudy {
  readonly id: string;
  readonly head: CheckpointHead;
  /** A page that is open offers to resume it where it was stopped. */
  readonly isOffered?: true;
}

/** All that a study goes on with. */
export interface SavedWhole {
  readonly checkpoint: StudyCheckpoint;
  /** Its own images; null: they are bundled. */
  readonly dataset: DroppedDataset | null;
  /** The study to which its seeds are added; null: it trains all of its seeds. */
  readonly known: KeptStudy | null;
}

export interface CheckpointStore {
  /**
   * Studies that nobody is computing, latest first, ids of those that another version of the page saved, and ids of running ones. Damaged files, and images
   * without a study, are removed.
   */
  list(): Promise<{ interrupted: SavedStudy[]; foreign: string[]; running: string[] }>;
  /** Marks a study as offered where it was stopped. @returns ends that */
  offer(id: string): () => void;
  /** Resolves once nobody is computing the study. */
  ended(id: string): Promise<void>;
  /** @throws StudyCheckpointError when it is gone or damaged. */
  load(id: string): Promise<SavedWhole>;
  /** The user's own images saved with a study; null if it has none. @throws RangeError when they are damaged. */
  images(id: string): Promise<DroppedDataset | null>;
  /**
   * Saves a study, replacing its previous checkpoint; its own images, and the study to which its seeds are added, are saved once.
   * @param known absent: none, or it is saved already
   */
  keep(
    id: string,
    checkpoint: StudyCheckpoint,
    dataset: DroppedDataset | null,
    known?: KeptStudy | null,
  ): Promise<void>;
  discard(id: string): Promise<void>;
  /** Removes a study unless somebody is computing it: a list may be old, and what another tab goes on with stays. */
  forget(id: string): Promise<void>;
  /** Marks a study as running while `work` goes on. @throws RunsElsewhere when somebody computes it already. */
  whileRunning(id: string, work: () => Promise<void>): Promise<void>;
}

/** What reads and writes the files. */
export interface CheckpointFormats {
  readonly study: () => Promise<typeof studyFormat>;
  readonly images: () => Promise<typeof imagesFormat>;
  readonly known: () => Promise<typeof knownFormat>;
}

/**
 * What the names of files end with, those of new files first. Pages of earlier versions see only the second: they would take up a study without the settings
 * that they do not know, or delete what they cannot read.
 */
const STUDY = ['.checkpoint', '.study'] as const;
const IMAGES = ['.pixels', '.images'] as const;
/** The study to which seeds are added. Pages of earlier versions keep none. */
const KNOWN = '.known';

/** Ids of the files with these endings, each once. */
function idsIn(names: readonly string[], endings: readonly string[]): string[] {
  const ids = endings.flatMap((ending) =>
    names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)),
  );
  return [...new Set(ids)];
}

/** @param news of what is saved, taken up and discarded, between the tabs */
export function createCheckpointStore(
  files: CheckpointFiles,
  locks: Locks,
  formats: CheckpointFormats,
  news: TabNews = NO_NEWS,
): CheckpointStore {
  const saved = new Set<string>();
  const discard = async (id: string): Promise<void> => {
    saved.delete(id);
    for (const kind of [...STUDY, ...IMAGES, KNOWN]) await files.remove(id + kind);
    news.tell();
  };
  const fileOf = async (id: string, [kind, earlier]: readonly [string, string]): Promise<Blob | null> =>
    (await files.read(id + kind)) ?? files.read(id + earlier);
  const headOf = async (id: string): Promise<CheckpointHead | 'foreign' | null> => {
    try {
      const file = await fileOf(id, STUDY);
      return file && (await (await formats.study()).readCheckpointHead(file));
    } catch (error) {
      if (error instanceof OtherVersionError) return 'foreign';
      // What the browser cannot read, or remove, at this moment stays, and hides no other study.
      if (error instanceof StudyCheckpointError) await discard(id).catch(() => undefined);
      return null;
    }
  };
  const imagesOf = async (id: string): Promise<DroppedDataset | null> => {
    const images = await fileOf(id, IMAGES);
    return images && (await formats.images()).decodeDropped(await images.arrayBuffer());
  };
  const knownOf = async (id: string): Promise<KeptStudy> => {
    const known = await files.read(id + KNOWN);
    if (!known) throw new StudyCheckpointError(CHECKPOINT_WORDS.knownGone);
    return (await formats.known()).decodeKnown(await known.arrayBuffer());
  };
  /** Writes what the study needs and is not there. It is looked for every time: the reader, or the browser, may clear site data in mid-run. */
  const writeOnce = async (name: string, encode: () => Promise<Blob | Uint8Array<ArrayBuffer>>): Promise<void> => {
    const there = await files.read(name).catch(() => null);
    if (!there?.size) await files.write(name, await encode());
  };
  return {
    images: imagesOf,
    async list() {
      // Files before locks: whoever writes images holds the lock already.
      const names = await files.names();
      const { isRunning, isOffered } = await heldStudies(locks);
      const ids = idsIn(names, STUDY);
      const left = idsIn(names, [...IMAGES, KNOWN]).filter((id) => !ids.includes(id) && !isRunning(id));
      for (const id of left) await discard(id).catch(() => undefined);
      const interrupted: SavedStudy[] = [];
      const foreign: string[] = [];
      for (const id of ids) {
        const head = isRunning(id) ? null : await headOf(id);
        if (head === 'foreign') foreign.push(id);
        else if (head) interrupted.push({ id, head, ...(isOffered(id) && { isOffered: true }) });
      }
      const compare = newestFirst(new Date().toISOString());
      interrupted.sort((a, b) => compare(a.head.saved, b.head.saved));
      return { interrupted, foreign, running: ids.filter(isRunning) };
    },
    offer: (id) => offerStudy(locks, id),
    ended: (id) => studyEnded(locks, id),
    async load(id) {
      const study = await fileOf(id, STUDY);
      if (!study) throw new StudyCheckpointError(CHECKPOINT_WORDS.gone);
      const { decodeCheckpoint } = await formats.study();
      const checkpoint = await decodeCheckpoint(await study.arrayBuffer());
      const dataset = await imagesOf(id);
      if (checkpoint.head.config.task === 'dropped' && !dataset)
        throw new StudyCheckpointError(CHECKPOINT_WORDS.imagesGone);
      return { checkpoint, dataset, known: checkpoint.head.adds ? await knownOf(id) : null };
    },
    async keep(id, checkpoint, dataset, known = null) {
      // A study appears only together with what it needs.
      if (dataset) await writeOnce(id + IMAGES[0], async () => (await formats.images()).encodeDropped(dataset));
      if (known) await writeOnce(id + KNOWN, async () => (await formats.known()).encodeKnown(known));
      await files.write(id + STUDY[0], (await formats.study()).encodeCheckpoint(checkpoint));
      // Of a study that an earlier version began. What stays is read no more.
      const earlier = dataset ? [STUDY[1], IMAGES[1]] : [STUDY[1]];
      await Promise.allSettled(earlier.map((ending) => files.remove(id + ending)));
      if (!saved.has(id)) news.tell();
      saved.add(id);
    },
    discard,
    forget: (id) => holdStudy(locks, id, () => discard(id)),
    whileRunning: (id, work) =>
      holdStudy(
        locks,
        id,
        () => {
          news.tell();
          return work();
        },
        () => {
          throw new RunsElsewhere();
        },
      ),
  };
}
