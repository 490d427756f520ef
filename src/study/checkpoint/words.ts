/** What people read about studies that were saved while they ran. */
import { catalogue } from '../../core/language/catalogue.ts';

export const CHECKPOINT_WORDS = catalogue('studyCheckpoints', {
  none: 'The file holds no checkpoint of a study.',
  otherVersion: 'The interrupted study was saved by another version of this page and cannot be resumed with this one.',
  damaged: (why: string) => `The checkpoint is damaged: ${why}`,
  gone: 'The saved study is gone: it was finished or discarded in another tab.',
  imagesGone: 'The images of the saved study are gone. Discard it and run the study again.',
  knownGone: 'The study to which the saved seeds are added is gone. Discard them and add the seeds again.',
  otherTab: 'This study runs in another tab already.',
});
