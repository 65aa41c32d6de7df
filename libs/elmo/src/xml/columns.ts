/** A list of integers in rows of equal width, which grows. */
export class Columns {
  values: Int32Array
  rows = 0

  constructor(
    private readonly width: number,
    rows: number,
  ) {
    this.values = new Int32Array(width * rows)
  }

  /** The index of the first integer of a new row. */
  add(): number {
    const at = this.rows++ * this.width
    if (at + this.width > this.values.length) {
      const larger = new Int32Array(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    return at
  }
}
