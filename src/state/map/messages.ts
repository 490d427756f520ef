/** Why cells of a map are not kept. */
import { catalogue } from '../../core/language/catalogue.ts';

export const MAP_STATE_WORDS = catalogue('mapState', {
  notKept: (why: string) => `What is computed here is not kept on this device (${why}).`,
});
