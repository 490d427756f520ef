/** Why adapters cannot be merged or opened, in German. */
import type { ADAPTER_STATE_WORDS } from './messages.ts';

export const adapterState: typeof ADAPTER_STATE_WORDS = {
  zeroWeights: 'Die Gewichte ergeben zusammen 0: Gib mindestens einem Adapter ein Gewicht.',
  backboneFailed: (backbone) => `${backbone} ließ sich nicht laden; warum, steht im Abschnitt „Backbone“.`,
};
