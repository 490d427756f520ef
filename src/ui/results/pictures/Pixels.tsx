import { usePixels } from '../../use-pixels.ts';
import css from './pictures.module.css';

/** A picture beside its description: it says nothing to a screen reader. @param pixels [size, size, 3] uint8 RGB; null: an empty frame */
export function Pixels({ pixels, size }: { readonly pixels: Uint8Array | null; readonly size: number }) {
  const canvas = usePixels(pixels, size);
  if (!pixels) return <span className={css.pixels} aria-hidden="true" />;
  return <canvas ref={canvas} className={css.pixels} width={size} height={size} aria-hidden="true" />;
}
