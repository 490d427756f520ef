import { useEffect, useRef, type RefObject } from 'react';

/** A canvas of size × size that shows these pixels. @param pixels [size, size, 3] uint8 RGB; null: nothing is drawn */
export function usePixels(pixels: Uint8Array | null, size: number): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !pixels) return;
    const image = context.createImageData(size, size);
    const { data } = image;
    for (let from = 0, to = 0; from < size * size * 3; from += 3, to += 4) {
      data[to] = pixels[from];
      data[to + 1] = pixels[from + 1];
      data[to + 2] = pixels[from + 2];
      data[to + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, size]);
  return canvas;
}
