/** Why points are not arranged. */
import { catalogue } from '../../core/language/catalogue.ts';

export const EMBEDDING_WORDS = catalogue('embedding', {
  workerStopped: 'The points could not be arranged: their worker stopped. Reload the page and try again.',
});
