/** What the test pictures say, one by one. */
import { counted } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';

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
      .flatMap(({ name, ...arm }) => {
        const count = of({ name, ...arm });
        return count === null ? [] : [{ name, count }];
      })
      .map(({ name, count }, i) => `${name} ${i === 0 ? 'loses ' : ''}${count}`),
  );

/** @returns sentences about all pictures at hand; empty without any */
export function picturesReading({ pictures, tested, seeds, arms, every }: PicturesCount): string {
  if (pictures === 0) return '';
  const chosen = pictures < tested;
  const most = seeds > 1 ? ` (most of ${counted(seeds, 'seed')} decide)` : '';
  const of = chosen
    ? `${pictures} of ${tested} test pictures are kept, some of every kind, so their numbers are no shares of all. Of these, `
    : `Of ${tested} test pictures, `;
  const wrong = [
    ...arms.map(({ name, alone }, i) => `${name} alone gets ${alone}${i === 0 ? ' wrong' : ''}`),
    `${arms.length > 2 ? 'all get' : 'both get'} ${every}`,
  ];
  const told = arms.length > 1 ? listed(wrong) : `${arms[0]?.name ?? 'no arm'} gets ${every} wrong`;
  const between = losses(arms, ({ midpoint }) => midpoint);
  const without = losses(arms, ({ half }) => half);
  const lost = [
    ...(between ? [`half-way between some two seeds ${between}`] : []),
    ...(without ? [`with every other layer off ${without}`] : []),
  ].join('; ');
  return `${of}${told}${most}.${lost ? ` Of those they get right, ${lost}.` : ''}`;
}
