/** Rows whose split is not known: they are trained on, or drawn from those that are. */
import { naturalOrder } from '../files/paths.ts';
import { someOf, warning, type Problem } from '../files/problem.ts';
import { FORMAT_WORDS } from './words.ts';

/** Counts these rows, and remembers what stands in the place of their split. */
export class UnknownSides {
  readonly #said = new Set<string>();
  #rows = 0;

  /** @param said what stands in the place of a split; empty if nothing does */
  add(said: string): void {
    this.#rows++;
    if (said !== '') this.#said.add(said);
  }

  problems(path: string, column: string): Problem[] {
    if (this.#rows === 0) return [];
    const said = someOf([...this.#said].sort(naturalOrder));
    return [warning(path, FORMAT_WORDS.noSplit(this.#rows, path, column, said), this.#rows)];
  }
}
