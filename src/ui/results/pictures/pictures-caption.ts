/** The sentence above the test pictures. */
import { majority, PICTURE_KINDS, type Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { UNREAD, type Reading } from '../../../study/readings/words.ts';
import { testedImages } from '../figure-meta.ts';
import { ofNamedArms, withNamedArms } from '../read-arms.ts';
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
  /** Those that are named, of so many. */
  readonly arms: readonly ArmPictures[];
  readonly armsTested: number;
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

/** What is said of all pictures at hand; nothing without any. */
export function picturesReading({ pictures, tested, seeds, arms, armsTested, every }: PicturesCount): Reading {
  if (pictures === 0) return UNREAD;
  const words = PICTURE_WORDS.caption;
  if (arms.length === 0) return { numbers: words.untested, reading: words.untested };
  const of = pictures < tested ? words.kept(pictures, tested) : words.tested(tested);
  const told =
    arms.length > 1
      ? listed([
          ...arms.map(({ name, alone }, i) => words.alone(name, alone, i === 0)),
          words.everyone(armsTested, every),
        ])
      : words.wrong(arms[0].name, every);
  const between = losses(arms, ({ midpoint }) => midpoint);
  const without = losses(arms, ({ half }) => half);
  const lost = [
    ...(between ? [words.between(between)] : []),
    ...(without ? [words.without(without, seeds > 1)] : []),
  ].join('; ');
  const numbers = `${of}${told}${seeds > 1 ? words.majority(seeds) : ''}.`;
  return { numbers, reading: `${numbers}${lost ? words.lost(lost, seeds > 1) : ''}` };
}

export function picturesCaption(result: StudyResult, pictures: readonly Picture[]): Reading {
  const { arms } = withNamedArms(result.config);
  const count = (fits: (picture: Picture) => boolean): number => pictures.filter(fits).length;
  const of = (picture: Picture, arm: string) => picture.arms.find((own) => own.arm === arm);
  const known = (arm: string, part: 'midpoints' | 'halves') =>
    pictures.some((p) => (of(p, arm)?.[part].length ?? 0) > 0);
  const lost = (arm: string, part: 'midpoints' | 'halves') =>
    known(arm, part) ? count((p) => of(p, arm)?.[part].some((answer) => answer.lost) ?? false) : null;
  const read = picturesReading({
    armsTested: result.config.arms.filter(({ id }) => pictures.some((picture) => of(picture, id))).length,
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
  return ofNamedArms(read, result.config);
}
