import type { JsonObject } from './usos-records.js'

/** A parsed selector such as `id|name|programme[id|level]`; `true` takes a field as it is. */
export type Selector = ReadonlyMap<string, Selector | true>

/** What went wrong with a selector; the stand-in says it with 400. */
export class UnknownField extends Error {
  constructor(readonly field: string) {
    super(`unknown field ${field}`)
  }
}

/** Spec: the USOS API, "Selecting fields". @throws {UnknownField} where the brackets do not match */
export function parseSelector(text: string): Selector {
  let at = 0
  const list = (): Selector => {
    const fields = new Map<string, Selector | true>()
    for (;;) {
      const name = /^[A-Za-z0-9_]+/.exec(text.slice(at))?.[0]
      if (name === undefined) throw new UnknownField(text.slice(at, at + 20))
      at += name.length
      let inner: Selector | true = true
      if (text[at] === '[') {
        at += 1
        inner = list()
        if (text[at] !== ']') throw new UnknownField(name)
        at += 1
      }
      fields.set(name, inner)
      if (text[at] !== '|') return fields
      at += 1
    }
  }
  const selector = list()
  if (at < text.length) throw new UnknownField(text.slice(at, at + 20))
  return selector
}

/** Fields of an answer, those of objects within with their own; a list stands for its items. */
export interface FieldTable {
  readonly [name: string]: FieldTable | true
}

/** An object with the fields that were asked for, and no others. @throws {UnknownField} */
export function select(value: unknown, selector: Selector, table: FieldTable): unknown {
  for (const name of selector.keys()) if (!Object.hasOwn(table, name)) throw new UnknownField(name)
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.map((item) => select(item, selector, table))
  const out: Record<string, unknown> = {}
  for (const [name, inner] of selector) {
    const known = table[name]!
    const found = (value as JsonObject)[name] ?? null
    if (inner === true) out[name] = found
    else if (known === true) throw new UnknownField(name)
    else out[name] = select(found, inner, known)
  }
  return out
}
