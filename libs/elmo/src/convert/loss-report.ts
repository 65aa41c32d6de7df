import { conversionLosses, type ConversionLoss, type LossCode } from './conversion-loss.js'

/** One step further down a JSON Pointer (RFC 6901). */
export const pointer = (path: string, key: string | number): string =>
  `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Where a value stood in the source and where it stands in the result. */
export interface Place {
  readonly from: string
  readonly to: string
}

export const placeBelow = ({ from, to }: Place, key: string | number): Place => ({
  from: pointer(from, key),
  to: pointer(to, key),
})

/** The departures of one conversion, in the order in which they were met. */
export class LossReport {
  readonly losses: ConversionLoss[] = []

  add(code: LossCode, path: string, kept?: string): void {
    const what = conversionLosses[code][0]
    this.losses.push(kept === undefined ? { code, what, path } : { code, what, path, kept })
  }
}
