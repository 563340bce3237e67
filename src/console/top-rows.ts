/**
 * Keeps the first rows of an order, whatever their number, with the memory of twice as many as are
 * wanted and no long sort at the end.
 */
export class TopRows<Row> {
  readonly #max: number;
  readonly #compare: (a: Row, b: Row) => number;
  #rows: Row[] = [];
  #seen = 0;

  constructor(max: number, compare: (a: Row, b: Row) => number) {
    this.#max = max;
    this.#compare = compare;
  }

  /** How many were added. */
  get seen(): number {
    return this.#seen;
  }

  add(row: Row): void {
    this.#seen += 1;
    if (this.#rows.push(row) >= 2 * this.#max) this.#cut();
  }

  /** The first ones, in order. */
  rows(): readonly Row[] {
    this.#cut();
    return this.#rows;
  }

  #cut(): void {
    this.#rows = this.#rows.sort(this.#compare).slice(0, this.#max);
  }
}
