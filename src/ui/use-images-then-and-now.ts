import { useStore } from 'zustand/react';
import { imagesOf } from '../state/study/images-diff.ts';
import type { ImagesThenAndNow } from '../state/study/more-seeds.ts';
import { useServices, useStudy } from './context.ts';

/** The reader's own images: those of the result shown, and those that a study would get now. */
export function useImagesThenAndNow(): ImagesThenAndNow {
  const own = useStore(useServices().dataset, (state) => state.dataset);
  const shown = useStudy((state) => state.images);
  return { shown, now: own && imagesOf(own) };
}
