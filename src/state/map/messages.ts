/** Why cells of a map are not kept, and what is said of one that was interrupted. */
import { catalogue } from '../../core/language/catalogue.ts';
import { integer } from '../../core/number-format.ts';

export const MAP_STATE_WORDS = catalogue('mapState', {
  notRead: (why: string) => `The saved cells cannot be shown: ${why}`,
  notKept: (why: string) => `What is computed here is not kept on this device (${why}).`,
  /** @param step reached in a cell; null once it is trained @param ago when it was saved */
  interrupted: (map: string, step: number | null, steps: number, ago: string) =>
    `The map “${map}” was interrupted in a cell that is ${step === null ? 'trained and not yet analysed' : `at step ${integer(step)} of ${integer(steps)}`}, saved ${ago}. Its finished cells are kept.`,
  goOn: 'Go on with the map',
});
