/** Which test pictures are shown, and in which order. */
import { mean } from '../../core/statistics.ts';
import { PICTURE_KINDS, type ArmAnswers, type Picture, type PictureKind } from '../../study/predictions/pictures.ts';

export interface PictureQuery {
  readonly kind: 'all' | Exclude<PictureKind, 'right'>;
  /** True class; null: any. */
  readonly label: number | null;
  /** A class that some run of an arm, or the backbone (null), predicts; null: any. */
  readonly taken: { readonly arm: string | null; readonly as: number } | null;
  readonly order: 'test' | 'class' | 'uncertain' | 'gains' | 'loses';
}

export const ANY_PICTURE: PictureQuery = { kind: 'all', label: null, taken: null, order: 'test' };

/** Mean probability of the true class over the runs of an arm. */
export const certaintyOf = ({ runs }: ArmAnswers): number => mean(runs.map(({ certainty }) => certainty));

function isTaken({ backbone, arms }: Picture, { arm, as }: NonNullable<PictureQuery['taken']>): boolean {
  if (arm === null) return backbone?.predicted === as;
  return arms.some((own) => own.arm === arm && own.runs.some(({ predicted }) => predicted === as));
}

/** By how much the last arm gives the true class more than the first. */
function gainOf({ arms }: Picture): number {
  const [first, last] = [arms.at(0), arms.at(-1)];
  return first && last ? certaintyOf(last) - certaintyOf(first) : 0;
}

const PLACES: Readonly<Record<PictureQuery['order'], (picture: Picture) => number>> = {
  test: ({ place }) => place,
  class: ({ label }) => label,
  uncertain: ({ arms }) => Math.abs(mean(arms.map(certaintyOf)) - 0.5),
  gains: (picture) => -gainOf(picture),
  loses: gainOf,
};

const KINDS = ['all', 'one', 'every', 'midpoint', 'half'] as const satisfies readonly PictureQuery['kind'][];

/** What a picture must have for its kind to be known. */
const KNOWN_OF: Readonly<Partial<Record<PictureQuery['kind'], (picture: Picture) => boolean>>> = {
  one: ({ arms }) => arms.length > 1,
  midpoint: ({ arms }) => arms.some(({ midpoints }) => midpoints.length > 0),
  half: ({ arms }) => arms.some(({ halves }) => halves.length > 0),
};

/** The kinds that pictures can be of: without midpoints, or adapters with half the layers, nobody knows what is lost there. */
export const kindsOf = (pictures: readonly Picture[]): readonly PictureQuery['kind'][] =>
  KINDS.filter((kind) => pictures.some(KNOWN_OF[kind] ?? (() => true)) || kind === 'all');

/** The pictures that fit, in order; equal ones in the order of the test images. */
export function foundPictures(pictures: readonly Picture[], query: PictureQuery): readonly Picture[] {
  const { kind, label, taken, order } = query;
  const fitting = pictures.filter(
    (picture) =>
      (kind === 'all' || PICTURE_KINDS[kind](picture)) &&
      (label === null || picture.label === label) &&
      (taken === null || isTaken(picture, taken)),
  );
  const placed = fitting.map((picture) => ({ picture, at: PLACES[order](picture) }));
  return placed.sort((a, b) => a.at - b.at || a.picture.place - b.picture.place).map(({ picture }) => picture);
}

/** Pictures at places among the test images, in their order: further answers change which pictures fit and how they are ordered, not which were found once. */
export const picturesAt = (pictures: readonly Picture[], places: readonly number[]): readonly Picture[] => {
  const byPlace = new Map(pictures.map((picture) => [picture.place, picture]));
  return places.flatMap((place) => byPlace.get(place) ?? []);
};
