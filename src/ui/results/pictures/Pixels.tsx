import { useEffect, useRef } from 'react';
import css from './pictures.module.css';

/** A picture beside its description: it says nothing to a screen reader. @param pixels [size, size, 3] uint8 RGB; null: an empty frame */
export function Pixels({ pixels, size }: { readonly pixels: Uint8Array | null; readonly size: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !pixels) return;
    const image = context.createImageData(size, size);
    for (let from = 0, to = 0; from < size * size * 3; from += 3, to += 4) {
      image.data.set(pixels.subarray(from, from + 3), to);
      image.data[to + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, size]);
  if (!pixels) return <span className={css.pixels} aria-hidden="true" />;
  return <canvas ref={canvas} className={css.pixels} width={size} height={size} aria-hidden="true" />;
}
