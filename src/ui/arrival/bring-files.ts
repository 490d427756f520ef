/**
 * Files that were dropped, chosen or pasted: shows a saved study or a search, lists an adapter, makes a model folder the study's backbone, collects loose
 * pictures, and imports anything else as images. What became of them is announced.
 */
import { comingCode } from '../../platform/coming-code.ts';
import { isImage } from '../../data/files/paths.ts';
import type { DroppedFile } from '../../data/files/walk.ts';
import { refusesImages } from '../../state/lessons/lessons-store.ts';
import { chooseArriving } from '../../state/models/choose-arriving.ts';
import { findModel, foreignWeights } from '../../state/models/dropped-model.ts';
import { announce, arrivalStore, endArrival } from '../../state/page/arrival.ts';
import { needStudyOpen } from '../../state/page/study-fold.ts';
import { openSearch } from '../../state/search/search-store.ts';
import { tellError } from '../../state/study/study-store.ts';
import type { PageServices } from '../context.ts';
import { ARRIVAL_WORDS } from './messages.ts';

export type Files = Promise<readonly DroppedFile[]> | readonly DroppedFile[];

type Services = Pick<
  PageServices,
  | 'study'
  | 'adapters'
  | 'classroom'
  | 'searches'
  | 'lessons'
  | 'adapterCommands'
  | 'models'
  | 'fold'
  | 'dataset'
  | 'collect'
>;

export interface Bringing extends Services {
  /** @returns whether they are the study's images now */
  readonly openDataset: (files: Files) => Promise<boolean>;
  /** A read-only study is replaced by one that can take images. */
  readonly makeOwn: () => void;
}

/** Pictures without folders, such as screenshots, have no class yet; they go to the panel that assigns one. */
const areLoosePictures = (files: readonly DroppedFile[]): boolean =>
  files.length > 0 &&
  files.every(({ path, blob }) => !path.includes('/') && (blob?.type.startsWith('image/') || isImage(path)));

/** The settings show what was brought. Among the results they would move what is being read: there a press on the notice unfolds them. */
function unfoldStudy({ fold }: Pick<Services, 'fold'>): void {
  const isAmongResults = (document.querySelector('#results')?.getBoundingClientRect().top ?? 0) < 0;
  if (!isAmongResults) needStudyOpen(fold);
}

function collectPictures(pictures: readonly DroppedFile[], bringing: Bringing): void {
  const { collect, dataset } = bringing;
  bringing.makeOwn();
  dataset.dismiss(); // What was refused before is over.
  collect.bring(pictures.map(({ blob }) => blob).filter((blob) => blob !== null));
  unfoldStudy(bringing);
  collect.show();
  const { brought } = collect.getState();
  if (brought) announce('pictures', () => ARRIVAL_WORDS.pictures(brought.images, brought.to.name));
}

async function openAdapters(files: Files, { adapters, adapterCommands }: Bringing): Promise<void> {
  const before = new Set(adapters.getState().extras);
  try {
    await adapterCommands.open(files);
  } finally {
    const names = adapters.getState().extras.flatMap((extra) => (before.has(extra) ? [] : [extra.name]));
    if (names.length > 0) announce('adapters', () => ARRIVAL_WORDS.adapters(names));
  }
}

async function openImages(files: Files, { dataset, openDataset }: Bringing): Promise<void> {
  announce('reading', () => ARRIVAL_WORDS.reading);
  const { arrival: reading } = arrivalStore.getState();
  const isTaken = await openDataset(files);
  const { name, used, refused } = dataset.getState();
  if (isTaken) {
    const images = used.reduce((sum, { count }) => sum + count, 0);
    announce('images', () => ARRIVAL_WORDS.images(name, images, used.length));
  } else if (refused) announce('refused', () => ARRIVAL_WORDS.refused(refused.what));
  else endArrival(reading); // The reader cancelled it.
}

async function open(files: Files, bringing: Bringing): Promise<void> {
  const { study, adapters, classroom, searches, lessons, models } = bringing;
  const { openStudyFile } = await comingCode(import('../../state/study/open-study-file.ts'));
  const saved = await Promise.resolve(files).then(
    (list) =>
      openStudyFile(list, {
        study,
        adapters,
        classroom,
        openSearch: (file, search) => openSearch(searches, window, file, search),
      }),
    () => false,
  );
  if (saved) return;
  const { holdAdapter } = await comingCode(import('../../share/adapter/find.ts'));
  if (await Promise.resolve(files).then(holdAdapter, () => false)) return openAdapters(files, bringing);
  if (refusesImages(lessons, study)) return;
  unfoldStudy(bringing);
  // Reading a folder may fail; the image import reports that.
  const found = await Promise.resolve(files).then(findModel, () => null);
  const foreign = found ? null : await Promise.resolve(files).then(foreignWeights, () => null);
  if (!found && foreign === null) return openImages(files, bringing);
  announce('backbone', () => ARRIVAL_WORDS.model);
  if (found) await chooseArriving(study, models, models.keep(found));
  else if (foreign !== null) models.refuse(foreign);
}

export async function bringFiles(files: Files, bringing: Bringing): Promise<void> {
  const { study, lessons } = bringing;
  // Opening reports folders that cannot be read.
  const list = await Promise.resolve(files).catch(() => null);
  try {
    if (!list || !areLoosePictures(list)) await open(files, bringing);
    else if (!refusesImages(lessons, study)) collectPictures(list, bringing);
  } catch (error) {
    tellError(study, error);
  }
}
