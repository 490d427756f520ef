/** The sentence above the test pictures. */
import { picturesReading } from '../../../copra/readings/pictures.ts';
import { majority, PICTURE_KINDS, type Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../figure-meta.ts';

export function picturesCaption(result: StudyResult, pictures: readonly Picture[]): string {
  const { arms } = result.config;
  const count = (fits: (picture: Picture) => boolean): number => pictures.filter(fits).length;
  const of = (picture: Picture, arm: string) => picture.arms.find((own) => own.arm === arm);
  const known = (arm: string, part: 'midpoints' | 'halves') =>
    pictures.some((p) => (of(p, arm)?.[part].length ?? 0) > 0);
  const lost = (arm: string, part: 'midpoints' | 'halves') =>
    known(arm, part) ? count((p) => of(p, arm)?.[part].some((answer) => answer.lost) ?? false) : null;
  return picturesReading({
    pictures: pictures.length,
    tested: testedImages(result),
    seeds: Math.max(0, ...(pictures[0]?.arms ?? []).map(({ runs }) => runs.length)),
    every: count(PICTURE_KINDS.every),
    arms: arms
      .filter(({ id }) => pictures.some((picture) => of(picture, id)))
      .map(({ id, name }) => ({
        name,
        alone: count(
          (picture) =>
            PICTURE_KINDS.one(picture) && picture.arms.some((own) => own.arm === id && majority(own) === false),
        ),
        midpoint: lost(id, 'midpoints'),
        half: lost(id, 'halves'),
      })),
  });
}
