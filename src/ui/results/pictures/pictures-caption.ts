/** The sentence above the test pictures. */
import { majority, PICTURE_KINDS, type Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../figure-meta.ts';
import { listed } from '../../../core/listed.ts';
import { PICTURE_WORDS } from './messages.ts';

interface ArmPictures {
  readonly name: string;
  /** Pictures that most of its runs get wrong, and most runs of every other arm right. */
  readonly alone: number;
  /** Pictures that two runs get right and their midpoint wrong, for some pair of seeds; null: no midpoints are known. */
  readonly midpoint: number | null;
  /** Pictures that a run gets right and, with every other layer off, wrong; null: no such runs are known. */
  readonly half: number | null;
}

export interface PicturesCount {
  /** Pictures whose predictions are known, of so many tested. */
  readonly pictures: number;
  readonly tested: number;
  readonly seeds: number;
  readonly arms: readonly ArmPictures[];
  /** Pictures that most runs of every arm get wrong. */
  readonly every: number;
}

/** "LoRA loses 208 and CopRA 150" */
const losses = (arms: readonly ArmPictures[], of: (arm: ArmPictures) => number | null): string =>
  listed(
    arms
      .flatMap((arm) => {
        const count = of(arm);
        return count === null ? [] : [{ name: arm.name, count }];
      })
      .map(({ name, count }, i) => PICTURE_WORDS.caption.loses(name, String(count), i === 0)),
  );

/** @returns sentences about all pictures at hand; empty without any */
export function picturesReading({ pictures, tested, seeds, arms, every }: PicturesCount): string {
  if (pictures === 0) return '';
  const words = PICTURE_WORDS.caption;
  if (arms.length === 0) return words.untested;
  const of = pictures < tested ? words.kept(pictures, tested) : words.tested(tested);
  const told =
    arms.length > 1
      ? listed([
          ...arms.map(({ name, alone }, i) => words.alone(name, alone, i === 0)),
          words.everyone(arms.length, every),
        ])
      : words.wrong(arms[0].name, every);
  const between = losses(arms, ({ midpoint }) => midpoint);
  const without = losses(arms, ({ half }) => half);
  const lost = [
    ...(between ? [words.between(between)] : []),
    ...(without ? [words.without(without, seeds > 1)] : []),
  ].join('; ');
  return `${of}${told}${seeds > 1 ? words.majority(seeds) : ''}.${lost ? words.lost(lost, seeds > 1) : ''}`;
}

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
