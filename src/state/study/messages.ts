/** What the page says of studies: how they differ, and why one stopped. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { listed } from '../../core/listed.ts';

export const STUDY_STATE_WORDS = catalogue('studyState', {
  changes: { arm: 'arm', order: 'order of the arms', changed: 'changed', removed: 'removed' },
  /** What differs between the reader's own images of two studies. */
  images: {
    classes: 'classes',
    train: 'training images',
    validation: 'validation images',
    test: 'test images of the data set',
    images: 'images and their split',
    domain: (name: string) => `domain ${name}`,
    count: (images: number) => counted(images, 'image'),
  },
  /** @param labels of settings @param more how many are not named */
  settings: (labels: readonly string[], more: number) => listed([...labels, ...(more > 0 ? [`${more} more`] : [])]),
  /** @param why the worker stopped, if it is known @param step from which the study goes on; null where it begins again */
  workerStopped: (why: string | null, step: string | null) =>
    `The study worker stopped${why === null ? '' : ` (${why})`}. Another one took its place, and the study ${step === null ? 'begins again' : `goes on at step ${step}`}.`,
  ended: 'The study was ended.',
  continuesWithOwn: (name: string) => `The study goes on with its own images, “${name}”, not with those under Task.`,
  notAdded: 'What was to be added was not computed to its end, so the result shown is the one from before.',
});
