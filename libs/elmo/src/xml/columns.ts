/** Room for integers, not cleared: nobody reads what was not written. Small ones share a piece of memory with others. */
function room(length: number): Int32Array {
  const { buffer, byteOffset } = length < 1024 ? Buffer.allocUnsafe(length * 4) : Buffer.allocUnsafeSlow(length * 4)
  return byteOffset % 4 === 0 ? new Int32Array(buffer, byteOffset, length) : new Int32Array(length)
}

/** A list of integers in rows of equal width, which grows. What is not written into a row is not defined. */
export class Columns {
  values: Int32Array
  rows = 0

  constructor(
    private readonly width: number,
    rows: number,
  ) {
    this.values = room(width * rows)
  }

  /** The index of the first integer of a new row. */
  add(): number {
    const at = this.rows++ * this.width
    if (at + this.width > this.values.length) {
      const larger = room(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    return at
  }
}
