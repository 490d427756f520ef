/** What the midpoint between two seeds loses and wins, picture by picture. */
import { counted } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';
import {
  countedEach,
  meanOfKnown,
  percent,
  sentence,
  verdicts,
  withResults,
  type ArmResults,
  type Differ,
} from './words.ts';

/** Of one pair of seeds. Null where the ends agree on no picture of that kind. */
interface HalfwayShares {
  /** Share wrong at λ = ½, of the test images that both ends get right. */
  readonly lost: number | null;
  /** Share right at λ = ½, of those that both ends get wrong. */
  readonly won: number | null;
}

/** @param differ difference of two arms in `lost` @returns empty without results */
export function pathPicturesReading(
  arms: readonly ArmResults<HalfwayShares>[],
  path: string,
  images: number,
  differ: Differ,
): string {
  const measured = withResults(arms);
  if (measured.length === 0) return '';
  const lost = measured.map(({ results }) => meanOfKnown(results.map((pair) => pair.lost)));
  const won = measured.map(({ results }) => meanOfKnown(results.map((pair) => pair.won)));
  const told = (shares: readonly (number | null)[], verb: string): string =>
    listed(
      measured.flatMap(({ name }, i) => {
        const share = shares[i];
        return share === null ? [] : [`${name}${i === 0 ? ` ${verb}` : ''} ${percent(share, 1)}`];
      }),
    );
  const pairs = countedEach(
    measured.map(({ results }) => results.length),
    'seed pair',
  );
  const wins = told(won, 'wins');
  return sentence([
    `Of the pictures that both seeds get right, the midpoint of the ${path} path loses some: ${told(lost, 'loses')} (${pairs}, ${counted(images, 'test image')})`,
    ...verdicts(measured, lost, { more: 'above', less: 'below' }, differ),
    wins && `of those that both get wrong, ${wins}`,
  ]);
}
