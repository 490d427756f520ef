/** What people read about studies that are saved while they run. */
import { catalogue } from '../../core/language/catalogue.ts';

export const CHECKPOINT_WORDS = catalogue('studyCheckpoints', {
  /** @param why the beginning of a sentence */
  cannotResume: (why: string) =>
    `${why}, so this study cannot be resumed after a reload. Leave the page open until it ends.`,
  /** @param why the beginning of a sentence */
  cannotRead: (why: string) => `${why}, so the study cannot be read.`,
  cannotSave: (why: string) =>
    `This study cannot be saved on the way (${why}). It goes on; leave the page open until it ends.`,
  none: 'The file holds no checkpoint of a study.',
  otherVersion: 'The interrupted study was saved by another version of this page and cannot be resumed with this one.',
  damaged: (why: string) => `The checkpoint is damaged: ${why}`,
  doesNotFit: (step: number, version: string) =>
    `The checkpoint at step ${step} was saved by another version (${version}) of this page and does not fit the study any more. Discard it and run the study again.`,
  gone: 'The saved study is gone: it was finished or discarded in another tab.',
  imagesGone: 'The images of the saved study are gone. Discard it and run the study again.',
  otherTab: 'This study runs in another tab already.',
});
