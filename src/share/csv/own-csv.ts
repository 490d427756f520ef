import { csv, type Cell } from './csv.ts';

export interface OwnAnswerRow {
  readonly name: string;
  /** Which adapters it is made of; empty for the backbone. */
  readonly detail: string;
  /** [classes]; null for one that cannot answer. */
  readonly all: readonly { readonly name: string; readonly share: number }[] | null;
}

/** One row per variant and class: what is said of one picture. @param off names of the layers that are off, for all variants but the backbone */
export function ownCsv(picture: string, answers: readonly OwnAnswerRow[], off: readonly string[]): string {
  const rows = answers.flatMap(({ name, detail, all }) =>
    (all ?? []).map((guess): Cell[] => [
      ...[picture, name, detail, detail === '' ? '' : off.join(' ')],
      ...[guess.name, guess.share],
    ]),
  );
  return csv(['picture', 'variant', 'made_of', 'layers_off', 'class', 'p'], rows);
}
