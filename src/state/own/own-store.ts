/** What the reader asks in Try your own. It stays when the panel is rendered anew, as it is in another language. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { newestOnly } from '../../platform/newest-only.ts';
import type { PictureInput } from '../../study/predictions/question.ts';
import type { OwnSettings } from './respondents.ts';

/** The picture that is asked about. */
export interface AskedPicture {
  readonly input: PictureInput & { readonly kind: 'square' };
  /** In the language that is spoken when it is called. */
  readonly name: () => string;
  /** Its file, as it is. */
  readonly file: Blob | null;
  readonly truth: string | null;
  /** What it holds for: a test picture for its task, a file for the backbone that it was read for (picture-keys.ts). */
  readonly key: string;
}

export interface OwnState {
  readonly picture: AskedPicture | null;
  /** Test pictures that were asked for. */
  readonly turn: number;
  /** Further classes, typed. */
  readonly words: readonly string[];
  readonly settings: Partial<OwnSettings>;
}

export const ownStore: StoreApi<OwnState> = createStore(() => ({
  picture: null,
  turn: 0,
  words: [],
  settings: {},
}));

export const askAbout = (picture: AskedPicture | null): void => ownStore.setState({ picture });

export const askForWords = (words: readonly string[]): void => ownStore.setState({ words });

export const changeOwnSettings = (change: Partial<OwnSettings>): void =>
  ownStore.setState(({ settings }) => ({ settings: { ...settings, ...change } }));

/** Begins to show something else: a picture, a test picture or the camera. What was begun before and is ready later is left. */
export const showNextPicture = newestOnly();

/** The place of the next test picture, one after the other and again from the first. */
export function nextPlace(places: readonly number[]): number {
  const { turn } = ownStore.getState();
  ownStore.setState({ turn: turn + 1 });
  return places[turn % places.length];
}
