/** Who is right about test pictures, and why pictures are missing. */
import { catalogue } from '../../core/language/catalogue.ts';

export const PICTURE_STATE_WORDS = catalogue('pictureState', {
  backbone: 'Backbone',
  score: (right: number, known: number) => `${right} of ${known}`,
  filesStopped: 'The files of the study could not be written: their worker stopped. Reload the page and try again.',
  workerStopped: 'The pictures could not be drawn: their worker stopped. Reload the page and try again.',
});
