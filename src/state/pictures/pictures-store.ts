/** What is asked of the test pictures: the panel of pictures and the matrix of confusions share it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ANY_PICTURE, type PictureQuery } from './picture-query.ts';

export interface PicturesState {
  readonly query: PictureQuery;
  /** Index of the first picture shown. */
  readonly from: number;
  /** How often another figure led here. */
  readonly led: number;
}

export const picturesStore: StoreApi<PicturesState> = createStore(() => ({ query: ANY_PICTURE, from: 0, led: 0 }));

/** Changes the question, and shows its first answers. */
export const askPictures = (change: Partial<PictureQuery>): void =>
  picturesStore.setState(({ query }) => ({ query: { ...query, ...change }, from: 0 }));

/** Changes the question, and leads the reader to the pictures. */
export function showPictures(change: Partial<PictureQuery>): void {
  askPictures(change);
  picturesStore.setState(({ led }) => ({ led: led + 1 }));
}
