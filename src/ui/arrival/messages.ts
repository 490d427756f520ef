/** What is said where what shows it is out of view. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { listed } from '../../core/listed.ts';

export const ARRIVAL_WORDS = catalogue('arrival', {
  reading: 'Your files are being read.',
  /** @param name of the data set */
  images: (name: string, images: number, classes: number) =>
    `“${name}” is taken: ${counted(images, 'image')} of ${counted(classes, 'class', 'classes')}.`,
  /** @param what by name; empty where it has none */
  refused: (what: string) => `${what === '' ? 'What you brought' : `“${what}”`} could not be taken; Task says why.`,
  pictures: (images: number, to: string) => `“${to}” got ${counted(images, 'picture')}.`,
  adapters: (names: readonly string[]) =>
    names.length === 1 ? `Adapter added: ${names[0]}.` : `${counted(names.length, 'adapter')} added: ${listed(names)}.`,
  model: 'What you brought is a model; Backbone says what becomes of it.',
  show: 'Show',
  dismiss: 'Dismiss this note',
});
