/** Why an image cannot be decoded; clauses, but for what a browser lacks. */
import { catalogue } from '../../core/language/catalogue.ts';
import { integer } from '../../core/number-format.ts';

export const IMAGE_WORDS = catalogue('dataImages', {
  noWorkerCanvas: 'This browser gives no 2D canvas to a worker, so images cannot be decoded here.',
  noCanvas: 'This browser gives no 2D canvas.',
  hiddenPixels:
    'Against fingerprinting, this browser gives pages noise in place of the pixels of pictures, so no images are taken and no PNG is saved; charts can be saved as SVG. Allow this page to extract canvas data (in Firefox and its relatives: Ctrl + I, Permissions) and try again.',
  unreadable: 'this browser does not read it as an image',
  heic: 'HEIC, which Safari alone reads; save it as JPEG, or let an iPhone take JPEG: Settings › Camera › Formats › Most Compatible',
  largeSvg: 'an SVG of more than 2 MB',
  drawingSlow: 'the drawing takes too long',
  drawingDamaged: 'the drawing is damaged',
  tooManyPixels: (width: number, height: number) => `${integer(width)} × ${integer(height)} pixels are too many`,
});
