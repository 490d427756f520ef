import { armsInTable, type NamedArms } from './arms-in-table.ts';
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
  { config, task }: NamedArms & { readonly task: { readonly classes: readonly string[] } },
  paths: readonly PicturePathRow[],
  lambdas: readonly number[],
): string {
  const nameOf = armsInTable({ config });
  const rows = paths.flatMap(({ arm, seeds, certainty, predicted }) =>
    lambdas.map((lambda, i): Cell[] => [nameOf(arm), ...seeds, lambda, certainty[i], task.classes[predicted[i]]]),
  );
  return csv(['arm', 'seed', 'other_seed', 'lambda', 'p_true', 'predicted'], rows);
}
