/** Names that a reader's own pictures have until they are given others. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { integer } from '../../core/number-format.ts';

export const COLLECT_WORDS = catalogue('collect', {
  dataset: 'My pictures',
  class: (number: number) => `class ${number}`,
  /** @param all images that the class has now */
  added: (images: number, to: string, all: number) =>
    `${counted(images, 'picture')} added to “${to}”; it has ${integer(all)} now.`,
});
