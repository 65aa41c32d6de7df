/** A sum that is zero: names of cells with their factors. */
export type Equation = readonly (readonly [string, number])[]

export interface Reader {
  readonly known: ReadonlyMap<string, number>
  readonly sums: readonly Equation[]
}

const tiny = 1e-7

/**
 * Somebody who knows some cells, all sums, and that no cell is below zero: gives the least and the greatest value that
 * another cell can have, as a linear programme. It shares nothing with the way in which cells are chosen.
 *
 * Spec: simplex method in two phases, Bland's rule.
 */
export class LinearAttack {
  private readonly names: readonly string[]
  /** Each row: the factors, and the right side; the last row holds what a step would change. */
  private rows: Float64Array[] = []
  private basis: number[] = []

  constructor({ known, sums }: Reader) {
    this.names = [...new Set(sums.flat().map(([name]) => name))].filter((name) => !known.has(name))
    const columns = new Map(this.names.map((name, index) => [name, index]))
    const equations = sums.flatMap((equation) => {
      const row = new Float64Array(this.names.length + 1)
      for (const [name, factor] of equation) {
        const column = columns.get(name)
        if (column === undefined) row[this.names.length]! -= factor * known.get(name)!
        else row[column]! += factor
      }
      if (row.every((value) => value === 0)) return []
      return row[this.names.length]! < 0 ? [row.map((value) => -value)] : [row]
    })
    this.findOne(equations)
  }

  boundsOf(name: string): readonly [number, number] {
    const at = this.names.indexOf(name)
    return [this.least(at, 1), -this.least(at, -1)]
  }

  private least(column: number, sign: 1 | -1): number {
    const costs = new Float64Array(this.names.length + 1)
    costs[column] = sign
    const value = this.improve(costs)
    return Math.round(value * 1e6) / 1e6
  }

  /** Phase one: a solution at all, without the helping variables that it took. */
  private findOne(equations: readonly Float64Array[]): void {
    const [count, variables] = [equations.length, this.names.length]
    this.rows = equations.map((row, index) => {
      const wide = new Float64Array(variables + count + 1)
      wide.set(row.subarray(0, variables))
      wide[variables + index] = 1
      wide[variables + count] = row[variables]!
      return wide
    })
    this.basis = equations.map((_, index) => variables + index)
    this.improve(new Float64Array(variables + count + 1).fill(1, variables, variables + count))
    // A helping variable that is still in use is zero: it is exchanged, or its sum says nothing new.
    this.basis.forEach((variable, at) => {
      if (variable < variables) return
      const column = this.rows[at]!.subarray(0, variables).findIndex((factor) => Math.abs(factor) > tiny)
      if (column !== -1) this.pivot(this.rows, at, column)
    })
    const kept = this.basis.map((variable) => variable < variables)
    this.rows = this.rows
      .filter((_, at) => kept[at])
      .map((row) => Float64Array.of(...row.subarray(0, variables), row[variables + count]!))
    this.basis = this.basis.filter((_, at) => kept[at])
  }

  /** The least sum of these costs, from where the last one left off. */
  private improve(costs: Float64Array): number {
    const gains = costs.slice()
    this.basis.forEach((variable, at) => subtract(gains, this.rows[at]!, costs[variable]!))
    for (;;) {
      const entering = gains.subarray(0, gains.length - 1).findIndex((gain) => gain < -tiny)
      if (entering === -1) return -gains.at(-1)!
      let leaving = -1
      let best = Infinity
      this.rows.forEach((row, at) => {
        if (row[entering]! <= tiny) return
        const ratio = row.at(-1)! / row[entering]!
        if (ratio < best - tiny || (ratio < best + tiny && this.basis[at]! < this.basis[leaving]!))
          [leaving, best] = [at, ratio]
      })
      if (leaving === -1) return -Infinity
      this.pivot([...this.rows, gains], leaving, entering)
    }
  }

  private pivot(rows: readonly Float64Array[], at: number, column: number): void {
    const chosen = rows[at]!
    const factor = chosen[column]!
    for (let index = 0; index < chosen.length; index++) chosen[index]! /= factor
    rows.forEach((row, other) => other !== at && subtract(row, chosen, row[column]!))
    this.basis[at] = column
  }
}

function subtract(from: Float64Array, row: Float64Array, times: number): void {
  if (times === 0) return
  for (let index = 0; index < row.length; index++) from[index]! -= times * row[index]!
}
