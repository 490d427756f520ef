import { usePixels } from '../use-pixels.ts';
import css from './study.module.css';

interface ThumbnailProps {
  /** [size, size, 3] uint8 RGB. */
  readonly pixels: Uint8Array;
  readonly size: number;
  readonly label: string;
}

export function Thumbnail({ pixels, size, label }: ThumbnailProps) {
  const canvas = usePixels(pixels, size);
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
