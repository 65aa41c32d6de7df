import type { ConversionLoss } from '../src/convert/conversion-loss.js'

/** The value that a JSON Pointer leads to. */
export function at(root: unknown, path: string): unknown {
  if (path === '') return root
  return path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], root)
}

const isBelow = (path: string, above: string): boolean => path === above || path.startsWith(`${above}/`)
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isGiven = (value: unknown): boolean => value !== undefined

/** What a comparison of a source with its conversion finds that the losses do not name: JSON Pointers with a word. */
class Survival {
  readonly unnamed: string[] = []

  constructor(
    readonly result: unknown,
    readonly losses: readonly ConversionLoss[],
  ) {}

  #named(path: string): ConversionLoss | undefined {
    return this.losses.find((loss) => loss.path === path && loss.what !== 'added' && loss.what !== 'missing')
  }

  #isAdded(path: string): boolean {
    return this.losses.some(
      (loss) =>
        (loss.what === 'added' && isBelow(path, loss.path)) ||
        (loss.kept !== undefined && (isBelow(path, loss.kept) || isBelow(loss.kept, path))),
    )
  }

  compare(source: unknown, from: string, to: string): void {
    const loss = this.#named(from)
    const value = at(this.result, to)
    if (loss?.what === 'changed') return void (isGiven(value) || this.unnamed.push(`${from} went`))
    if (loss !== undefined) return
    this.#same(source, value, from, to)
  }

  #same(source: unknown, value: unknown, from: string, to: string): void {
    if (Array.isArray(source)) return this.#list(source, value, from, to)
    if (!isRecord(source)) return void (Object.is(source, value) || this.unnamed.push(`${from} differs`))
    if (!isRecord(value)) return void this.unnamed.push(`${from} went`)
    for (const [key, held] of Object.entries(source)) {
      if (isGiven(held)) this.compare(held, `${from}/${key}`, `${to}/${key}`)
    }
    for (const [key, held] of Object.entries(value)) {
      const own = `${to}/${key}`
      if (isGiven(held) && !isGiven(source[key]) && !this.#isAdded(own)) this.unnamed.push(`${own} came`)
    }
  }

  /** An element that went makes room for the next, or for its parts that moved up. */
  #list(source: readonly unknown[], value: unknown, from: string, to: string): void {
    const losses = source.map((_, index) => this.#named(`${from}/${index}`))
    let next = 0
    source.forEach((each, index) => {
      const own = `${from}/${index}`
      if (losses[index] !== undefined && losses[index].what !== 'changed') {
        const moved = this.losses.filter(
          ({ code, path, kept = '' }) =>
            code === 'PART_MOVED_UP' && isBelow(path, own) && kept.slice(0, kept.lastIndexOf('/')) === to,
        )
        for (const { path, kept = '' } of moved) {
          if (kept !== `${to}/${next}`) this.unnamed.push(`${path} is not at ${to}/${next}`)
          this.#same(at(source, path.slice(from.length)), at(this.result, kept), path, kept)
          next++
        }
      } else this.compare(each, own, `${to}/${next++}`)
    })
    const length = Array.isArray(value) ? value.length : 0
    for (; next < length; next++) if (!this.#isAdded(`${to}/${next}`)) this.unnamed.push(`${to}/${next} came`)
    if (source.length === 0 && value === undefined) this.unnamed.push(`${from} went`)
  }

  /** What moved has to be where the loss says. */
  moved(): void {
    for (const { path, what, kept } of this.losses) {
      if (what === 'moved' && (kept === undefined || !isGiven(at(this.result, kept)))) this.unnamed.push(`${path} lost`)
    }
  }
}

/** Everything in which a result departs from its source without a loss that names it; empty = all is named. */
export function unnamedDepartures(source: unknown, result: unknown, losses: readonly ConversionLoss[]): string[] {
  const survival = new Survival(result, losses)
  survival.compare(source, '', '')
  survival.moved()
  return survival.unnamed
}

const entriesOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})

/** Where two values differ, as JSON Pointers to texts, or to objects that hold nothing. */
export function differences(left: unknown, right: unknown, path = ''): string[] {
  if (Object.is(left, right)) return []
  const keys = new Set([...Object.keys(entriesOf(left)), ...Object.keys(entriesOf(right))])
  const isAlike = isRecord(left) && isRecord(right) && Array.isArray(left) === Array.isArray(right)
  if (keys.size === 0) return isAlike ? [] : [path]
  return [...keys].flatMap((key) => differences(entriesOf(left)[key], entriesOf(right)[key], `${path}/${key}`))
}

/** Whether a path is one of those named, or below one. */
export const covers = (named: readonly string[], path: string): boolean => named.some((each) => isBelow(path, each))
