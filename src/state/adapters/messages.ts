/** Why adapters cannot be merged or opened. */
import { catalogue } from '../../core/language/catalogue.ts';

export const ADAPTER_STATE_WORDS = catalogue('adapterState', {
  zeroWeights: 'The weights add up to 0: give at least one adapter a weight.',
  backboneFailed: (backbone: string) => `${backbone} could not be fetched; the Backbone section says why.`,
});
