/** What people read of the model layer, in German: for the page and for the workers that run its code. */
import { HUB_REF_WORDS_DE } from './hub/ref-words.de.ts';
import { ADAPTER_WORDS_DE, HUB_WORDS_DE, MODEL_WORDS_DE } from './hub/words.de.ts';
import { PEFT_CHECKS_DE } from './peft/words.de.ts';
import { WEIGHT_WORDS_DE } from './weight-words.de.ts';
import { FILE_CHECKS_DE } from './words.de.ts';

export const MODEL_DE = {
  'adapter-source': ADAPTER_WORDS_DE,
  'model-files': FILE_CHECKS_DE,
  'model-hub': HUB_WORDS_DE,
  'model-peft': PEFT_CHECKS_DE,
  'model-refs': HUB_REF_WORDS_DE,
  'model-source': MODEL_WORDS_DE,
  'model-weights': WEIGHT_WORDS_DE,
};
