/** Why cells of a map are not kept. */
import { catalogue } from '../../core/language/catalogue.ts';

export const MAP_STATE_WORDS = catalogue('mapState', {
  notKept: (why: string) => `This browser keeps no files for this page: ${why}`,
});
