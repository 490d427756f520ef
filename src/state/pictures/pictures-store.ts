/** What is asked of the test pictures: the panel of pictures and the matrix of confusions share it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudyResult } from '../../study/result/result.ts';
import { ANY_PICTURE, type PictureQuery } from './picture-query.ts';

export interface PicturesState {
  readonly query: PictureQuery;
  /** The classes that the query names by their places. */
  readonly classes: readonly string[];
  /** Index of the first picture shown. */
  readonly from: number;
  /** How often another figure led here. */
  readonly led: number;
}

type Asked = Pick<StudyResult, 'task' | 'config'>;

export const picturesStore: StoreApi<PicturesState> = createStore(() => ({
  query: ANY_PICTURE,
  classes: [],
  from: 0,
  led: 0,
}));

/** What is asked of a result: places of classes mean nothing where the classes are others, and no answer is that of an arm which is not there. */
export function questionAbout(
  { query, classes }: Pick<PicturesState, 'query' | 'classes'>,
  { task, config }: Asked,
): PictureQuery {
  const { label, taken } = query;
  const isSame = classes.length === task.classes.length && classes.every((name, i) => name === task.classes[i]);
  const isKnown = (arm: string | null): boolean => arm === null || config.arms.some(({ id }) => id === arm);
  const next = { label: isSame ? label : null, taken: isSame && taken && isKnown(taken.arm) ? taken : null };
  return next.label === label && next.taken === taken ? query : { ...query, ...next };
}

/** Changes the question to a result, and shows its first answers. */
export const askPictures = (change: Partial<PictureQuery>, result: Asked): void =>
  picturesStore.setState((state) => ({
    query: { ...questionAbout(state, result), ...change },
    classes: result.task.classes,
    from: 0,
  }));

/** Changes the question, and leads the reader to the pictures. */
export function showPictures(change: Partial<PictureQuery>, result: Asked): void {
  askPictures(change, result);
  picturesStore.setState(({ led }) => ({ led: led + 1 }));
}
