import type { Preprocessing } from './preprocessing.ts';

/** How an image becomes a square: the geometric part of a model's preprocessing. */
export type ImageGeometry = Pick<Preprocessing, 'imageSize' | 'resizeTo' | 'keepAspect' | 'filter' | 'cropRounding'>;

/** Resizes the shorter edge to the side and crops the centre, as CLIP does; the default if nothing else is known. */
export const squareGeometry = (imageSize: number): ImageGeometry => ({
  imageSize,
  resizeTo: imageSize,
  keepAspect: true,
  filter: 'bicubic',
  cropRounding: 'down',
});

/**
 * The same preparation for inputs of another size: a backbone can be used at any multiple of its patch size.
 * @param imageSize pixels
 */
export function atImageSize<P extends Pick<Preprocessing, 'imageSize' | 'resizeTo'>>(
  preprocessing: P,
  imageSize: number,
): P {
  if (imageSize === preprocessing.imageSize) return preprocessing;
  const resizeTo = Math.max(imageSize, Math.round((preprocessing.resizeTo / preprocessing.imageSize) * imageSize));
  return { ...preprocessing, imageSize, resizeTo };
}
