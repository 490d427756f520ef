/** What the page itself says of a data set, before and without the worker that reads one: the page loads it at its start. */
import { catalogue } from '../../core/language/catalogue.ts';

export const CLIENT_WORDS = catalogue('dataClient', {
  /** Name of a data set whose files give none, until the reader gives it another. */
  unnamed: 'My images',
  closed: 'The data set was closed.',
  stopped: 'The images could not be read: the data worker stopped. Try fewer or smaller images.',
});
