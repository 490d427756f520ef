/** Where attention goes on one picture, in words. */
import { listed } from '../../../core/listed.ts';
import { fixed } from '../../../core/number-format.ts';
import { unbrokenPercent } from '../../../study/readings/numbers.ts';
import { sentence } from '../../../study/readings/words.ts';
import { INSIDE_WORDS } from './messages.ts';

export interface LookOf {
  readonly name: string;
  /** [side, side]: shares of the patches, adding up to 1. */
  readonly shares: ArrayLike<number>;
}

/** The most attended patches that a reading sums up, as a share of all. */
const TOP = 0.25;

/** Half of the sum of all differences: the share that lies elsewhere. */
export const movedShare = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  Array.from(one, (share, i) => Math.abs(share - other[i])).reduce((sum, moved) => sum + moved, 0) / 2;

/** "row 3, column 4" */
export const patchName = (patch: number, side: number): string =>
  INSIDE_WORDS.caption.patch(Math.floor(patch / side) + 1, (patch % side) + 1);

/** "Backbone: 52 % on a quarter of the patches, most on row 3, column 4 (3.1 times an even share)" */
export function lookReading({ name, shares }: LookOf, side: number): string {
  const ranked = Array.from(shares, (share, patch) => ({ share, patch })).toSorted((a, b) => b.share - a.share);
  const count = Math.max(1, Math.round(TOP * ranked.length));
  const held = ranked.slice(0, count).reduce((sum, { share }) => sum + share, 0);
  const [{ share, patch }] = ranked;
  return INSIDE_WORDS.caption.look(name, {
    held: unbrokenPercent(held),
    count,
    of: ranked.length,
    most: patchName(patch, side),
    times: fixed(share * ranked.length, 1),
  });
}

/** The looks, and how far they differ from the first. */
export function insideReading(looks: readonly LookOf[], side: number): string {
  const [first, ...others] = looks;
  const moved = others.map(({ name, shares }) => `${name} ${unbrokenPercent(movedShare(shares, first.shares), 1)}`);
  return sentence([
    ...looks.map((look) => lookReading(look, side)),
    ...(moved.length > 0 ? [INSIDE_WORDS.caption.moved(first.name, listed(moved))] : []),
    INSIDE_WORDS.caption.onePicture,
  ]);
}
