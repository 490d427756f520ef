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
