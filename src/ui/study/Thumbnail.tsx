import { useEffect, useRef } from 'react';
import css from './study.module.css';

interface ThumbnailProps {
  /** [size, size, 3] uint8 RGB. */
  readonly pixels: Uint8Array;
  readonly size: number;
  readonly label: string;
}

export function Thumbnail({ pixels, size, label }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(size, size);
    for (let from = 0, to = 0; from < size * size * 3; from += 3, to += 4) {
      image.data.set(pixels.subarray(from, from + 3), to);
      image.data[to + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, size]);
  return (
    <canvas
      ref={canvas}
      className={css.thumbnail}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      title={label}
    />
  );
}
