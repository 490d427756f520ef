/** Names images by their pixels and labels, so that a result can tell whether those at hand are the ones it was computed from. */
import { ContentHash } from '../../core/content-hash.ts';

/** Pixels that tell images apart: about so many of all, spread over every image. */
const SAMPLES = 1 << 20;

/**
 * @param pixels [images, stride] @param labels [images]
 * @param places of the images that are named, in order
 */
export function imagesDigest(
  { pixels, labels }: { readonly pixels: Uint8Array; readonly labels: Int32Array },
  places: readonly number[],
): string {
  const hash = new ContentHash().addWords(places.map((place) => labels[place]));
  const stride = labels.length > 0 ? pixels.length / labels.length : 0;
  const atLeast = Math.max(1, Math.floor((places.length * stride) / SAMPLES));
  // Pixels have three channels, and what 3 divides would meet one of them alone.
  const step = atLeast % 3 === 0 ? atLeast + 1 : atLeast;
  const sampled = new Uint8Array(Math.ceil(stride / step));
  for (const place of places) {
    for (let i = 0; i < sampled.length; i++) sampled[i] = pixels[place * stride + i * step];
    hash.addWords(sampled);
  }
  return hash.name;
}
