import { csv, type Cell } from './csv.ts';

export interface PicturePathRow {
  readonly arm: string;
  readonly seeds: readonly [number, number];
  /** [λ] */
  readonly certainty: readonly number[];
  /** [λ] */
  readonly predicted: readonly number[];
}

/** One row per pair of seeds and λ, of one picture. */
export function picturePathCsv(
  paths: readonly PicturePathRow[],
  lambdas: readonly number[],
  classes: readonly string[],
): string {
  const rows = paths.flatMap(({ arm, seeds, certainty, predicted }) =>
    lambdas.map((lambda, i): Cell[] => [arm, ...seeds, lambda, certainty[i], classes[predicted[i]]]),
  );
  return csv(['arm', 'seed_a', 'seed_b', 'lambda', 'p_true', 'predicted'], rows);
}
