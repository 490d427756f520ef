/** What is taken from rows spread evenly over a table whose length is not known before: every second is dropped whenever there are twice as many as wanted. */
export class SpreadRows<Taken> {
  rows: Taken[] = [];
  #every = 1;
  #passed = 0;

  constructor(
    private readonly wanted: number,
    private readonly take: (cells: readonly string[]) => Taken,
  ) {}

  add(cells: readonly string[]): void {
    if (this.#passed++ % this.#every !== 0) return;
    this.rows.push(this.take(cells));
    if (this.rows.length < 2 * this.wanted) return;
    this.rows = this.rows.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }
}
