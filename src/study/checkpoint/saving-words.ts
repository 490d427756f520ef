/** What people read where a study cannot be saved while it runs, or cannot go on from what was saved. */
import { catalogue } from '../../core/language/catalogue.ts';

export const SAVING_WORDS = catalogue('studySaving', {
  /** @param why the beginning of a sentence */
  cannotResume: (why: string) =>
    `${why}, so this study cannot be resumed after a reload. Leave the page open until it ends.`,
  /** @param why the beginning of a sentence */
  cannotRead: (why: string) => `${why}, so the study cannot be read.`,
  cannotSave: (why: string) =>
    `This study cannot be saved on the way (${why}). It goes on; leave the page open until it ends.`,
  savesAgain: 'This study can be saved again: from here on it can be resumed after a reload.',
  doesNotFit: (step: number, version: string) =>
    `The checkpoint at step ${step} was saved by another version (${version}) of this page and does not fit the study any more. Discard it and run the study again.`,
});
