/**
 * A copy of some images, in the order of their places.
 * @param pixels [images, stride]
 * @param places among the images
 * @returns [places, stride]
 */
export function chosenImages(pixels: Uint8Array, stride: number, places: readonly number[]): Uint8Array<ArrayBuffer> {
  const chosen = new Uint8Array(places.length * stride);
  places.forEach((from, to) => chosen.set(pixels.subarray(from * stride, (from + 1) * stride), to * stride));
  return chosen;
}
