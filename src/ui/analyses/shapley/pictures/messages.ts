/** The words of the figure of layers and pictures. */
import { catalogue } from '../../../../core/language/catalogue.ts';
import { counted } from '../../../../core/counted.ts';

export const IMAGE_LAYERS_WORDS = catalogue('imageLayers', {
  message: 'Pictures need different layers.',
  /** @param areAll the pictures are all that were analysed, not a selection */
  help: (areAll: boolean): string[] => [
    `A row is a test picture, a column a layer: what the layer adds to this picture, on average over all orders in which layers can be switched on, and over the seeds of the arm. ${areAll ? 'The mean of the rows is the Shapley value of the layer.' : 'This result keeps some pictures of every kind only: the mean of the rows is not the Shapley value of the layer.'}`,
    'Pictures are grouped by the layer that adds most to them. Groups of few pictures are chance as much as meaning. Choose a class to read the layers off its pictures alone.',
  ],
  /** What layers add most to (picture-layers-caption.ts); dative in German. */
  ofAll: 'the pictures',
  ofClass: (name: string): string => `“${name}”`,
  armShown: 'Layers and pictures of',
  classShown: 'Layers and pictures: class',
  quantityShown: 'Layers and pictures: quantity shown',
  anyClass: 'Any class',
  empty: 'The result has no values of pictures of this class.',
  /** @param least what a layer adds at least to them, with its unit */
  helped: (helped: number, all: number, least: string): string =>
    `${counted(helped, 'picture')} of ${all} ${helped === 1 ? 'is' : 'are'} helped by some layer, by ${least} or more. Below, each stands with the layer that adds most to it.`,
  layer: (layer: string): string => `Layer ${layer}`,
  group: (layer: string, pictures: number): string => `Layer ${layer}: ${counted(pictures, 'picture')}`,
  tiles: (layer: string): string => `Pictures of layer ${layer}; each opens large`,
  picture: (number: number): string => `Picture ${number}`,
  tile: (picture: string, value: string, unit: string, layer: string): string =>
    `${picture}: ${value} ${unit} by layer ${layer}`,
  units: { accuracy: 'points', loss: 'nats' },
  cell: (picture: string, layer: string, value: string, unit: string): string =>
    `${picture}: layer ${layer}, ${value} ${unit}`,
  /** A picture within a reading. */
  pictureNumber: (number: number): string => `picture ${number}`,
  rows: 'pictures, by layer',
  pictureHead: 'Picture',
  classHead: 'True class',
  layerHead: (layer: string, unit: string): string => `Layer ${layer}, ${unit}`,
  caption: {
    thisPicture: 'this picture',
    /** @param ofClass the class that they are of; null: of all */
    kept: (pictures: number, ofClass: string | null): string =>
      `${counted(pictures, 'picture')}${ofClass === null ? '' : ` of ${ofClass}`} ${pictures === 1 ? 'is' : 'are'} kept${ofClass === null ? ', some of every kind' : ''}, so their means are not those of all`,
    most: (name: string, what: string, layers: string): string =>
      `${name}: the layers that add most to ${what} are ${layers}`,
    none: (name: string): string => `${name}: no layer helps`,
    accuracy: (seeds: string): string => `points: 100 turn a picture from wrong to right; ${seeds}`,
    loss: (seeds: string): string => `nats of loss saved; ${seeds}`,
  },
});
