import { csv, type Cell } from './csv.ts';

export interface LookRow {
  readonly name: string;
  /** Which adapters it is made of; empty for the backbone. */
  readonly detail: string;
  /** [side, side]: shares of the patches, adding up to 1. */
  readonly shares: ArrayLike<number>;
  /** Share on tokens that are no patches. */
  readonly rest: number;
}

/** One row per variant and patch: where attention goes on one picture. Rows and columns count from 1. */
export function insideCsv(looks: readonly LookRow[], side: number): string {
  const rows = looks.flatMap(({ name, detail, shares, rest }) =>
    Array.from(shares, (share, patch): Cell[] => [
      ...[name, detail, Math.floor(patch / side) + 1, (patch % side) + 1],
      ...[share, share * side ** 2, rest],
    ]),
  );
  return csv(['variant', 'made_of', 'row', 'column', 'share', 'times_even', 'share_off_patches'], rows);
}
