/** What the midpoint between two seeds loses and wins, picture by picture. */
import { listed } from '../../../../core/listed.ts';
import { meanOfKnown, unbrokenPercent } from '../../../../study/readings/numbers.ts';
import {
  countedEach,
  sentence,
  verdicts,
  withResults,
  type ArmResults,
  type Differ,
  testImages,
} from '../../../../study/readings/words.ts';
import { LANDSCAPE_WORDS } from '../messages.ts';
import type { Sample } from '../../../../core/clusters.ts';
import { PATH_PICTURES_WORDS } from './messages.ts';

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
  path: keyof typeof LANDSCAPE_WORDS.caption.paths,
  images: Sample,
  differ: Differ,
): string {
  const measured = withResults(arms);
  if (measured.length === 0) return '';
  const lost = measured.map(({ results }) => meanOfKnown(results.map((pair) => pair.lost)));
  const won = measured.map(({ results }) => meanOfKnown(results.map((pair) => pair.won)));
  const words = PATH_PICTURES_WORDS.caption;
  const known = (shares: readonly (number | null)[]) =>
    measured.flatMap(({ name }, i) => {
      const share = shares[i];
      return share === null ? [] : [{ name, share }];
    });
  /** Empty where no arm has any; null where none has a share. */
  const told = (shares: readonly (number | null)[], say: typeof words.loses): string | null => {
    const arms = known(shares);
    if (arms.length === 0) return null;
    if (arms.every(({ share }) => share === 0)) return '';
    return listed(arms.map(({ name, share }, i) => say(name, unbrokenPercent(share, 1), i === 0)));
  };
  const pairs = countedEach(
    measured.map(({ results }) => results.length),
    'seed pair',
  );
  const over = `${pairs}, ${testImages(images)}`;
  const wins = told(won, words.wins);
  return sentence([
    words.lost(LANDSCAPE_WORDS.caption.paths[path], told(lost, words.loses), over),
    ...verdicts(measured, lost, 'above', differ),
    wins === null ? '' : words.won(wins),
  ]);
}
