/** Names that a reader's own pictures have until they are given others. */
import { catalogue } from '../../core/language/catalogue.ts';

export const COLLECT_WORDS = catalogue('collect', {
  dataset: 'My pictures',
  class: (number: number) => `class ${number}`,
});
